"""A suggestion as whoever may send sees it: what it changes in today's text, and what follows."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.errors import ApprovalMissing, StaleVersion
from wagtail_contracts.contracts.models import OUT, ContractVersion, Suggestion
from wagtail_contracts.contracts.rendering import changes
from wagtail_contracts.contracts.rendering import print as paper
from wagtail_contracts.contracts.rendering.suggested import Suggested, suggested
from wagtail_contracts.errors import Refusal
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.signing.admin import costs
from wagtail_contracts.signing.admin.pages import ROOM, ContractPage, address


class SuggestionView(ContractPage, TemplateView):
    """The suggestion in the thread that the address names."""

    permission_required = "send"
    asks_code = True  # accepting sends a version
    template_name = f"{ROOM}/suggestion.html"
    header_icon = "comment"
    problems: tuple[str, ...] = ()

    def get_page_title(self) -> str:
        """Whose it is."""
        return _("Suggestion by %(name)s") % {"name": self.suggestion.participant.name}

    @cached_property
    def suggestion(self) -> Suggestion:
        """One that this person may read, or 404."""
        seen = Suggestion.objects.of_staff(self.request.user, self.contract).with_all()
        thread = self.request.GET.get("thread", "").replace("\0", "")
        found = seen.filter(thread__public_id=thread).first()
        if found is None:
            raise Http404
        found.thread.contract = self.contract
        return found

    @property
    def fit(self) -> contracts.Fit:
        """How it stands against the newest text."""
        return contracts.fit_of(self.suggestion)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it, if there is one."""
        self.suggestion  # noqa: B018 - a stranger's address is not found before anything is said
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Accept it, dismiss it, or prepare it for an approval."""
        acts = {"accept": self._accept, "dismiss": self._dismiss, "take_in": self._take_in}
        act = acts.get(request.POST.get("do", ""))
        if act is None or not self.suggestion.is_open:
            return self.render_to_response(self.get_context_data(), status=422)
        try:
            return redirect(act())
        except StaleVersion as refused:
            status, self.problems = 409, (str(refused),)
        except Refusal as refused:
            status, self.problems = 422, (str(refused),)
        self.contract.refresh_from_db()
        del self.suggestion
        return self.render_to_response(self.get_context_data(), status=status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What it changes, what accepting does, and what stands in the way."""
        suggestion, version = self.suggestion, self.contract.current_version
        fit = self.fit
        both = contracts.seen_both(
            self.contract, version.content, dict(fit.content), self.request.user, by=self.by
        )
        return super().get_context_data(
            suggestion=suggestion,
            suggested=self._suggested(suggestion, version),
            version=version,
            since=suggestion.thread.version.number,
            fit=fit,
            comparison=None if fit.code else changes.comparison(*both, language=get_language()),
            losses=[] if fit.code else list(costs.losses(self.contract)),
            replaces=contracts.undone(suggestion, fit),
            approval="" if fit.code else self._approval(fit),
            problems=self.problems,
            possible=suggestion.is_open and self.contract.state in OUT,
            answer=self.request.POST.get("answer", ""),
            **kwargs,
        )

    def _suggested(self, suggestion: Suggestion, version: ContractVersion) -> Suggested:
        masks = not permissions.reads(self.request.user, self.contract, version.content)
        return suggested([suggestion], version.whole, masks=masks)[suggestion.thread_id]

    def _approval(self, fit: contracts.Fit) -> str:
        """Why it can't be accepted before somebody has approved it; "" if it can."""
        try:
            contracts.insist_on_approved(self.contract, dict(fit.content), dict(fit.whole))
        except ApprovalMissing as missing:
            return str(missing)
        return ""

    def _accept(self) -> str:
        """Rehearse, then publish."""
        fit, shown = self.fit, self.request.POST.get("shown", "")
        kept = contracts.undone(self.suggestion, fit)
        if fit.digest == shown and not fit.code:
            self._rehearse(dict(fit.content))
        made = contracts.accept(self.suggestion, shown, by=self.by)
        words = _("The suggestion is part of version %(number)s.") % {"number": made.number}
        messages.success(self.request, words)
        if kept:
            words = _("Your own wording of the same is in the history of the working copy.")
            messages.warning(self.request, words)
        return address("inspect", self.contract)

    def _dismiss(self) -> str:
        contracts.dismiss(self.suggestion, self.request.POST.get("answer", ""), by=self.by)
        messages.success(self.request, _("The suggestion is dismissed; the text is as it was."))
        return address("inspect", self.contract)

    def _take_in(self) -> str:
        contracts.take_in(self.suggestion, by=self.by)
        return address("ask_approval", self.contract)

    def _rehearse(self, content: dict[str, Any]) -> None:
        """Print it once, outside any transaction. Raises RenderingRefused."""
        look, files = contracts.paper_of(self.contract.workspace), contracts.enclosed(content)
        made = paper.draft_bundle(content, self.contract.number, look, pictures=files.pictures)
        contracts.insist_on_sealable(sealing.render(made), files)
