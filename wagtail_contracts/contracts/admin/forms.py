"""The form behind every view that edits a contract."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin import values
from wagtail_contracts.contracts.admin.basis import BASIS, BasisForm, read
from wagtail_contracts.contracts.admin.locked import LockedBlockField
from wagtail_contracts.contracts.admin.people import fit_party, person_form
from wagtail_contracts.contracts.admin.shown import shown_of
from wagtail_contracts.contracts.blocks import has, plain
from wagtail_contracts.contracts.core import locks, states


class ContractForm(BasisForm, WagtailAdminModelForm):
    """Edit, autosave, preview and revert all get the locked field from here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outline, state = self.instance.stored("outline", "state") or ([], states.DRAFT)
        if state == states.DRAFT:
            self._fit_parties()
        else:
            self.formsets: dict[str, Any] = {}  # people change by flows from here on
        outline = locks.begun(outline, self._began_with())
        stream: Any = self.fields.get("body")
        shown: Any = SimpleLazyObject(partial(shown_of, self.instance, self.for_user))
        if stream:
            self.fields["body"] = LockedBlockField(
                stream.block,
                outline,
                self.instance.body,
                shown,
                label=stream.label,
                help_text=stream.help_text,
            )
            seen = permissions.may(self.for_user, "sensitive", self.instance)
            own = self._own_fields()
            self.fields |= values.fields_for(own, self.instance.values, seen=seen)

    def clean(self) -> dict[str, Any]:
        """Read our own data fields."""
        cleaned = super().clean() or {}
        body = cleaned.get("body")
        if body and not self.instance.second_language and has(plain(body), "bilingual"):
            self.add_error(
                "body", _("This contract has one language, so it can't hold clauses in two.")
            )
        self.own_values = values.read(self)
        if body and (said := contracts.text_fault(self.instance, body, self.own_values)):
            self.add_error(None, said)
        return cleaned

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 - Wagtail's signature
        """Put our own values beside the others'."""
        self.instance.values = {**self.instance.values, **self.own_values}
        return super().save(commit)

    @classmethod
    def names_for(cls, working: Any) -> list[str]:
        """Our own values, too; people as long as the form has them."""
        names = [*super().names_for(working), "values"]
        return names if working.state == states.DRAFT else [n for n in names if n != "parties"]

    def _began_with(self) -> list[Any]:
        """The text that a posted form was made from."""
        token = self.data.get(BASIS, "") if self.is_bound else ""
        return list((read(BASIS, self.instance, token) or {}).get("body", ()))

    def value_fields(self) -> list[Any]:
        """The data fields of our own side, bound."""
        return [self[name] for name in self.fields if name.startswith(values.PREFIX)]

    def _own_fields(self) -> list[Any]:
        own = self.instance.own_roles
        return [item for item in self.instance.fields if item.get("role") in own]

    def _fit_parties(self) -> None:
        """Ask for what a role takes; on our own side, whoever sees the workspace may be named."""
        roles = {role["key"]: role for role in self.instance.roles}
        seen = permissions.may(self.for_user, "sensitive", self.instance)
        for form in self.formsets["parties"].forms if "parties" in self.formsets else ():
            role = roles.get(form.instance.role) or {"kind": "", "own": False}  # a forged row
            fit_party(form, role["kind"])
            place = self.instance.workspace
            colleagues = permissions.colleagues(place) if role["own"] else None
            people = form.formsets["people"]
            people.form = person_form(people.form, colleagues, self.instance, seen=seen)
