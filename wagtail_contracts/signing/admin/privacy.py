"""What is kept and for how long; one person's data, to take along or to erase."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.contracts.rendering.said import SaidField
from wagtail_contracts.contracts.rendering.serving import answer
from wagtail_contracts.signing.admin.pages import ROOM, ActPage, address
from wagtail_contracts.signing.flows import privacy
from wagtail_contracts.signing.rendering import register
from wagtail_contracts.signing.rendering.person import packed

ADDRESS = "wagtail_contracts_register"


class Row(NamedTuple):
    """An entry of the register, with how many rows there are and how many are over."""

    kept: register.Kept
    there: int
    due: int | None


class RegisterView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """The register with live counts, and the contracts that are due among those that one sees."""

    permission_policy = permissions.POLICIES["Contract"]
    permission_required = "administer"
    template_name = f"{ROOM}/register.html"
    page_title = gettext_lazy("What is kept, and for how long")
    header_icon = "history"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, here."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The rows, and what is due."""
        now, mine = timezone.now(), permissions.having(self.request.user, ["administer"])
        due = [(one, address("inspect", one.contract)) for one in privacy.contracts_due(mine, now)]
        return super().get_context_data(
            rows=list(rows()), due=due, next=max(privacy.next_run(), now), **kwargs
        )


def rows() -> Iterator[Row]:
    """The register in the active language."""
    over = privacy.due(timezone.now())
    for kept, entry in zip(register.retention(), register.REGISTER, strict=True):
        models = [apps.get_model(label) for label in entry.tables]
        there = sum(model._base_manager.count() for model in models)
        yield Row(kept, there, over.get(entry.key))


class RegisterMenuItem(MenuItem):
    """Among the settings, for those who may open it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether there is something to answer for."""
        policy = permissions.POLICIES["Contract"]
        return bool(policy.user_has_permission(request.user, "administer"))


def menu_item() -> RegisterMenuItem:
    """It."""
    return RegisterMenuItem(
        _("Kept data"),
        reverse(ADDRESS),
        name="contract-register",
        icon_name="history",
        order=910,
    )


class PersonForm(forms.Form):
    """Who it is; also somebody who takes part no more."""

    participant: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        None,
        label=gettext_lazy("Person"),
        widget=forms.RadioSelect,
        empty_label=None,
        to_field_name="public_id",
        help_text=gettext_lazy("Make sure first that whoever asks is this person."),
    )

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["participant"]
        people = Participant.objects.filter(party__contract=contract)
        field.queryset = people.select_related("party").order_by("pk")
        field.label_from_instance = _who


class EraseForm(PersonForm):
    """Why, too."""

    reason = SaidField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy(
            "It stays in the trail, which the parties can read: name nobody in it."
        ),
    )


class PersonPage(ActPage):
    """One person of the contract."""

    asks_code = True
    form_class: Any = PersonForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """Only people of this contract; the one that was asked about is chosen."""
        initial = {"participant": self.request.GET.get("participant", "")}
        return {**super().get_form_kwargs(), "contract": self.contract, "initial": initial}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether whoever asks may read what is sensitive, without which this is not for them."""
        may = permissions.may(self.request.user, "sensitive", self.contract)
        return {**super().get_context_data(**kwargs), "possible": may}


class ExportPersonView(PersonPage):
    """A file to hand over."""

    permission_required = "export"
    page_title = gettext_lazy("Export a person’s data")
    consequence = gettext_lazy(
        "You get a ZIP file with what is kept about the person in this contract, and with the "
        "files that they gave. It holds nothing of others: the contract itself, which names them, "
        "is not in it. That you took it stands in the trail of our own side."
    )
    button = gettext_lazy("Export the data")

    def act(self, form: Any) -> None:
        self.made = privacy.export_person(form.cleaned_data["participant"], by=self.by)

    def answered(self) -> HttpResponse:
        """Hand the file over."""
        content = packed(self.made.data, self.made.files)
        return answer(self.request, content, "application/zip", f"{self.contract.number}.zip")


class ErasePersonView(PersonPage):
    """For good."""

    permission_required = "administer"
    form_class = EraseForm
    page_title = gettext_lazy("Erase a person’s data")
    consequence = gettext_lazy(
        "E-mail address, phone, national identity number, network addresses, how the person was "
        "identified and what they had not handed in are erased, also from earlier drafts. That "
        "can’t be undone. What was sent and signed stays as it is, with the names in it. Who has "
        "signed can be erased once the contract’s time is over: until then it may be needed for "
        "legal claims."
    )
    button = gettext_lazy("Erase the data")
    done = gettext_lazy("The person’s data were erased.")

    def act(self, form: Any) -> None:
        said = form.cleaned_data
        privacy.erase_person(said["participant"], said["reason"], by=self.by)


def _who(person: Participant) -> str:
    return _("%(name)s, for %(party)s") % {"name": person.name, "party": person.party.name}
