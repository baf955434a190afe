"""What a form began with, carried by the form itself.

Wagtail's own `loaded_revision_id` names a revision, which autosave overwrites; so the state goes
along, signed and packed. It says what somebody else changed meanwhile, and needs no JavaScript.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core import signing
from django.utils.crypto import get_random_string
from wagtail.admin.staticfiles import versioned_static
from wagtail.models import COMMENTS_RELATION_NAME

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.encryption import open_text, seal_text

BASIS, MINE = "wc-basis", "wc-mine"
OPENING, TURN = "wc-opening", "wc-turn"
ROOM = "wagtail_contracts/contracts"
State = dict[str, Any]


def issue(what: str, working: Any, state: State) -> str:
    """A state in one word that only this server writes and reads, for this contract or page alone.

    It holds values that whoever has the form may not see.
    """
    return seal_text(signing.dumps(state, salt=_salt(what, working), compress=True))


def issue_opening(working: Any) -> str:
    """The name of one opening of a form, in one word like that of `issue`."""
    return issue(OPENING, working, {"opening": get_random_string(22)})


def read(what: str, working: Any, token: str) -> State | None:
    """The state behind a word of `issue`; None for any other word."""
    try:
        state: State = signing.loads(open_text(token), salt=_salt(what, working))
    except (signing.BadSignature, ValueError):
        return None
    return state


def _salt(what: str, working: Any) -> str:
    return f"{what}.{working._meta.label}.{working.pk}"


class BasisField(forms.CharField):
    """Goes with the form, and is no change of it."""

    # A browser that fills in what stood there before a reload would name another opening.
    widget = forms.HiddenInput(attrs={"autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, strip=False, **kwargs)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Never."""
        return False


class BasisForm(forms.BaseModelForm):
    """Mixed in before a form of Wagtail's: it says what it began with."""

    base_fields: ClassVar[dict[str, Any]]
    formsets: dict[str, Any]

    class Media:
        # The stock autosave loses what is typed meanwhile.
        js = (
            versioned_static(f"{ROOM}/late-changes.js"),
            versioned_static(f"{ROOM}/overtaken.js"),
        )

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        began, opening, instance = "", "", kwargs.get("instance")
        if data is None and instance and instance.pk:
            # Before the form reads anything: a basis too old costs a question, one too new a text.
            stored = contracts.stored(instance)
            began = issue(BASIS, stored, contracts.state_of(stored, self.names_for(stored)))
            opening = issue_opening(stored)
        super().__init__(data, *args, **kwargs)
        for name, initial in ((BASIS, began), (OPENING, opening), (TURN, "0")):
            self.fields[name] = BasisField(initial=initial)

    @classmethod
    def names_for(cls, working: Any) -> list[str]:
        """What the form edits; comments have rules of their own."""
        found = [*cls.base_fields, *cls.formsets]
        return [name for name in found if name != COMMENTS_RELATION_NAME]

    def get_field_updates_for_resave(self) -> list[tuple[str, str]]:
        """After an autosave the form begins anew with what it sent."""
        state = contracts.state_of(self.instance, self.names_for(self.instance))
        updates: list[tuple[str, str]] = super().get_field_updates_for_resave()  # type: ignore[misc]
        updates.append((BASIS, issue(BASIS, self.instance, state)))
        if not self.data.get(OPENING):  # it was made just now
            updates.append((OPENING, issue_opening(self.instance)))
        return updates
