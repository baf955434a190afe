"""Messages and suggestions: what is said about a contract, and what our side answers."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.models import OUT, Contract, Suggestion, Thread
from wagtail_contracts.contracts.rendering.saying import NEW, Draft, act_of
from wagtail_contracts.contracts.rendering.suggested import suggested
from wagtail_contracts.contracts.rendering.talk import Talks
from wagtail_contracts.errors import Refusal
from wagtail_contracts.signing.admin.pages import ROOM, ContractPage, address


def messages(user: Any, contract: Contract, draft: Draft | None = None) -> dict[str, Any]:
    """What the panel shows to `user`; nothing before the contract is out."""
    version = contract.current_version
    if version is None:
        return {"talks": None}
    threads = list(Thread.objects.of_staff(user, contract).with_comments())
    any_suggested = any(thread.kind == Thread.Kind.SUGGESTION for thread in threads)
    rows = Suggestion.objects.of_staff(user, contract).with_all() if any_suggested else ()
    masks = not permissions.reads(user, contract, version.content)
    if threads and not masks:
        contracts.seen(contract, version.content, user, by=permissions.actor(user))
    known = suggested(rows, version.whole, masks=masks)
    talks = Talks(contract, version.content, threads, inside=True, masks=masks, suggested=known)
    to_all = permissions.may(user, "comment", contract)
    return {
        "talks": talks,
        "groups": [group for group in [*talks.clauses, talks.whole, talks.gone] if group.talks],
        "waiting": sum(talk.is_open for talk in talks.all),
        "draft": draft or Draft(inside=not to_all),
        "to_all": to_all,
        "speaks": contract.state in OUT,
        "ours": ", ".join(party.name for party in contract.own_parties),
    }


class TalkView(ContractPage, TemplateView):
    """All threads on a page of their own, and where the forms of the panel are sent."""

    page_title = _("Messages and suggestions")
    template_name = f"{ROOM}/talk.html"
    draft: Draft | None = None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The threads, and what somebody was typing."""
        found = messages(self.request.user, self.contract, self.draft)
        return super().get_context_data(version=self.contract.current_version, **found, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Say something, or settle it; what was refused stays in its form."""
        act, key = act_of(request.POST)
        self.draft = Draft.of(request.POST, key)
        try:
            thread = self._act(act, key, self.draft)
        except Refusal as refused:
            self.draft.key = NEW if act == "begin" else key
            self.draft.problems = getattr(refused, "problems", {"": str(refused)})
            return self.render_to_response(self.get_context_data(), status=422)
        back = "inspect" if request.POST.get("back") == "inspect" else "threads"
        return redirect(f"{address(back, self.contract)}#thread-{thread.public_id}")

    def _act(self, act: str, key: str, draft: Draft) -> Thread:
        if act == "begin":
            side = next(iter(self.contract.own_parties), None) if draft.inside else None
            about = contracts.Matter(
                kind=draft.kind,
                block=draft.block,
                quote=draft.quote,
                side=side,
                shown=self.request.POST.get("shown", ""),
            )
            return contracts.begin_thread(self.contract, None, draft.text, about, by=self.by)
        seen = Thread.objects.of_staff(self.request.user, self.contract)
        thread = seen.filter(public_id=key).first()
        if thread is None:
            raise Http404
        if act == "reply":
            contracts.reply(thread, draft.text, by=self.by)
        elif act == "resolve":
            contracts.resolve(thread, by=self.by)
        else:
            contracts.reopen_thread(thread, by=self.by)
        return thread
