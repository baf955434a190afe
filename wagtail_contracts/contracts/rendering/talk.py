"""Threads as pages show them: by clause, in the order of the text, with who said what and when."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from wagtail_contracts.contracts.core import masking, shown, talking
from wagtail_contracts.contracts.models import Comment, Contract, Thread, person_name, staff_name
from wagtail_contracts.contracts.rendering import days
from wagtail_contracts.contracts.rendering.suggested import Suggested


@dataclass(frozen=True)
class Said:
    """One comment: who said it, for whom they take part, and when."""

    id: str
    name: str
    party: str
    at: str
    text: str


@dataclass(frozen=True)
class Talk:
    """One thread. `place` is what it is about, None for the whole contract, `quote` the phrase.

    `stands` says whether the clause and the phrase are in the text, `speaks` whether the thread
    goes on in the contract's state.
    """

    row: Thread
    place: talking.Place | None
    quote: str
    stands: bool
    speaks: bool
    said: list[Said]
    wished_on: str
    resolved_at: str
    suggested: Suggested | None = None

    @property
    def id(self) -> str:
        """Its name in addresses."""
        return self.row.public_id

    @property
    def is_open(self) -> bool:
        """Whether something is left to talk about."""
        return self.row.resolved_at is None


@dataclass(frozen=True)
class Group:
    """The threads of one clause; `place` is None for what is about no clause of this text."""

    place: talking.Place | None
    talks: list[Talk] = field(default_factory=list)
    last: str = ""  # the block of the body below which they stand
    blocks: tuple[str, ...] = ()

    @property
    def open(self) -> list[Talk]:
        """Those that go on."""
        return [talk for talk in self.talks if talk.is_open]

    @property
    def resolved(self) -> list[Talk]:
        """Those that are over."""
        return [talk for talk in self.talks if not talk.is_open]

    @property
    def count(self) -> int:
        """How much was said: comments, and a suggestion as one."""
        return sum(len(talk.said) + bool(talk.suggested) for talk in self.talks)


class Talks:
    """All threads that one reader may see, beside the text that they read.

    `inside` says that the reader is of the staff, who go by their full names among colleagues;
    clauses are named to them without what is sensitive. `masks` hides that in quotes, too.
    `suggested` are the suggestions, by the keys of their threads.
    """

    def __init__(
        self,
        contract: Contract,
        content: Mapping[str, Any],
        threads: Iterable[Thread],
        *,
        inside: bool = False,
        masks: bool = False,
        suggested: Mapping[int, Suggested] | None = None,
    ) -> None:
        self.contract, self.content, self.inside, self.masks = contract, content, inside, masks
        self.suggested = suggested or {}
        self.zone = ZoneInfo(contract.workspace.timezone)
        named = masking.masked(content) if inside else content
        self.places = {place.id: place for place in talking.places(named)}
        self.all = [self._talk(thread) for thread in threads]
        self.sections = talking.sections(named)

    @property
    def clauses(self) -> list[Group]:
        """One for each clause of the text, with or without threads."""
        return [
            Group(section.place, self._about(section.members), section.last, section.members)
            for section in self.sections
        ]

    @property
    def whole(self) -> Group:
        """What is about all of the contract."""
        return Group(None, [talk for talk in self.all if talk.stands and not talk.row.block])

    @property
    def gone(self) -> Group:
        """What is about words that are not in this text."""
        return Group(None, [talk for talk in self.all if not talk.stands])

    @property
    def counted(self) -> dict[str, int]:
        """How many open threads there are, by block."""
        made: dict[str, int] = {}
        for talk in self.all:
            if talk.is_open and talk.stands and talk.row.block:
                made[talk.row.block] = made.get(talk.row.block, 0) + 1
        return made

    def _about(self, blocks: Collection[str]) -> list[Talk]:
        return [talk for talk in self.all if talk.stands and talk.row.block in blocks]

    def _talk(self, row: Thread) -> Talk:
        return Talk(
            row,
            self.places.get(row.block),
            masking.MASK if self.masks and _tells(row) else row.quote,
            talking.stands(self.content, row.block, row.quote),
            talking.speaks(row.kind, self.contract.state),
            [self._said(comment) for comment in row.comments.all()],
            days.day(row.wished_on) if row.wished_on else "",
            self._moment(row.resolved_at) if row.resolved_at else "",
            self.suggested.get(row.pk),
        )

    def _said(self, comment: Comment) -> Said:
        person, workspace = comment.participant, self.contract.workspace
        name = person.name if person else self._staff(comment.user)
        party = person.party.name if person else workspace.legal_name
        at = self._moment(comment.at)
        return Said(comment.public_id, name, "" if party == name else party, at, comment.text)

    def _staff(self, user: Any) -> str:
        """What the account of somebody without a name is called is no concern of other parties."""
        return person_name(user) if self.inside else staff_name(user, self.contract)

    def _moment(self, at: datetime) -> str:
        return days.moment(at, self.zone)


def _tells(row: Thread) -> bool:
    """Whether a quote has something sensitive: with masks, its words are not in the text."""
    if not row.quote:
        return False
    return not talking.stands(masking.masked(row.version.content), row.block, row.quote)


def called(place: talking.Place) -> str:
    """A clause in a sentence: by its number, else by its words."""
    return _("clause %s") % place.number if place.number else f"“{place.words}”"


def place_of(content: Mapping[str, Any], block: str) -> talking.Place | None:
    """A block as a page names it."""
    return next((place for place in talking.places(content) if place.id == block), None)


def text_of(block: Mapping[str, Any], content: Mapping[str, Any]) -> str:
    """The words of a block, values and names filled in."""
    return shown.text(block, content)
