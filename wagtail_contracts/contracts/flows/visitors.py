"""What a visitor of a public page is offered: the text as it is published, and between whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from wagtail_contracts.contracts.blocks import definitions
from wagtail_contracts.contracts.errors import TemplateUnusable
from wagtail_contracts.contracts.flows.composing import compose
from wagtail_contracts.contracts.flows.drafting import PartyDraft, PersonDraft, asked_of
from wagtail_contracts.contracts.flows.imagining import suggestions, unsaved
from wagtail_contracts.contracts.models import (
    ContractTemplateMixin,
    Party,
    SelfService,
    Workspace,
    person_name,
)

FIRST, SECOND = 1, 2  # the visitor signs before us


@dataclass(frozen=True)
class Visitor:
    """Whoever begins; `organisation` is empty for somebody who acts for themselves."""

    name: str
    email: str
    language: str
    organisation: str = ""
    organisation_number: str = ""


def template_of(service: SelfService) -> Any:
    """The page as it is published, whatever anybody is writing in it."""
    page: Any = service.template.specific
    if not (page.live and isinstance(page, ContractTemplateMixin)):
        raise TemplateUnusable(_("This template is not published in a workspace."))
    return page


def visitor_role(template: Any) -> dict[str, Any]:
    """The role that visitors take: the only one that is not ours. Raises TemplateUnusable."""
    others = [role for role in definitions(template.roles) if not role["own"]]
    if len(others) != 1 or len(definitions(template.roles)) != SECOND:
        raise TemplateUnusable(
            _("Self-service needs a template with two parties: yours, and the visitor.")
        )
    return dict(others[0])


def shown(service: SelfService) -> dict[str, Any]:
    """What visitors read before they begin: the content that would be theirs, without them."""
    template = template_of(service)
    role = visitor_role(template)
    visitor = PartyDraft(role["key"], role["label"])
    imagined = unsaved(
        template,
        title=template.title,
        parties=in_order(template, ours(service, template), visitor),
        values=suggestions(template),
    )
    return compose(imagined)


def ours(service: SelfService, template: Any) -> PartyDraft:
    workspace, user = service.workspace, service.signatory
    role = next(role for role in definitions(template.roles) if role["own"])
    people = [PersonDraft(**_signs(user, workspace), **asked_of(role))] if user else []
    return PartyDraft(
        role["key"],
        workspace.legal_name,
        workspace.organisation_number,
        people,
        rule="" if user else Party.Rule.NONE.value,
    )


def _signs(user: Any, workspace: Workspace) -> dict[str, Any]:
    said = {"name": person_name(user), "email": user.email, "language": workspace.language}
    return {**said, "user": user, "position": SECOND}


def theirs(template: Any, visitor: Visitor) -> PartyDraft:
    role = visitor_role(template)
    person = PersonDraft(
        visitor.name,
        visitor.email,
        language=visitor.language,
        position=FIRST,
        **asked_of(role),
    )
    kind = (Party.Kind.ORGANISATION if visitor.organisation else Party.Kind.PERSON).value
    return PartyDraft(
        role["key"],
        visitor.organisation or visitor.name,
        visitor.organisation_number,
        [person],
        kind=kind,
    )


def in_order(template: Any, *drafts: PartyDraft) -> list[PartyDraft]:
    by_role = {draft.role: draft for draft in drafts}
    return [by_role[role["key"]] for role in definitions(template.roles)]
