"""Where a new contract lies, and when people are reminded: beside its details in the third step."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin.lists.places import FolderField, TagsField, tag_names
from wagtail_contracts.contracts.admin.notifying.reminding import DAYS, RemindersForm, days_of
from wagtail_contracts.contracts.core.reminders import Rule
from wagtail_contracts.contracts.errors import NameRefused
from wagtail_contracts.contracts.models import Contract, Folder, Tag


class PlaceForm(forms.Form):
    """Tags and a folder."""

    tags = TagsField(
        label=gettext_lazy("Tags"),
        help_text=gettext_lazy("With commas between. Nobody outside sees them."),
    )
    folder = FolderField()

    def clean_tags(self) -> list[str]:
        """The names, each once."""
        return [self._named(name) for name in self.cleaned_data["tags"]]

    def clean_folder(self) -> str:
        """The name, or none."""
        name = self.cleaned_data["folder"].strip()
        return self._named(name) if name else ""

    def _named(self, name: str) -> str:
        try:
            return contracts.named(name)
        except NameRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class DaysForm(RemindersForm):
    """The days alone."""

    class Meta(RemindersForm.Meta):
        fields = DAYS


class Arrangement:
    """The two forms, each for whoever may do with a draft what it does; `data` was posted."""

    def __init__(self, contract: Contract, user: Any, data: Any) -> None:
        self.contract, self.user, self.data = contract, user, data

    @cached_property
    def place(self) -> PlaceForm | None:
        """Tags and folder, as they are."""
        if not permissions.may(self.user, "change", self.contract):
            return None
        form = PlaceForm(self._posted("tags"), initial=self._lies)
        for name, model in (("tags", Tag), ("folder", Folder)):
            there = model._default_manager.filter(workspace=self.contract.workspace_id)
            widget: Any = form.fields[name].widget
            widget.names = list(there.values_list("name", flat=True))
        return form

    @cached_property
    def days(self) -> DaysForm | None:
        """The days of reminders, as they hold."""
        if not permissions.may(self.user, "send", self.contract):
            return None
        return DaysForm(self._posted("every"), instance=days_of(self.contract))

    def is_valid(self) -> bool:
        """Whether what was posted of it is."""
        bound = [form for form in (self.place, self.days) if form and form.is_bound]
        return all(form.is_valid() for form in bound)

    def store(self, *, by: Actor) -> None:
        """Do what was changed. Raises what the verbs refuse."""
        if self.place and self.place.is_bound and self.place.has_changed():
            self._put(self.place.cleaned_data, by=by)
        if self.days and self.days.is_bound and self.days.has_changed():
            said = self.days.cleaned_data
            rule = Rule(*(said[name] for name in DAYS))
            paused = self.days.instance.paused
            contracts.set_reminders(self.contract, rule, paused=paused, by=by)

    @cached_property
    def _lies(self) -> dict[str, str]:
        tagged = self.contract.tagged.order_by("tag__name").values_list("tag__name", flat=True)
        listing = getattr(self.contract, "listing", None)
        folder = listing.folder if listing else None
        return {"tags": ", ".join(tagged), "folder": folder.name if folder else ""}

    def _posted(self, name: str) -> Any:
        """What was posted, if this form was on the page."""
        return self.data if self.data is not None and name in self.data else None

    def _put(self, said: dict[str, Any], *, by: Actor) -> None:
        kept = {name.lower() for name in said["tags"]}
        had = tag_names(self._lies["tags"])
        if gone := [name for name in had if name.lower() not in kept]:
            contracts.untag(self.contract, gone, by=by)
        if said["tags"]:
            contracts.tag(self.contract, said["tags"], by=by)
        contracts.put_into(self.contract, said["folder"], by=by)
