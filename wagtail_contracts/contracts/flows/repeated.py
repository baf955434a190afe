"""What one press of a button sends twice is said once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.utils import timezone

from wagtail_contracts.contracts.models import Comment, Thread

MOMENT = timedelta(minutes=1)
MATTER = ("contract", "side", "block", "quote", "kind", "wished_on")

Author = Mapping[str, Any]  # the participant or the user, as a comment names them


def thread(meant: Thread, text: str, author: Author) -> Thread | None:
    """The thread that somebody began a moment ago, about the same and in the same words, if any.

    Under the contract's lock: of two that are sent at once the second finds the first.
    """
    same = {f"thread__{name}": getattr(meant, name) for name in MATTER}
    first = Comment.objects.filter(thread=OuterRef("thread")).order_by("pk").values("pk")[:1]
    begun = _recent(text, author).filter(**same).annotate(first=Subquery(first))
    found = begun.filter(pk=F("first")).select_related("thread").first()
    return found.thread if found else None


def comment(thread: Thread, text: str, author: Author) -> Comment | None:
    """What somebody said in a thread a moment ago in the same words, if anything."""
    return _recent(text, author).filter(thread=thread).first()


def _recent(text: str, author: Author) -> Any:
    since = timezone.now() - MOMENT
    return Comment.objects.filter(text=text, at__gte=since, **author).order_by("pk")
