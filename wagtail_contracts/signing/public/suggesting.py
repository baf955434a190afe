"""Suggesting another wording, a new clause or another value: typed, looked at, and then sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import StaleVersion, WrongState
from wagtail_contracts.contracts.models import Suggestion
from wagtail_contracts.contracts.rendering import talk
from wagtail_contracts.contracts.rendering.answers import answer_inputs, typed_from
from wagtail_contracts.contracts.rendering.suggested import Suggested, looked_at
from wagtail_contracts.contracts.rendering.typed_boxes import Sheet, sheet
from wagtail_contracts.errors import Refusal
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.errors import TooMany
from wagtail_contracts.signing.public import facts, gate, looks
from wagtail_contracts.signing.public.page import ParticipantPage, see_other
from wagtail_contracts.signing.public.situations import Situation

AN_HOUR = 30  # suggestions by one link
WORDING, CLAUSE, VALUES, CHOICE = "wording", "clause", "values", "alternative"


class Suggest(ParticipantPage):
    """The page of one block that is open to suggestions."""

    keeps = True
    added = ""  # the name of a box for an item that is being added

    def instead(self) -> HttpResponse | None:
        """The gate first; then what is closed to suggestions is not found."""
        if (other := super().instead()) is not None:
            return other
        self.block = self.kwargs["block"]
        self.kinds = kinds_of(self, self.block)
        if not self.kinds:
            raise Http404
        return None

    def get(self, request: HttpRequest, public_id: str, block: str) -> HttpResponse:
        """The words as they are, to be changed."""
        if not may_suggest(self):
            return see_other(self.address_of("contract"))
        return self._page(self.kinds[0], {})

    def post(self, request: HttpRequest, public_id: str, block: str) -> HttpResponse:
        """Show what would change, or send it."""
        if not may_suggest(self):
            return see_other(self.address_of("contract"))
        kind = request.POST.get("kind", "")
        if kind not in self.kinds:
            raise Http404
        wish = contracts.Wish(kind, block, self._typed(kind))
        try:
            return self._act(wish)
        except StaleVersion:
            return self._stale(wish)
        except WrongState:
            return see_other(self.address_of("contract"))
        except Refusal as refused:
            problems = getattr(refused, "problems", {"": str(refused)})
            status = 429 if isinstance(refused, TooMany) else 422
            return self._page(kind, wish.typed, problems=problems, status=status)

    def take_up(self) -> HttpResponse:
        """What was typed stands in its form again."""
        kind = self.request.POST.get("kind", "")
        if not may_suggest(self) or kind not in self.kinds:
            return see_other(self.address_of("contract"))
        wish = contracts.Wish(kind, self.block, self._typed(kind))
        if not self.is_current(self.request.POST.get("digest")):
            return self._stale(wish)
        return self._page(kind, wish.typed, problems={"": str(gate.UNSENT)})

    def _act(self, wish: contracts.Wish) -> HttpResponse:
        if wish.kind == CHOICE:
            return self._choose(wish)
        post = self.request.POST
        if post.get("do") == "send":
            return self._send(wish)
        stale = not self.is_current(post.get("digest"))
        if stale:
            wish = replace(wish, typed=self._on_newest(wish))
        if "add" in post:
            self.added = contracts.added(wish, post["add"])
            return self._page(wish.kind, {**wish.typed, self.added: ""}, stale=stale)
        proposal = contracts.look_at(self.participant, wish)
        change = looked_at(proposal, self.version.whole)
        return self._page(wish.kind, wish.typed, change=change, stale=stale)

    def _send(self, wish: contracts.Wish) -> HttpResponse:
        post = self.request.POST
        reason, digest = post.get("reason", ""), post.get("digest", "")
        with signing.limited("suggestions", self.link, most=AN_HOUR, by=self.by):
            made = contracts.suggest(self.participant, digest, wish, reason, by=self.by)
        place = f"?talk={self.block}&note=suggested#thread-{made.thread.public_id}"
        return see_other(f"{self.address_of('contract')}{place}")

    def _choose(self, wish: contracts.Wish) -> HttpResponse:
        """A wording that was approved in advance makes a version at once."""
        digest, chosen = self.request.POST.get("digest", ""), self.request.POST.get("chosen", "")
        with signing.limited("suggestions", self.link, most=AN_HOUR, by=self.by):
            made = contracts.choose_alternative(
                self.participant, digest, wish.block, chosen, by=self.by
            )
        looks.record(self.participant, made, by=self.by)
        return see_other(f"{self.address_of('contract')}?note=given#b-{self.block}")

    def _stale(self, wish: contracts.Wish) -> HttpResponse:
        """What was typed stands beside today's text, if the block is still open."""
        self.contract.refresh_from_db()
        self.version = self.contract.current_version or self.version
        self.kinds = kinds_of(self, self.block)
        if wish.kind not in self.kinds:
            return see_other(self.address_of("contract"))
        return self._page(wish.kind, self._on_newest(wish), stale=True, status=409)

    def _on_newest(self, wish: contracts.Wish) -> Mapping[str, Any]:
        return contracts.on_newest(self.contract, self.request.POST.get("digest", ""), wish)

    def _typed(self, kind: str) -> Mapping[str, Any]:
        if kind == VALUES:
            return typed_from(self.request.POST, contracts.values_open(self.version, self.block))
        return contracts.words_typed(self.request.POST.dict())

    def _page(
        self,
        kind: str,
        typed: Mapping[str, Any],
        *,
        problems: Mapping[str, str] | None = None,
        change: Suggested | None = None,
        stale: bool = False,
        status: int = 200,
    ) -> HttpResponse:
        problems = problems or {}
        situation = Situation(self.contract, self.version, self.participant)
        context = {
            **facts.common(self, situation),
            **self._forms(kind, typed, problems),
            "block": self.block,
            "place": talk.place_of(self.version.content, self.block),
            "kind": kind,
            "problems": problems,
            "change": change,
            "stale": stale,
            "added": self.added,
            "reason": self.request.POST.get("reason", ""),
        }
        return self.show("suggest", status=status, **context)

    def _forms(
        self, kind: str, typed: Mapping[str, Any], problems: Mapping[str, str]
    ) -> dict[str, Any]:
        """What may be typed and chosen here; what was typed stays in its own form."""
        words = next((one for one in self.kinds if one in (WORDING, CLAUSE)), "")
        values = self._inputs(typed, problems, kind) if VALUES in self.kinds else {}
        return {
            "words": words,
            "sheet": self._sheet(words, typed if kind == words else {}, problems),
            "inputs": values.values(),
            "wordings": self._wordings() if CHOICE in self.kinds else [],
            "whole": problems.get("", ""),
        }

    def _sheet(
        self, words: str, typed: Mapping[str, Any], problems: Mapping[str, str]
    ) -> Sheet | None:
        if not words:
            return None
        written = contracts.written(self.version, contracts.Wish(words, self.block))
        return sheet(written, typed, problems)

    def _wordings(self) -> list[dict[str, Any]]:
        """What may be chosen, as it would read."""
        block, whole = contracts.open_places(self.version).choices[self.block], self.version.whole
        return [
            {
                "id": one["id"],
                "name": one["name"],
                "text": talk.text_of({**block, "chosen": one["id"]}, whole),
                "holds": one["id"] == block["chosen"],
            }
            for one in block["wordings"]
        ]

    def _inputs(
        self, typed: Mapping[str, Any], problems: Mapping[str, str], kind: str
    ) -> dict[str, Any]:
        fields = contracts.values_open(self.version, self.block)
        given = typed if kind == VALUES and typed else None
        wrong = problems if kind == VALUES else None
        known = contracts.values_now(self.version, self.block)
        content = {**self.version.content, "fields": fields}
        content["values"] = [{"key": f["key"], "value": known[f["key"]]} for f in fields]
        return answer_inputs(fields, given, wrong, self.language, content=content)


def may_suggest(page: ParticipantPage) -> bool:
    """Whether this reader may suggest something now."""
    other = not page.contract.is_own(page.participant.party)
    return other and contracts.may_now(page.participant, "suggest", page.contract)


def kinds_of(page: ParticipantPage, block: str) -> list[str]:
    """What may be suggested on a block: other words, a clause in it, other values."""
    open_ = contracts.open_places(page.version)
    values, me = block in contracts.valued(page.version), page.participant
    found = [
        (WORDING, block in open_.wordings),
        (CLAUSE, block in open_.areas),
        (VALUES, values),
        (CHOICE, block in open_.choices and contracts.may_now(me, "fill_in", page.contract)),
    ]
    return [kind for kind, is_open in found if is_open]


def offered(page: ParticipantPage) -> dict[str, str]:
    """The sort of thing that may be suggested on each open block, by its id."""
    if not may_suggest(page):
        return {}
    open_ = contracts.open_places(page.version)
    valued = dict.fromkeys(contracts.valued(page.version), VALUES)
    may_choose = contracts.may_now(page.participant, "fill_in", page.contract)
    chosen = dict.fromkeys(open_.choices if may_choose else (), CHOICE)
    worded = dict.fromkeys(open_.wordings, WORDING) | dict.fromkeys(open_.areas, CLAUSE)
    return valued | worded | chosen


def links(open_: Mapping[str, str], group: talk.Group, talks: talk.Talks) -> list[dict[str, Any]]:
    """Where something may be suggested within a clause: the place, and what sort of thing."""
    found = [block for block in group.blocks if block in open_ and block in talks.places]
    return [{"place": talks.places[block], "kind": open_[block]} for block in found]


def beside(page: ParticipantPage, talks: talk.Talks) -> list[dict[str, str]]:
    """The open areas that are in no clause of the text, because nothing is printed of them yet."""
    areas = contracts.open_places(page.version).areas if may_suggest(page) else {}
    found = ((id, area["title"]) for id, area in areas.items() if id not in talks.places)
    return [{"id": id, "title": title} for id, title in found]


def waiting(page: ParticipantPage) -> int:
    """How many suggestions of this reader's side wait for an answer."""
    ours = Suggestion.objects.filter(participant__party=page.participant.party)
    return ours.undecided().count()
