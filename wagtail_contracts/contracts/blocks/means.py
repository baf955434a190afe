"""Means of identification, which the storey above has, as templates and forms offer them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import blocks, hooks

OPENING, SIGNING, FETCHING = "opening", "signing", "fetching"
PURPOSES = {"opens_by": OPENING, "signs_by": SIGNING, "fetches_by": FETCHING}
LABELS = {
    "opens_by": _("Opens by"),
    "signs_by": _("Signs by"),
    "fetches_by": _("Takes the sealed copy by"),
}
USUAL = {
    "opens_by": _("Personal link, or a code by e-mail where the contract is confidential"),
    "signs_by": _("Code by e-mail, or the device of a colleague"),
    "fetches_by": _("Personal link"),
}


ACTS_AS = _("Signs")
ACTS_USUAL = _("As the party: for themselves, or for their organisation")
WITNESSES = [(0, _("None")), (1, _("One")), (2, _("Two"))]
CAPACITY = ("acts_as", "witnesses")  # what a role may suggest of whoever signs, besides means


@dataclass(frozen=True)
class Means:
    """A means as forms offer it, for some purposes.

    `by_number` says that it needs a mobile phone, `knows_numbers` that it can compare a national
    identity number.
    """

    key: str
    name: str
    purposes: tuple[str, ...]
    by_number: bool = False
    knows_numbers: bool = False


def offered() -> list[Means]:
    """What the hook `identification_means` says, the strongest first."""
    return [means for answer in hooks.get_hooks("identification_means") for means in answer()]


def choices(name: str) -> list[tuple[str, Any]]:
    """The means that a column can hold."""
    return [(means.key, means.name) for means in offered() if PURPOSES[name] in means.purposes]


def chosen(person: Any) -> list[str]:
    """What was chosen for somebody, in words: by what they show who they are, before how many."""
    names = {means.key: means.name for means in offered()}
    keys = {name: getattr(person, name) for name in PURPOSES}
    said = [f"{LABELS[name]}: {names.get(key, key)}" for name, key in keys.items() if key]
    if count := person.witnesses:
        said.append(ngettext("%(count)s witness", "%(count)s witnesses", count) % {"count": count})
    return said


def means_block(name: str) -> blocks.ChoiceBlock:
    """By what the people of a role show who they are; each contract may say otherwise."""
    return blocks.ChoiceBlock(partial(choices, name), required=False, label=LABELS[name])
