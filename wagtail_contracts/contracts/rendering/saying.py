"""What somebody is typing into a form of a thread, as it was posted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from wagtail_contracts.contracts.errors import CommentRefused
from wagtail_contracts.contracts.models import Thread

NEW = "new"  # the form where the clause is chosen
ASKS = {"question": Thread.Kind.QUESTION.value, "time": Thread.Kind.MORE_TIME.value}
ACTS = ("begin", "reply", "resolve", "reopen")


def act_of(post: Mapping[str, str]) -> tuple[str, str]:
    """(which button of ACTS was pressed or "", the name of its clause or thread)."""
    act = next((name for name in ACTS if name in post), "")
    return act, post.get(act, "").replace("\0", "")  # PostgreSQL takes no text with it


@dataclass
class Draft:
    """What was typed into a form, and what is wrong with it, by field; "" is all of it."""

    key: str = NEW
    kind: str = Thread.Kind.COMMENT.value
    block: str = ""
    quote: str = ""
    text: str = ""
    inside: bool = False
    wished: str = ""
    problems: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, post: Mapping[str, str], key: str) -> Draft:
        """What the form of this name sent."""
        kind = post.get(f"kind-{key}", "")
        return cls(
            key=key,
            kind=kind if kind in ASKS.values() else Thread.Kind.COMMENT.value,
            block=post.get(f"block-{key}", "" if key == NEW else key),
            quote=post.get(f"quote-{key}", ""),
            text=post.get(f"text-{key}", ""),
            inside=post.get(f"side-{key}") == "own",
            wished=post.get(f"wished-{key}", ""),
        )

    @property
    def is_new(self) -> bool:
        """Whether it is for the form of the page of all threads, or goes on there."""
        return self.key == NEW

    @property
    def is_begun(self) -> bool:
        """Whether somebody came to say something new, or has tried to."""
        chosen = self.kind != Thread.Kind.COMMENT.value or self.block or self.problems
        return self.is_new and bool(chosen)

    @property
    def wished_on(self) -> date | None:
        """The day that was asked for. Raises CommentRefused for what is none."""
        try:
            found = parse_date(self.wished.strip())
        except ValueError:
            found = None
        if self.wished.strip() and found is None:
            words = _("Write the day as year, month and day: 2026-12-24.")
            raise CommentRefused({"wished_on": words})
        return found
