"""Filling in a form by what a person reads beside each control."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Locator, expect

TICKED = "[type=radio], [type=checkbox]"
WRITTEN = "select, textarea, input:not([type=radio], [type=checkbox])"


def fill_in(place: Locator, said: Mapping[str, Any]) -> None:
    """All controls by their labels, once the page is there.

    A word is typed, or chosen where there is a list; True and False tick and untick. For a group a
    word is the label that is chosen in it, a mapping what its own controls say.
    """
    for label, value in said.items():
        group, named = place.get_by_role("group", name=label), place.get_by_label(label)
        if isinstance(value, bool):
            _tick(named.and_(place.locator(TICKED)).first, wanted=value)
        elif not group.count():
            _write(named.and_(place.locator(WRITTEN)).first, value)
        elif isinstance(value, Mapping):
            fill_in(group.first, value)
        else:
            _tick(group.first.get_by_label(value), wanted=True)


def _write(control: Locator, value: str) -> None:
    if control.evaluate("node => node.tagName") == "SELECT":
        control.select_option(label=value)
    else:
        control.fill(value)


def _tick(control: Locator, *, wanted: bool) -> None:
    """By keyboard: what is drawn may lie over the control itself."""
    if control.is_checked() != wanted:
        control.press("Space")
    expect(control).to_be_checked(checked=wanted)
