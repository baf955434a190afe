"""What the locked editor shows of a contract, beside the forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin import words
from wagtail_contracts.contracts.core import deviations, locks, masking, references, shown, trees
from wagtail_contracts.contracts.core.content import body
from wagtail_contracts.contracts.rendering.html import FILES
from wagtail_contracts.contracts.rendering.parts import Parts

PART = "wagtail_contracts/contracts/admin/_part.html"


@dataclass(frozen=True)
class Shown:
    """By id of the block: `numbers`, `names` and `html`; `changed` are ids that differ."""

    palette: list[dict[str, str]] = field(default_factory=list)
    numbers: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    changed: frozenset[str] = frozenset()
    away: frozenset[str] = frozenset()  # what a condition keeps out of the contract as it stands
    html: Mapping[str, str] = field(default_factory=dict)
    unlocked: frozenset[str] = frozenset()
    lockable: frozenset[str] = frozenset()  # what somebody with the right may unlock
    keys: str = ""  # who that is, in a sentence
    door: str = ""  # the address to do so, for whoever may


def shown_of(contract: Any, user: Any) -> Shown:
    """Locked and optional blocks as `user` may read them, with this contract's names and values."""
    by = permissions.actor(user)
    content = contracts.seen(contract, contracts.compose(contract), user, by=by)
    outline = body(contract.outline)
    whole = contracts.whole(contract)["body"]
    found = deviations.found(outline, whole)
    return Shown(
        palette=_palette(contract, content),
        numbers={block["id"]: block["number"] for block in trees.blocks(content["body"])},
        names=_names(content, outline),
        changed=frozenset(item["block"] for item in found if item["kind"] == "changed"),
        away=frozenset(_asking(whole)) - {block["id"] for block in content["body"]},
        html=_html(contract, content, outline),
        unlocked=frozenset(locks.unlocked(contract.outline)),
        lockable=frozenset(contracts.lockable(contract)),
        **_door(contract, user),
    )


def _asking(text: list[Any]) -> Iterator[str]:
    """The blocks that have a condition."""
    return (block["id"] for block in text if block["condition"])


def _door(contract: Any, user: Any) -> dict[str, str]:
    if permissions.may(user, "unlock_block", contract):
        return {"door": reverse("wagtail_contracts_contract:unlock_block", args=[contract.pk])}
    names = [actor.label for actor in map(permissions.actor, permissions.keyholders(contract))]
    if not names:
        return {"keys": _("Nobody in this workspace may unlock it.")}
    return {"keys": _("Who may unlock it for this contract: %s.") % ", ".join(names)}


def block_names(contract: Any) -> dict[str, str]:
    """What each block of the template is called in this contract, with its number, by id.

    Names are lists for people: what is sensitive is masked in them.
    """
    content, outline = masking.masked(contracts.compose(contract)), body(contract.outline)
    numbers = {block["id"]: block["number"] for block in content["body"]}
    found = _names(content, outline)
    return {id: f"{numbers.get(id) or ''} {name}".strip() for id, name in found.items()}


def _html(contract: Any, content: dict[str, Any], outline: list[Any]) -> dict[str, str]:
    """By id, numbered as the whole text is; what was left out is numbered as the template is."""
    now = {block["id"]: block for block in content["body"]}
    text = [now.get(block["id"], block) for block in outline]
    parts = Parts({**content, "body": text}, {}, {}).body()
    fixed = {item["id"] for item in contract.outline if locks.policy_of(item) != locks.EDITABLE}
    around = {"content": content, "shelf": reverse(FILES), "reader": get_language()}
    with override(content["language"]):
        return {
            part["id"]: render_to_string(PART, {**around, "parts": [part]})
            for part in parts
            if part["id"] in fixed
        }


def _names(content: dict[str, Any], outline: list[Any]) -> dict[str, str]:
    blocks = {block["id"]: block for block in [*outline, *content["body"]]}
    found = {id: shown.name(block, content) for id, block in blocks.items()}
    return {id: Truncator(name).chars(60) for id, name in found.items()}


def _palette(contract: Any, content: dict[str, Any]) -> list[dict[str, str]]:
    found = words.labels(contract.roles, contract.fields)
    named = [
        {"key": key, "label": label, "value": _value(key, content)} for key, label in found.items()
    ]
    return [*named, *_numbered(content)]


def _numbered(content: dict[str, Any]) -> Iterator[dict[str, str]]:
    """References to the blocks that have a number."""
    cites = references.cites(content)
    for block in trees.blocks(content["body"]):
        if number := cites.get(block["id"]):
            name = Truncator(shown.name(block, content)).chars(60)
            label = f"{number} {name}"
            yield {"key": f"clause.{block['id']}", "label": label, "value": number}


def _value(key: str, content: dict[str, Any]) -> str:
    read = shown.reference(_node(key), content)
    return "" if read == shown.BLANK else read


def _node(key: str) -> dict[str, str]:
    if key == "contract.title":
        return {"type": "title"}
    role, _dot, part = key.partition(".")
    return {"type": "party", "role": role, "part": part} if part else {"type": "field", "key": key}
