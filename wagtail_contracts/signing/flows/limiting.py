"""Limits that need no cache server and hold for parallel requests."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_contracts.actors import Actor
from wagtail_contracts.signing.errors import TooMany
from wagtail_contracts.signing.models import RateWindow

HOUR = 3600


@transaction.atomic(durable=True)
def limit(scope: str, key: str, *, most: int, seconds: int = HOUR, by: Actor) -> None:
    """Count one use of `scope` by `key`, at most `most` in a window of time. Raises TooMany.

    A transaction of its own: what is refused later stays counted.
    """
    _count(scope, key, most, seconds)


@contextmanager
def limited(scope: str, key: str, *, most: int, seconds: int = HOUR, by: Actor) -> Iterator[None]:
    """Do what is inside and count it as one use; what is refused inside counts for nothing.

    Raises TooMany before anything inside is done.
    """
    with transaction.atomic():
        _count(scope, key, most, seconds)
        yield


def _count(scope: str, key: str, most: int, seconds: int) -> None:
    begin = int(timezone.now().timestamp()) // seconds * seconds
    words = {
        "scope": scope,
        "key_hash": hashlib.sha256(key.encode()).hexdigest(),
        "window": datetime.fromtimestamp(begin, UTC),
    }
    RateWindow.objects.bulk_create([RateWindow(**words)], ignore_conflicts=True)
    if not RateWindow.objects.filter(**words, count__lt=most).update(count=F("count") + 1):
        raise TooMany(_words(seconds), seconds)


def _words(seconds: int) -> str:
    if seconds > HOUR:
        return _("That was tried too often today. Try again tomorrow.")
    return _("That was tried too often. Wait an hour and try again.")
