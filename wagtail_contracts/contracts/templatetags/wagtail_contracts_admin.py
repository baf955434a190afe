"""What the admin's templates say about contracts; the templates of apps above use it, too."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin import imagining, states, tongues, valuing
from wagtail_contracts.contracts.blocks import means
from wagtail_contracts.contracts.models import person_name
from wagtail_contracts.contracts.rendering import guides, html

register = template.Library()
register.filter(person_name)
register.filter("tongue", tongues.name)
register.filter("means", means.chosen)


@register.inclusion_tag("wagtail_contracts/contracts/admin/_state.html")
def contract_state(contract: Any) -> dict[str, Any]:
    """The state as a chip: word and icon."""
    return {"chip": states.chip(contract), "test": contract.workspace.training}


@register.inclusion_tag("wagtail_contracts/contracts/admin/_test.html", takes_context=True)
def test_mark(context: dict[str, Any]) -> dict[str, Any]:
    """What a page about training says: it is about what the view's gate found."""
    found = getattr(context.get("view"), "gated", None)
    workspace = getattr(found, "workspace", found)
    return {"hidden": not getattr(workspace, "training", False)}


@register.simple_tag(takes_context=True)
def how_to(context: dict[str, Any]) -> str:
    """The address of what tells how to use this screen; "" for none."""
    return guides.guide_to(context.get("request"))


@register.inclusion_tag("wagtail_contracts/contracts/admin/_digest.html")
def digest(value: str) -> dict[str, Any]:
    """A digest by its first twelve characters in groups, and whole."""
    return {"groups": [value[place : place + 4].upper() for place in (0, 4, 8)], "whole": value}


@register.simple_tag
def contract_text(content: dict[str, Any]) -> SafeString:
    """The text of a content tree."""
    return html.document(content)


@register.simple_tag(takes_context=True)
def working_copy(context: dict[str, Any], contract: Any) -> dict[str, Any]:
    """The content of an instance as a form, a revision or the row has it, for whoever asks."""
    user = context["request"].user
    content = contracts.compose(contract)
    return contracts.seen(contract, content, user, by=permissions.actor(user))


@register.simple_tag
def contract_value(contract: Any) -> list[str]:
    """What the newest version is worth, or the draft as it is: an amount for each currency."""
    return valuing.amounts(contract)


@register.simple_tag
def sample(page: Any) -> dict[str, Any]:
    """The content of a template with its suggested values."""
    return imagining.sample(page)


@register.simple_tag
def example(page: Any) -> dict[str, Any]:
    """The content of a template with a value for each data field."""
    return contracts.compose(imagining.example(page))
