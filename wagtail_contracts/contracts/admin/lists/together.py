"""Several drafts to one person: what goes, to whom, and one button for all of it or nothing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.widgets import AdminDateInput

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin.lists.bulk import ContractsAction
from wagtail_contracts.contracts.admin.lists.columns import ROOM
from wagtail_contracts.contracts.admin.sending import print_once
from wagtail_contracts.contracts.admin.sending_forms import MessageForm
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.errors import DeadlineRefused
from wagtail_contracts.contracts.flows.packaging import MOST
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.errors import Refusal


class TogetherForm(MessageForm):
    """Until when, with which words; and what the page showed, which goes or nothing does."""

    deadline = forms.DateField(
        required=False,
        label=gettext_lazy("Answer by"),
        help_text=gettext_lazy("Empty: as each contract's template or workspace says."),
        widget=AdminDateInput,
    )
    shown = forms.CharField(widget=forms.HiddenInput)
    field_order = ["deadline", "message", "shown"]


class SendTogether(ContractsAction):
    """One mail, one link, one identification; a signature and a seal for each."""

    display_name = gettext_lazy("Send as a package")
    aria_label = gettext_lazy("Send the chosen contracts to one person as a package")
    action_type = "together"
    action_priority = 12
    action = "send"
    asks_code = True
    most = MOST
    form_class = TogetherForm
    template_name = f"{ROOM}/together.html"
    page_title = gettext_lazy("Send as a package")
    consequence = gettext_lazy(
        "One person signs all of these: they get one e-mail with one link to a list. Each contract "
        "is read, signed or declined by itself. All of them are sent now, or none."
    )
    button = gettext_lazy("Send the package")

    def why_not(self, contract: Contract) -> str:
        """Only drafts."""
        if contract.state not in states.INSIDE:
            return super().why_not(contract) or _("This contract has been sent.")
        return super().why_not(contract)

    @cached_property
    def offers(self) -> list[contracts.Offer]:
        """What the page shows of those that may go."""
        found = [row for row in self.rows if not self.why_not(row)]
        seen = permissions.visible(self.request.user).filter(pk__in=[row.pk for row in found])
        return [_offer(row) for row in seen.select_related("workspace").order_by("pk")]

    @property
    def shown(self) -> str:
        """All of that in one text, to be compared."""
        marks = sorted((offer.contract.pk, offer.digest, offer.recipients) for offer in self.offers)
        return " ".join(f"{pk}:{digest}:{recipients}" for pk, digest, recipients in marks)

    def get_form(self, form_class: Any = None) -> Any:
        """What is shown travels with it."""
        form = super().get_form(form_class)
        form.fields["shown"].initial = self.shown
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Who it is that signs them all, or why they can't go together."""
        person, problem = None, ""
        try:
            person = contracts.same_person([offer.contract for offer in self.offers])[0]
        except Refusal as refusal:
            problem = str(refusal)
        more = {"person": person, "problem": problem}
        return {**super().get_context_data(**kwargs), **more}

    def form_valid(self, form: Any) -> HttpResponse:
        """Print each once, and send all; or say why none was sent."""
        said = form.cleaned_data
        if said["shown"] != self.shown or len(self.offers) != len(self.rows):
            form.data = {**dict(form.data.items()), "shown": self.shown}
            form.add_error(
                None, _("Something has changed since it was shown. Nothing was sent. Look again.")
            )
            return self.form_invalid(form)
        try:
            for offer in self.offers:
                print_once(offer.contract, contracts.compose(offer.contract))
            how = {"deadline": said["deadline"], "message": said["message"]}
            contracts.send_together(self.offers, into=states.SIGNING, by=self.by, **how)
        except Refusal as refusal:
            form.add_error(
                "deadline" if isinstance(refusal, DeadlineRefused) else None, str(refusal)
            )
            return self.form_invalid(form)
        messages.success(self.request, _("The package was sent."))
        return redirect(self.next_url)


def _offer(row: Contract) -> contracts.Offer:
    digest = contracts.digest_of(contracts.compose(row))
    return contracts.Offer(row, digest, contracts.recipients_digest(row))
