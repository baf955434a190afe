"""What people say about the contract: below its clauses, and all of it on a page of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import WrongState
from wagtail_contracts.contracts.models import Suggestion, Thread
from wagtail_contracts.contracts.rendering.saying import ASKS, NEW, Draft, act_of
from wagtail_contracts.contracts.rendering.suggested import suggested
from wagtail_contracts.contracts.rendering.talk import Group, Talks
from wagtail_contracts.errors import Refusal
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.errors import TooMany
from wagtail_contracts.signing.public import facts, gate, suggesting
from wagtail_contracts.signing.public.page import FOLDER, ParticipantPage, see_other
from wagtail_contracts.signing.public.situations import Situation

AN_HOUR = 60  # things said or settled by one link
PARTS = {"open": "open", "resolved": "resolved", "all": "talks"}  # of a group, by what is shown


class Threads(ParticipantPage):
    """All threads, and where each is spoken in; a page of the contract posts here, too."""

    keeps = True

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Show them."""
        if self.contract.state == "withdrawn":
            return see_other(self.address_of("contract"))
        kind = ASKS.get(request.GET.get("ask", ""), Thread.Kind.COMMENT.value)
        if self.contract.state == "expired":
            kind = Thread.Kind.MORE_TIME.value
        return threads_page(self, Draft(kind=kind, block=request.GET.get("block", "")))

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Say something, or settle it; what was refused stays in its form."""
        act, key = act_of(request.POST)
        draft = Draft.of(request.POST, key)
        try:
            with signing.limited("comments", self.link, most=AN_HOUR, by=self.by):
                thread = self._act(act, key, draft)
        except Refusal as refused:
            draft.key = NEW if act == "begin" else key
            return self._refused(draft, refused)
        if request.POST.get("back") == "contract" and thread.block:
            place = f"?talk={thread.block}#thread-{thread.public_id}"
            return see_other(f"{self.address_of('contract')}{place}")
        shown = "?show=all" if act == "resolve" else ""
        return see_other(f"{self.address_of('threads')}{shown}#thread-{thread.public_id}")

    def take_up(self) -> HttpResponse:
        """What was typed stands in its form again, and is still to be sent."""
        act, key = act_of(self.request.POST)
        if act not in ("begin", "reply") or self.contract.state == "withdrawn":
            return see_other(self.address_of("threads"))
        draft = Draft.of(self.request.POST, key)
        draft.key = NEW if act == "begin" else key
        draft.problems = {"": str(gate.UNSENT)}
        return threads_page(self, draft)

    def _act(self, act: str, key: str, draft: Draft) -> Thread:
        if act == "begin":
            return self._begin(draft)
        thread = Thread.objects.seen_by(self.participant).filter(public_id=key).first()
        if thread is None:
            raise Http404
        me = self.participant
        if act == "reply":
            contracts.reply(thread, draft.text, participant=me, by=self.by)
        elif act == "resolve":
            contracts.resolve(thread, participant=me, by=self.by)
        else:
            contracts.reopen_thread(thread, participant=me, by=self.by)
        return thread

    def _begin(self, draft: Draft) -> Thread:
        about = contracts.Matter(
            kind=draft.kind,
            block=draft.block,
            quote=draft.quote,
            side=self.participant.party if draft.inside else None,
            shown=self.request.POST.get("shown", ""),
            wished_on=draft.wished_on,
        )
        return contracts.begin_thread(
            self.contract, self.participant, draft.text, about, by=self.by
        )

    def _refused(self, draft: Draft, refused: Refusal) -> HttpResponse:
        self.contract.refresh_from_db()
        if self.contract.state == "withdrawn":
            return see_other(self.address_of("contract"))
        draft.problems = getattr(refused, "problems", {"": str(refused)})
        status = {TooMany: 429, WrongState: 409}.get(type(refused), 422)
        return threads_page(self, draft, status=status)


def threads_page(page: ParticipantPage, draft: Draft, *, status: int = 200) -> HttpResponse:
    """The page of all threads, with what somebody was typing."""
    moving = facts.moving(page)  # before all else is read
    situation = Situation(page.contract, page.version, page.participant)
    content = contracts.offered(
        page.participant, page.version, contracts.kept_answers(page.participant)
    )
    talks = talks_of(page, content)
    show = page.request.GET.get("show", "")
    show = "all" if draft.problems else show if show in PARTS else "open"
    context = {
        **moving,
        "clauses": _groups(talks, show),
        "show": show,
        "open": sum(talk.is_open for talk in talks.all),
        "resolved": sum(not talk.is_open for talk in talks.all),
        "places": talks.places.values(),
        "draft": draft,
        "writes_first": draft.is_begun or not talks.all,
        "may": may_speak(page, draft.kind),
        "speaker": _speaker(page),
    }
    return page.show("threads", status=status, **facts.common(page, situation), **context)


def talks_of(page: ParticipantPage, content: Mapping[str, Any]) -> Talks:
    """What this reader may see, beside the text that they have before them."""
    threads = list(Thread.objects.seen_by(page.participant).with_comments())
    any_suggested = any(thread.kind == Thread.Kind.SUGGESTION for thread in threads)
    rows = Suggestion.objects.seen_by(page.participant).with_all() if any_suggested else ()
    return Talks(page.contract, content, threads, suggested=suggested(rows, page.version.whole))


def may_speak(page: ParticipantPage, kind: str = Thread.Kind.COMMENT.value) -> bool:
    """Whether this reader may say something now."""
    return contracts.may_speak(page.participant, page.contract.state, kind)


def _speaker(page: ParticipantPage) -> bool:
    """Whether this reader says anything at all where the contract stands."""
    return contracts.may_speak(page.participant, page.contract.state)


def around(page: ParticipantPage, talks: Talks) -> dict[str, Any]:
    """What the rest of the contract's page needs: what is about no clause, and who may speak."""
    areas = suggesting.beside(page, talks)
    speaks, speaker = may_speak(page), _speaker(page)
    return {"talks": talks, "speaks": speaks, "speaker": speaker, "areas": areas}


def below(page: ParticipantPage, talks: Talks) -> dict[str, SafeString]:
    """What stands below each clause: its threads, and where something new is said."""
    speaks, asked = may_speak(page), page.request.GET.get("talk", "")
    context = {"page": page, "language": page.language, "speaks": speaks, "speaker": _speaker(page)}
    made, open_ = {}, suggesting.offered(page)
    for group in talks.clauses:
        suggests = suggesting.links(open_, group, talks)
        if group.talks or speaks or suggests:
            more = {"group": group, "opened": asked in group.blocks, "suggests": suggests}
            more["content"] = page.version.content
            made[group.last] = render_to_string(f"{FOLDER}/_talk.html", {**context, **more})
    return made


def _groups(talks: Talks, show: str) -> list[Group]:
    """The groups in the order of the text, what is about no clause of it last."""
    every = [*talks.clauses, talks.whole, talks.gone]
    found = (Group(group.place, list(getattr(group, PARTS[show]))) for group in every)
    return [group for group in found if group.talks]
