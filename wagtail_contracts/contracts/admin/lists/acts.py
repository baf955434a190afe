"""Reminding, tagging, filing, archiving, and handing over of many contracts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin.acts import ReasonForm
from wagtail_contracts.contracts.admin.lists.bulk import EachAction
from wagtail_contracts.contracts.admin.lists.places import FolderField, TagsField
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.errors import WrongState
from wagtail_contracts.contracts.models import Contract, Folder, Participant, Tag, Verb, person_name


class RemindMany(EachAction):
    """A fresh link to everybody whom the contracts wait for."""

    display_name = gettext_lazy("Remind")
    aria_label = gettext_lazy("Remind those whom the chosen contracts wait for")
    action_type = "remind"
    action_priority = 10
    action = "send"
    page_title = gettext_lazy("Remind those who are waited for")
    consequence = gettext_lazy(
        "Everybody whom one of these contracts waits for gets an e-mail with a fresh link. "
        "Earlier links go on."
    )
    button = gettext_lazy("Send the reminders")

    def why_not(self, contract: Contract) -> str:
        """Only where somebody is waited for."""
        if contract.state not in states.OPEN:
            return super().why_not(contract) or _("Nobody is waited for: it is not out.")
        return super().why_not(contract)

    def do(self, contract: Contract, form: Any) -> None:
        people = _waited_for(contract)
        others = [person for person in people if person.user_id != self.request.user.pk]
        if not others:
            raise WrongState(_("It waits for nobody else."))
        for person in others:
            contracts.remind(person, by=self.by)


class TagsForm(forms.Form):
    """What is added and what is taken off, with commas between."""

    add = TagsField(
        label=gettext_lazy("Add tags"),
        help_text=gettext_lazy("With commas between. A tag that there is not yet is made."),
    )
    remove = TagsField(label=gettext_lazy("Take off tags"))

    def clean(self) -> dict[str, Any]:
        """Refuse to do nothing."""
        said = super().clean() or {}
        if not self.errors and not (said["add"] or said["remove"]):
            raise forms.ValidationError(_("Name a tag."))
        return said


class NamingAction(EachAction):
    """Suggests what there is in the workspaces of the chosen contracts."""

    names_of: Any = None

    def get_form(self, form_class: Any = None) -> Any:
        """With the suggestions."""
        form = super().get_form(form_class)
        spaces = {row.workspace_id for row in self.rows if self.places.cover(row)}
        seen = {row.workspace_id for row in self.rows} & spaces & set(self.places.all)
        found = type(self).names_of.objects.filter(workspace__in=seen)
        names = sorted(set(found.values_list("name", flat=True)))
        for field in form.fields.values():
            field.widget.names = names
        return form


class TagMany(NamingAction):
    """Words that they are found by."""

    display_name = gettext_lazy("Tag")
    aria_label = gettext_lazy("Tag the chosen contracts")
    action_type = "tag"
    action_priority = 20
    form_class = TagsForm
    names_of = Tag
    page_title = gettext_lazy("Tags")
    consequence = gettext_lazy("Tags help our own side to find contracts. Nobody else sees them.")
    button = gettext_lazy("Change the tags")

    def do(self, contract: Contract, form: Any) -> None:
        said = form.cleaned_data
        if said["add"]:
            contracts.tag(contract, said["add"], by=self.by)
        if said["remove"]:
            contracts.untag(contract, said["remove"], by=self.by)


class FolderForm(forms.Form):
    """The name of a folder, or none."""

    folder = FolderField(
        help_text=gettext_lazy(
            "Each workspace has folders of its own; one that there is not yet is made. Left empty: "
            "out of any folder."
        ),
    )


class FolderMany(NamingAction):
    """A place where they lie together."""

    display_name = gettext_lazy("Move to folder")
    aria_label = gettext_lazy("Move the chosen contracts to a folder")
    action_type = "folder"
    action_priority = 22
    form_class = FolderForm
    names_of = Folder
    page_title = gettext_lazy("Move to a folder")
    button = gettext_lazy("Move")

    def do(self, contract: Contract, form: Any) -> None:
        contracts.put_into(contract, form.cleaned_data["folder"], by=self.by)


class ArchiveForm(forms.Form):
    """Which way."""

    way = forms.ChoiceField(
        label=gettext_lazy("What"),
        choices=[
            ("archive", gettext_lazy("Put into the archive")),
            ("unarchive", gettext_lazy("Take out of the archive")),
        ],
        initial="archive",
        widget=forms.RadioSelect,
    )


class ArchiveMany(EachAction):
    """Out of the way, and back."""

    display_name = gettext_lazy("Archive")
    aria_label = gettext_lazy("Archive the chosen contracts")
    action_type = "archive"
    action_priority = 24
    form_class = ArchiveForm
    page_title = gettext_lazy("Archive")
    consequence = gettext_lazy(
        "What is archived stays as it is and is found under “All”; it is in no other view."
    )
    button = gettext_lazy("Do it")

    def do(self, contract: Contract, form: Any) -> None:
        verb = {"archive": contracts.archive, "unarchive": contracts.unarchive}
        verb[form.cleaned_data["way"]](contract, by=self.by)


class OwnerChoice(forms.ModelChoiceField):
    """Names people as the list does."""

    def label_from_instance(self, obj: Any) -> str:
        return person_name(obj)


class OwnerForm(forms.Form):
    """Who."""

    owner: forms.ModelChoiceField[Any] = OwnerChoice(None, label=gettext_lazy("New owner"))


class HandOverMany(EachAction):
    """To a colleague who answers for them from now on."""

    display_name = gettext_lazy("Change owner")
    aria_label = gettext_lazy("Give the chosen contracts another owner")
    action_type = "owner"
    action_priority = 26
    asks_code = True
    form_class = OwnerForm
    page_title = gettext_lazy("Change the owner")
    consequence = gettext_lazy("Whoever owned them, and the new owner, are told.")
    button = gettext_lazy("Change the owner")

    def why_not(self, contract: Contract) -> str:
        """Whoever owns it, or administers it."""
        if contracts.may_change_owner(self.request.user, contract):
            return ""
        return _("You may not do this with this contract.")

    def get_form(self, form_class: Any = None) -> Any:
        """Colleagues who view in one of the workspaces."""
        form = super().get_form(form_class)
        spaces = {row.workspace_id for row in self.rows if not self.why_not(row)}
        rights = "groups__workspace_permissions"
        held = Q(**{f"{rights}__workspace__in": spaces, f"{rights}__verb": Verb.VIEW})
        people = get_user_model()._default_manager.filter(is_active=True)
        field: Any = form.fields["owner"]
        field.queryset = people.filter(held).distinct().order_by("last_name", "first_name", "pk")
        return form

    def do(self, contract: Contract, form: Any) -> None:
        contracts.change_owner(contract, form.cleaned_data["owner"], by=self.by)


class WithdrawMany(EachAction):
    """The end of each, from our side."""

    display_name = gettext_lazy("Withdraw")
    aria_label = gettext_lazy("Withdraw the chosen contracts")
    action_type = "withdraw"
    action_priority = 28
    action = "send"
    asks_code = True
    classes = {"no"}
    form_class = ReasonForm
    page_title = gettext_lazy("Withdraw")
    consequence = gettext_lazy(
        "These contracts end: nobody can read or sign them any more, and that cannot be undone. "
        "Everybody who takes part gets an e-mail with the reason, one for each contract."
    )
    button = gettext_lazy("Withdraw the contracts")

    def why_not(self, contract: Contract) -> str:
        """Only what is out."""
        if not states.allows(contract.state, "withdraw"):
            return super().why_not(contract) or _("It is not out.")
        return super().why_not(contract)

    def do(self, contract: Contract, form: Any) -> None:
        contracts.withdraw(contract, form.cleaned_data["reason"], by=self.by)


def _waited_for(contract: Contract) -> list[Participant]:
    found: list[Callable[[Contract], list[Participant]]] = hooks.get_hooks("whom_contract_awaits")
    return found[0](contract) if found else []


ACTIONS = [RemindMany, TagMany, FolderMany, ArchiveMany, HandOverMany, WithdrawMany]
