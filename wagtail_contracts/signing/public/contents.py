"""The list of contents, with marks where something is to be filled in, said or has changed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from wagtail_contracts.contracts.rendering import html
from wagtail_contracts.contracts.rendering.answers import Input
from wagtail_contracts.signing.public.facts import named
from wagtail_contracts.signing.public.page import FOLDER

KEPT = 256  # lists that a process keeps: by version, language and marks


@dataclass(frozen=True)
class Marks:
    """What a reader is told of the part of the text below one heading."""

    anchor: str
    open: int = 0  # fields that this reader has to fill in
    talk: int = 0  # threads that go on
    changed: bool = False  # since this reader looked


@dataclass(frozen=True)
class Text:
    """A content that is known by its digest: two with the same one say the same."""

    digest: str
    language: str  # the reader's
    content: Mapping[str, Any] = field(compare=False, repr=False)

    def marks(
        self,
        left: Sequence[Input],
        *,
        changed: Collection[str] = (),
        talk: Mapping[str, int] | None = None,
    ) -> tuple[Marks, ...]:
        """Those that are there: `changed` and `talk` name blocks by their ids."""
        if not (left or changed or talk):
            return ()
        keys = {item.key for item in left}
        found = (
            Marks(
                part.anchor,
                len(keys & part.keys),
                sum((talk or {}).get(block, 0) for block in part.blocks),
                not part.blocks.isdisjoint(changed),
            )
            for part in _of(_parts, self)
        )
        return tuple(mark for mark in found if mark.open or mark.talk or mark.changed)

    def listed(self, marks: tuple[Marks, ...] = ()) -> SafeString:
        """The list as the page shows it."""
        made: SafeString = _of(_rendered, self, marks)
        return made


@dataclass(frozen=True)
class Part:
    """What stands below one line of the list: its blocks, and the fields that they name first."""

    anchor: str
    blocks: frozenset[str]
    keys: frozenset[str]


def _of(made: Any, text: Text, *more: Any) -> Any:
    """Kept by the digest; what has none, or may change while a site is developed, is made anew."""
    keeps = text.digest and not settings.DEBUG
    return made(text, *more) if keeps else made.__wrapped__(text, *more)


@lru_cache(maxsize=KEPT)
def _rendered(text: Text, marks: tuple[Marks, ...]) -> SafeString:
    by_anchor = {mark.anchor: mark for mark in marks}
    entries = html.contents(text.content)
    lines = [(entry, by_anchor.get(entry.anchor)) for entry in entries]
    context = {"lines": lines, "content": text.content, "language": text.language}
    return render_to_string(f"{FOLDER}/_contents.html", context)


@lru_cache(maxsize=KEPT)
def _parts(text: Text) -> tuple[Part, ...]:
    return tuple(_divided(text.content))


def _divided(content: Mapping[str, Any]) -> Iterator[Part]:
    """The text by its list of contents; a field belongs where it is named first."""
    lines = {entry.anchor for entry in html.contents(content)}
    anchor, blocks, keys, seen = "", list[str](), set[str](), set[str]()
    for block in content["body"]:
        if html.anchor(block["id"]) in lines:
            if anchor:
                yield Part(anchor, frozenset(blocks), frozenset(keys))
            anchor, blocks, keys = html.anchor(block["id"]), [], set()
        blocks.append(block["id"])
        keys |= set(named(block)) - seen
        seen |= keys
    if anchor:
        yield Part(anchor, frozenset(blocks), frozenset(keys))
