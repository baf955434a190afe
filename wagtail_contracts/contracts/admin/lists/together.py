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
from wagtail_contracts.contracts.admin import wishes
from wagtail_contracts.contracts.admin.creating.steps import address
from wagtail_contracts.contracts.admin.lists.bulk import ContractsAction
from wagtail_contracts.contracts.admin.lists.columns import ROOM
from wagtail_contracts.contracts.admin.sending import print_once
from wagtail_contracts.contracts.admin.sending_forms import MessageForm, MomentForm
from wagtail_contracts.contracts.conf import contracts as conf
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.errors import DeadlineRefused, MomentRefused
from wagtail_contracts.contracts.flows.packaging import MOST, same_person
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.contracts.rendering import plans
from wagtail_contracts.errors import Refusal

ABOUT: dict[type[Refusal], str] = {DeadlineRefused: "deadline", MomentRefused: "at"}


class TogetherForm(MessageForm, MomentForm):
    """When, until when, with which words; and what the page showed, which goes or nothing does."""

    deadline = forms.DateField(
        required=False,
        label=gettext_lazy("Answer by"),
        help_text=gettext_lazy("Empty: as each contract's template or workspace says."),
        widget=AdminDateInput,
    )
    shown = forms.CharField(widget=forms.HiddenInput)
    field_order = ["deadline", "message", "at", "shown"]


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
        "is read, signed or declined by itself. All of them are sent, or none."
    )
    button = gettext_lazy("Send the package")

    @cached_property
    def fates(self) -> dict[int, contracts.Fate]:
        """Which of them are confirmed already."""
        return contracts.fates([row.pk for row in self.rows])

    def why_not(self, contract: Contract) -> str:
        """Only drafts whose sending is not confirmed."""
        if contract.state not in states.INSIDE:
            return super().why_not(contract) or _("This contract has been sent.")
        fate = self.fates.get(contract.pk)
        if fate and fate.holds:
            return super().why_not(contract) or _("It is confirmed already. Call that off first.")
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
        """What is shown travels with it; what was called off stands in it again."""
        form = super().get_form(form_class)
        form.initial = wishes.kept_alike(self.request, [offer.contract for offer in self.offers])
        form.fields["shown"].initial = self.shown
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Who it is that signs them all, or why they can't go together."""
        person, problem = None, ""
        try:
            person = same_person([offer.contract for offer in self.offers])[0]
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
            self._send(said)
        except Refusal as refusal:
            form.add_error(ABOUT.get(type(refusal)), str(refusal))
            return self.form_invalid(form)
        for offer in self.offers:
            wishes.forget(self.request, offer.contract)
        return redirect(self.next_url)

    def _send(self, said: dict[str, Any]) -> None:
        """At once where there is no time to undo; else it is confirmed, and can be called off."""
        how: Any = {"deadline": said["deadline"], "message": said["message"], "by": self.by}
        if not said["at"] and not conf().undo_seconds:
            contracts.send_together(self.offers, into=states.SIGNING, **how)
            messages.success(self.request, _("The package was sent."))
            return
        made = contracts.schedule_together(self.offers, into=states.SIGNING, at=said["at"], **how)
        words = _("The package leaves on %(moment)s. Until then it can be called off.")
        way = messages.button(address("call_off", made[0].contract), _("Call it off"))
        moment = plans.moment(made[0].at)
        messages.success(self.request, words % {"moment": moment}, buttons=[way])


def _offer(row: Contract) -> contracts.Offer:
    digest = contracts.digest_of(contracts.compose(row))
    return contracts.Offer(row, digest, contracts.recipients_digest(row))
