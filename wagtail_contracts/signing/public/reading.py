"""The contract as its reader finds it: the text, the fields to fill in, and the next step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import AnswersRefused, NotReady, StaleVersion, WrongState
from wagtail_contracts.contracts.models import sender_name
from wagtail_contracts.contracts.rendering import html
from wagtail_contracts.contracts.rendering.answers import Input, answer_inputs, typed_from
from wagtail_contracts.contracts.rendering.changes import changed_blocks
from wagtail_contracts.contracts.rendering.parts import Shelf, Standing
from wagtail_contracts.contracts.rendering.talk import Talks
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.public import (
    changing,
    facts,
    looks,
    situations,
    talking,
    uploads,
)
from wagtail_contracts.signing.public.contents import Text
from wagtail_contracts.signing.public.page import ParticipantPage, see_other
from wagtail_contracts.signing.public.situations import Situation

AN_HOUR = 60  # sets of answers: each may be a version, with mails


@dataclass(frozen=True)
class Problem:
    """A sentence in the summary of errors, and where it leads."""

    words: str
    target: str = ""


class Read(ParticipantPage):
    """The contract's own page. Looking at a newer version is recorded by a POST."""

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Show the text, or what became of it."""
        if self.contract.state == "withdrawn":
            return _withdrawn(self)
        return contract_page(self, note=_note(request))

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Record that the version was shown: by the page itself, or by a button without script."""
        if self.contract.state != "withdrawn" and self.is_current(request.POST.get("digest")):
            looks.record(self.participant, self.version, by=self.by)
        if request.POST.get("quietly"):
            return HttpResponse(status=204)
        return see_other(self.address_of("contract"))


class Answers(ParticipantPage):
    """Where all answers of a page are sent at once."""

    keeps = True

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Nothing to see here but the contract."""
        return see_other(self.address_of("contract"))

    def guard(self, request: HttpRequest) -> None:
        """Read no more of each file than one may have."""
        self.sized = uploads.Sized(request)
        request.upload_handlers.insert(0, self.sized)
        self.most = uploads.most(request, self.kwargs["public_id"], self.most)
        super().guard(request)

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Keep them for later, or make them part of a version."""
        kept = contracts.kept_answers(self.participant)
        seen = contracts.offered(self.participant, self.version, kept)
        typed = typed_from(request.POST, contracts.fields_of(self.participant, seen))
        try:
            taken = uploads.take(self, self.sized)
            typed |= taken.typed
            if taken.problems:
                return self._show(kept | typed, taken.problems)
            if request.POST.get("do") == "save":
                return self._keep(kept | typed)
            if request.POST.get("do") == "keep":
                return self._keep_quietly(kept | typed)
            if request.POST.get("do") == "show":
                return self._show(kept | typed)
            return self._give(typed, request.POST.get("digest", ""))
        except StaleVersion:
            return changing.stale_page(self, typed)
        except WrongState:
            return see_other(self.address_of("contract"))
        except AnswersRefused as refused:
            return contract_page(self, typed=typed, problems=refused.problems)

    def take_up(self) -> HttpResponse:
        """Keep them; files have to be chosen once more."""
        kept = contracts.kept_answers(self.participant)
        seen = contracts.offered(self.participant, self.version, kept)
        typed = typed_from(self.request.POST, contracts.fields_of(self.participant, seen))
        try:
            return self._keep(kept | typed)
        except WrongState:
            return see_other(self.address_of("contract"))

    def _keep(self, typed: Mapping[str, str]) -> HttpResponse:
        contracts.save_answers(self.participant, typed, by=self.by)
        looks.record(self.participant, self.version, by=self.by)
        return see_other(f"{self.address_of('contract')}?note=kept")

    def _keep_quietly(self, typed: Mapping[str, Any]) -> HttpResponse:
        """Keep what was typed, while somebody types: another device finds it."""
        contracts.save_answers(self.participant, typed, by=self.by)
        return HttpResponse(status=204)

    def _show(
        self, typed: Mapping[str, Any], problems: Mapping[str, str] | None = None
    ) -> HttpResponse:
        """The page as these answers make it, kept, too: a page with script asks while one types."""
        contracts.save_answers(self.participant, typed, by=self.by)
        return contract_page(self, typed=typed, problems=problems)

    def _give(self, typed: Mapping[str, str], digest: str) -> HttpResponse:
        with signing.limited("answers", self.link, most=AN_HOUR, by=self.by):
            made = contracts.answer(self.participant, digest, typed, by=self.by)
        looks.record(self.participant, made, by=self.by)
        if Situation(self.contract, made, self.participant).is_my_turn:
            return see_other(self.address_of("sign"))
        return see_other(f"{self.address_of('contract')}?note=given")


def contract_page(
    page: ParticipantPage,
    *,
    typed: Mapping[str, str] | None = None,
    problems: Mapping[str, str] | None = None,
    missing: NotReady | None = None,
    note: str = "",
) -> HttpResponse:
    """The page with everything on it; refused answers stay in their fields, with the reasons."""
    moving = facts.moving(page)  # before all else is read
    situation = Situation(page.contract, page.version, page.participant)
    if typed is None and situation.may_fill_in:
        typed = contracts.kept_answers(page.participant)
    content = _content(page, situation, typed or {})
    inputs = _inputs(page, situation, content, (typed, problems))
    summary = _summary(inputs, problems, missing)
    status = 409 if missing else 422 if summary else 200
    page.frames = contracts.players(content)
    shown = _shown(page, situation, content, inputs)
    context = {**shown, "problems": summary, "note": note, **moving}
    return page.show("contract", status=status, **context)


def _shown(
    page: ParticipantPage,
    situation: Situation,
    content: Mapping[str, Any],
    inputs: Mapping[str, Input],
) -> dict[str, Any]:
    """The facts, the text and what is said about it, and the list of contents."""
    common, talks = facts.common(page, situation), talking.talks_of(page, content)
    news = common["base"] if common["news"] else None
    return {
        **common,
        **_text(page, situation, talks, inputs),
        "contents": _contents(page, talks, inputs, news),
    }


def _text(
    page: ParticipantPage,
    situation: Situation,
    talks: Talks,
    inputs: Mapping[str, Input],
) -> dict[str, Any]:
    """The text with its inputs, and what stands around it."""
    content = talks.content
    shelf, digest = _shelf(page, talks), _digest(page, content)
    return {
        "document": html.document(
            content,
            digest=digest,
            language=page.language,
            inputs=inputs,
            signatures=_signatures(situation),
            shelf=shelf,
        ),
        **talking.around(page, talks),
        "progress": facts.Progress(inputs, content),
        "follows": contracts.follows_answers(page.version),
    }


def _content(
    page: ParticipantPage, situation: Situation, typed: Mapping[str, Any]
) -> Mapping[str, Any]:
    """The frozen version; to somebody who fills in, as the answers so far make it."""
    if not situation.may_fill_in:
        return page.version.content
    return contracts.offered(page.participant, page.version, typed)


def _digest(page: ParticipantPage, content: Mapping[str, Any]) -> str:
    """That of the version, if this is what it says."""
    frozen = page.version.content
    same = all(content[part] == frozen[part] for part in ("body", "fields", "values"))
    return page.version.digest if same else ""


def _contents(
    page: ParticipantPage, talks: Talks, inputs: Mapping[str, Input], base: int | None
) -> SafeString:
    """The list of contents; what changed is marked until the newest version was looked at."""
    content = talks.content
    text = Text(_digest(page, content), page.language, content)
    old = page.contract.versions.filter(number=base).first() if base else None
    changed = changed_blocks(old.content, content) if old else ()
    left = facts.Progress(inputs, content).left
    return text.listed(text.marks(left, changed=changed, talk=talks.counted))


def _shelf(page: ParticipantPage, talks: Talks) -> Shelf:
    """Where this reader finds the files of the text, and what is said about its clauses."""
    address = f"{page.address_of('contract')}files/"
    words, below = contracts.page_words(talks.content), talking.below(page, talks)
    withheld = not page.contract.gives_files
    return Shelf(address, "files", words, withheld=withheld, below=below)


def _inputs(
    page: ParticipantPage,
    situation: Situation,
    content: Mapping[str, Any],
    given: tuple[Mapping[str, Any] | None, Mapping[str, str] | None],
) -> dict[str, Input]:
    if not situation.may_fill_in:
        return {}
    typed, problems = given
    fields = contracts.fields_of(page.participant, content)
    return answer_inputs(fields, typed, problems, page.language, content=content)


def _summary(
    inputs: Mapping[str, Input], problems: Mapping[str, str] | None, missing: NotReady | None
) -> list[Problem]:
    found = [
        Problem(_named(inputs, key, words), inputs[key].id if key in inputs else "")
        for key, words in (problems or {}).items()
    ]
    return found + [Problem(words) for words in (missing.missing if missing else [])]


def _named(inputs: Mapping[str, Input], key: str, words: str) -> str:
    """The sentence with the name of its field, unless it has that already."""
    label = inputs[key].label if key in inputs else ""
    return words if label in words else f"{label}: {words}"


def _signatures(situation: Situation) -> dict[str, Standing]:
    """What stands where the text has room for signatures."""
    made = {}
    for place in situation.standing.places:
        person = situation.person(place)
        words = _("Signed %s") % person.at if person.at else person.status.words
        made[place.person["id"]] = Standing(person.status.icon, words)
    return made


def _note(request: HttpRequest) -> str:
    note = request.GET.get("note", "")
    return note if note in ("kept", "given", "missing", "agreed", "suggested") else ""


def _withdrawn(page: ParticipantPage) -> HttpResponse:
    event = situations.withdrawal(page.contract)
    situation = Situation(page.contract, page.version, page.participant)
    return page.show(
        "withdrawn",
        page=page,
        situation=situation,
        at=situation.day(event.at) if event else "",
        reason=event.disclosures.get("reason", "") if event else "",
        organisation=page.contract.workspace.legal_name,
        sender=sender_name(page.contract),
    )
