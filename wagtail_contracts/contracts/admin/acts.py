"""Acts on a contract that was sent: each a page of its own which says what follows.

Everything irreversible is a form on such a page; the flow decides, the page says what it said.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib.admin.utils import quote
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.errors import DeadlineRefused, ReasonMissing, ReasonTooLong
from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.contracts.permissions.doors import ActorMixin
from wagtail_contracts.contracts.rendering.said import SaidField
from wagtail_contracts.errors import Refusal

ROOM = "wagtail_contracts/contracts/admin"


class NothingForm(forms.Form):
    """A button is enough."""


class ReasonForm(forms.Form):
    """Why; everybody who takes part is told."""

    reason = SaidField(
        label=gettext_lazy("Reason"), help_text=gettext_lazy("Everybody who takes part reads it.")
    )


class DeadlineForm(forms.Form):
    """A later day."""

    deadline = forms.DateField(
        label=gettext_lazy("Answer by"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = SaidField(
        required=False,
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Everybody reads it on the page of the contract and in the e-mail."),
    )


class RemindForm(forms.Form):
    """Who gets a fresh link."""

    participant: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        None,
        label=gettext_lazy("Person"),
        widget=forms.RadioSelect,
        empty_label=None,
        to_field_name="public_id",
    )

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["participant"]
        people = Participant.objects.present().filter(party__contract=contract)
        field.queryset = people.select_related("party").order_by("pk")
        field.label_from_instance = _who


class ActView(ActorMixin, PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView, ABC):
    """One act: what follows from it, a form, a button that says what it does."""

    model = Contract
    permission_required = "send"
    template_name = f"{ROOM}/act.html"
    form_class: Any = NothingForm
    header_icon = "doc-full"
    from_states: ClassVar[frozenset[str]] = states.OPEN
    consequence: Any = ""
    button: Any = ""
    done: Any = ""
    about: ClassVar[Mapping[type[Refusal], str]] = {
        ReasonMissing: "reason",
        ReasonTooLong: "reason",
        DeadlineRefused: "deadline",
    }  # the field that a refusal is about
    index_url_name: Any = None  # filled in by the viewset, like the two below
    edit_url_name: Any = None
    overview_url_name: Any = None
    gated: Any

    @property
    def contract(self) -> Any:
        """The contract that the gate found."""
        return self.gated

    @property
    def back(self) -> str:
        """Where one came from: the overview, else the list."""
        if self.overview_url_name:
            return reverse(self.overview_url_name, args=[quote(self.contract.pk)])
        return reverse(self.index_url_name)

    def get_page_subtitle(self) -> str:
        """Which contract."""
        return str(self.contract.title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Contracts, this one, this act."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": _("Contracts")},
            {"url": self.back, "label": self.contract.title},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The contract and whether it is where this begins."""
        return super().get_context_data(
            contract=self.contract,
            possible=self.contract.state in self.from_states,
            consequence=self.consequence,
            button=self.button,
            back=self.back,
            **kwargs,
        )

    def form_valid(self, form: Any) -> HttpResponse:
        """Do it, or say why not."""
        try:
            self.act(form)
        except Refusal as refusal:
            field = self.about.get(type(refusal))
            form.add_error(field if field in form.fields else None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, str(self.done))
        return redirect(self.back)

    def form_invalid(self, form: Any) -> HttpResponse:
        """Say at each field that is at fault which sentence tells of it."""
        for name in form.errors.keys() & form.fields.keys():
            place = form[name].auto_id
            told = f"{place}-errors {place}-helptext"
            form.fields[name].widget.attrs["aria-describedby"] = told
        return super().form_invalid(form)

    @abstractmethod
    def act(self, form: Any) -> None:
        """Call the verb."""


class AwayMixin:
    """Back to the list where the one who asks can't see the contract any more."""

    def form_valid(self, form: Any) -> HttpResponse:
        view: Any = self
        answer: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        seen = permissions.visible(view.request.user).filter(pk=view.contract.pk)
        if answer.status_code == 302 and not seen.exists():
            return redirect(reverse(view.index_url_name))
        return answer


class OpenSigningView(ActView):
    """From review to signing."""

    page_title = gettext_lazy("Open for signing")
    from_states = frozenset({states.NEGOTIATING})
    consequence = gettext_lazy(
        "Everybody who signs can sign the current version from now on, and gets an e-mail."
    )
    button = gettext_lazy("Open for signing")
    done = gettext_lazy("The contract is out for signing.")

    def act(self, form: Any) -> None:
        contracts.open_signing(self.contract, by=self.by)


class ReopenView(ActView):
    """From signing back to review."""

    page_title = gettext_lazy("Back to review")
    from_states = frozenset({states.SIGNING})
    form_class = ReasonForm
    consequence = gettext_lazy(
        "Nobody can sign until you open the signing again. Signatures that were given stay as long "
        "as the text does not change. Everybody gets an e-mail with the reason."
    )
    button = gettext_lazy("Stop signing and go back to review")
    done = gettext_lazy("The contract is in review again.")

    def act(self, form: Any) -> None:
        contracts.reopen(self.contract, form.cleaned_data["reason"], by=self.by)


class WithdrawView(ActView):
    """The end, from our side."""

    asks_code = True
    page_title = gettext_lazy("Withdraw")
    form_class = ReasonForm
    consequence = gettext_lazy(
        "The contract ends: nobody can read or sign it any more, and that cannot be undone. "
        "Everybody gets an e-mail with the reason."
    )
    button = gettext_lazy("Withdraw the contract")
    done = gettext_lazy("The contract was withdrawn.")

    def act(self, form: Any) -> None:
        contracts.withdraw(self.contract, form.cleaned_data["reason"], by=self.by)


class ExtendView(ActView):
    """More time."""

    page_title = gettext_lazy("Extend the deadline")
    from_states = states.OPEN | {states.EXPIRED}
    form_class = DeadlineForm
    consequence = gettext_lazy(
        "Everybody gets an e-mail with the new date. A contract that has expired goes on."
    )
    button = gettext_lazy("Extend the deadline")
    done = gettext_lazy("There is more time now.")

    def act(self, form: Any) -> None:
        said = form.cleaned_data
        contracts.extend(self.contract, said["deadline"], reason=said["reason"], by=self.by)


class RemindView(ActView):
    """A nudge with a fresh link."""

    page_title = gettext_lazy("Remind somebody")
    form_class = RemindForm
    consequence = gettext_lazy("The person gets an e-mail with a fresh link. Earlier links go on.")
    button = gettext_lazy("Send the reminder")
    done = gettext_lazy("The reminder is on its way.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Only people of this contract; the one that was asked about is chosen."""
        initial = {"participant": self.request.GET.get("participant", "")}
        return {**super().get_form_kwargs(), "contract": self.contract, "initial": initial}

    def act(self, form: Any) -> None:
        contracts.remind(form.cleaned_data["participant"], by=self.by)


def _who(person: Participant) -> str:
    return _("%(name)s, for %(party)s") % {"name": person.name, "party": person.party.name}
