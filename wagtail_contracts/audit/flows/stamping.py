"""Time-stamps (RFC 3161) over checkpoints: others say when all of this existed.

A note names the token before it, so that each time-stamp vouches for the one before: by that a
chain outlives the certificates of its authorities, at the price of one question now and then.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from asn1crypto import pem, x509
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_contracts.audit.conf import audit
from wagtail_contracts.audit.errors import LogBroken, NotStamped
from wagtail_contracts.audit.models import Checkpoint, CheckpointToken
from wagtail_contracts.wire.calls import Rules

LINE = "token"  # the extension line of a note that names the token before it


@dataclass(frozen=True)
class Stamped:
    """A checkpoint of `size` entries existed at `at`, as its authority says."""

    size: int
    at: datetime


def stamp() -> CheckpointToken | None:
    """Have the newest checkpoint time-stamped, unless it is; None where nobody is to be asked.

    Raises NotStamped.
    """
    from wagtail_contracts.wire.timestamps import Authority, NoTime, proved

    newest, chosen = Checkpoint.objects.order_by("size").last(), audit()
    if newest is None or not chosen.timestamp or hasattr(newest, "token"):
        return None
    content, known = newest.note.encode(), roots()
    try:
        token = Authority(chosen.timestamp, known, Rules(**chosen.calls)).stamp(content)
        at = proved(token, content, known, at=timezone.now())
    except NoTime as error:
        raise NotStamped(_("The checkpoint has no time-stamp yet: %s.") % error) from error
    text = base64.b64encode(token).decode()
    made, _new = CheckpointToken.objects.get_or_create(
        checkpoint=newest, defaults={"content": text, "at": at}
    )
    return made


def stamped(*, at: datetime | None = None) -> list[Stamped]:
    """When checkpoints existed, the newest first: each token is judged as of the one after it.

    The newest is judged as of now, or `at`. Raises LogBroken at a token that proves nothing.
    """
    from wagtail_contracts.wire.timestamps import NoTime, proved

    moment, known, found, named = at or timezone.now(), roots(), [], ""
    rows = CheckpointToken.objects.select_related("checkpoint").order_by("-checkpoint__size")
    for row in rows:
        token, point = base64.b64decode(row.content), row.checkpoint
        if named and named != _name(token, point.size):
            raise LogBroken(point.size, "its time-stamp is another one than the next note names")
        try:
            moment = proved(token, point.note.encode(), known, at=moment)
        except NoTime as error:
            raise LogBroken(point.size, f"the checkpoint has {error}") from error
        found.append(Stamped(point.size, moment))
        named = next(_named(point.note), "")
    return found


def last_token() -> str:
    """The line by which the next note names the newest token; empty where there is none."""
    newest = CheckpointToken.objects.order_by("checkpoint__size").last()
    if newest is None:
        return ""
    return _name(base64.b64decode(newest.content), newest.checkpoint.size)


def roots() -> list[x509.Certificate]:
    """Whom the authorities' certificates must lead to. Raises ImproperlyConfigured."""
    return [item for path in audit().timestamp_trust for item in _certificates(Path(path))]


def _certificates(path: Path) -> Iterator[x509.Certificate]:
    try:
        for _kind, _headers, der in pem.unarmor(path.read_bytes(), multiple=True):
            yield x509.Certificate.load(der)
    except (OSError, ValueError) as error:
        words = f"WAGTAIL_CONTRACTS['AUDIT']['TIMESTAMP_TRUST']: {path} can't be read: {error}"
        raise ImproperlyConfigured(words) from error


def _name(token: bytes, size: int) -> str:
    return f"{LINE} {size} {hashlib.sha256(token).hexdigest()}"


def _named(note: str) -> Iterator[str]:
    text = note.partition("\n\n")[0]
    yield from (line for line in text.splitlines() if line.startswith(f"{LINE} "))
