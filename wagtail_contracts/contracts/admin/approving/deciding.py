"""The page on which somebody approves: what differs, then the whole text, then three buttons."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin.acts import ActView, NothingForm
from wagtail_contracts.contracts.admin.approving import report, standing
from wagtail_contracts.contracts.admin.creating.steps import address
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.errors import WrongState
from wagtail_contracts.contracts.models import person_name
from wagtail_contracts.contracts.rendering import rules as words
from wagtail_contracts.contracts.rendering import worth
from wagtail_contracts.contracts.rendering.said import SaidField

ROOM = "wagtail_contracts/contracts/admin/approving"
INBOX = "wagtail_contracts_approvals"
APPROVE, REJECT, ASK = "approve", "reject", "ask"
DONE = {
    APPROVE: gettext_lazy("“%(title)s” is approved by you."),
    REJECT: gettext_lazy("“%(title)s” was sent back with your reason."),
    ASK: gettext_lazy("Your question about “%(title)s” is on its way."),
}
ASKED = states.OPEN | {states.IN_APPROVAL, states.APPROVED}


class DecideForm(forms.Form):
    """What was shown, and why; the button says what."""

    digest = forms.CharField(widget=forms.HiddenInput)
    reason = SaidField(
        required=False,
        label=gettext_lazy("Reason, question or note"),
        help_text=gettext_lazy(
            "Needed to send it back and to ask. Colleagues read it; the other sides never do."
        ),
    )


class ApproveView(ActView):
    """Yes, no, or a question; then comes the next contract that waits."""

    permission_required = "approve"
    asks_code = True
    template_name = f"{ROOM}/approve.html"
    page_title = gettext_lazy("Approve")
    header_icon = "user"
    form_class = DecideForm
    from_states = ASKED

    @cached_property
    def content(self) -> dict[str, Any]:
        """What is stored now."""
        return contracts.compose(self.contract)

    @cached_property
    def shown(self) -> str:
        """Its digest, which comes back with the decision."""
        return contracts.digest_of(self.content)

    @property
    def back(self) -> str:
        """The inbox."""
        return reverse(INBOX)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Approvals, this one."""
        crumbs = super().get_breadcrumbs_items()
        inbox = {"url": reverse(INBOX), "label": _("Approvals")}
        return [*crumbs[:-3], inbox, {"url": "", "label": self.contract.title}]

    def get_initial(self) -> dict[str, Any]:
        """The digest travels with the form."""
        return {**super().get_initial(), "digest": self.shown}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What is asked, how it differs, the whole text, and what others said."""
        context = super().get_context_data(**kwargs)
        if self.contract.approval is None:
            return {**context, "possible": False}
        told = standing.standing_of(self.contract, self.content)
        user = self.request.user
        content = contracts.seen(self.contract, self.content, user, by=self.by)
        yeses = [] if told.has_lapsed else contracts.decidable(self.contract, user)
        return {
            **context,
            "standing": told,
            "request_by": person_name(told.request.asked_by),
            "for_whom": words.people(yes.instead_of for yes in yeses if yes.instead_of),
            "own": user.pk in contracts.barred(self.contract),
            "amounts": worth.amounts(content, get_language() or "en"),
            "digest": self.shown,
            "content": content,
            "report": report.report(self.contract, self.content, user, by=self.by),
            "mine": bool(yeses),
            "has_decided": self._has_decided(told),
            "possible": bool(yeses) or (self._has_decided(told) and not told.has_lapsed),
        }

    def _has_decided(self, told: standing.Standing) -> bool:
        return self.request.user.pk in {yes.by for yes in told.request.given}

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show the page with the digest of what it shows now, whatever was posted."""
        form.data = {**dict(form.data.items()), form.add_prefix("digest"): self.shown}
        return super().form_invalid(form)

    def form_valid(self, form: Any) -> HttpResponse:
        """Do it, say so, and lead on to what waits next."""
        answer = super().form_valid(form)
        if form.errors:
            return answer
        waiting = [one for one in contracts.awaiting(self.request.user, 2) if one != self.contract]
        return redirect(address("approve", waiting[0]) if waiting else self.back)

    @property
    def done(self) -> str:
        """What was done, of which contract: the next one is on the page already."""
        wanted = self.request.POST.get("do", "")
        return str(DONE[wanted]) % {"title": self.contract.title} if wanted in DONE else ""

    def act(self, form: Any) -> None:
        """Call the verb of the button."""
        said, wanted = form.cleaned_data, self.request.POST.get("do", "")
        shown, why = said["digest"], said["reason"]
        if wanted == APPROVE:
            contracts.approve(self.contract, shown, note=why, by=self.by)
        elif wanted == REJECT:
            contracts.reject(self.contract, shown, why, by=self.by)
        elif wanted == ASK:
            contracts.ask(self.contract, why, by=self.by)
        else:
            raise WrongState(_("Press one of the buttons: approve, send back or ask."))


class RecallView(ActView):
    """The question is taken back."""

    form_class = NothingForm
    page_title = gettext_lazy("Take the request for approval back")
    from_states = ASKED
    consequence = gettext_lazy(
        "It is a draft again and can be changed. What was approved counts no more: "
        "ask again before you send it. The approvers are told."
    )
    button = gettext_lazy("Take it back")
    done = gettext_lazy("The request for approval was taken back.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Possible while there is something to take back."""
        context = super().get_context_data(**kwargs)
        return {**context, "possible": context["possible"] and bool(self.contract.approval_id)}

    def act(self, form: Any) -> None:
        contracts.recall_approval(self.contract, by=self.by)


class AnswerForm(forms.Form):
    """What the approvers wanted to know."""

    words = SaidField(
        label=gettext_lazy("Answer"),
        help_text=gettext_lazy("The approvers read it; the other sides never do."),
    )


class AnswerView(ActView):
    """An answer to what approvers asked."""

    template_name = f"{ROOM}/answer.html"
    form_class = AnswerForm
    page_title = gettext_lazy("Answer the approvers")
    from_states = ASKED
    button = gettext_lazy("Send the answer")
    done = gettext_lazy("The answer is on its way to the approvers.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What was asked."""
        context = super().get_context_data(**kwargs)
        request = self.contract.approval
        return {
            **context,
            "decisions": standing.said(request) if request else [],
            "possible": context["possible"] and bool(request),
        }

    def act(self, form: Any) -> None:
        contracts.answer_approver(self.contract, form.cleaned_data["words"], by=self.by)
