"""Time-stamps (RFC 3161) over checkpoints: others say when all of this existed.

A note names the root over all tokens before it (RFC 6962): each time-stamp vouches for every
earlier one: by that a proof outlives the certificates of its authorities, at the price of one
question now and then, and holds one token for each certificate that it outlived.
"""

from __future__ import annotations

import base64
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from asn1crypto import pem, x509
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_contracts import merkle
from wagtail_contracts.audit.conf import audit
from wagtail_contracts.audit.errors import LogBroken, NotStamped, Undated
from wagtail_contracts.audit.models import Checkpoint, CheckpointToken, Trail
from wagtail_contracts.wire.calls import Rules

LINE = "tokens"  # the extension line of a note that covers the tokens before it

CHUNK = 5000


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
    return _kept(newest, token, at)


@transaction.atomic
def _kept(point: Checkpoint, token: bytes, at: datetime) -> CheckpointToken:
    """One at a time: the order of the keys is that of the tree."""
    take_turn()
    text, leaf = base64.b64encode(token).decode(), merkle.leaf(token).hex()
    made, _new = CheckpointToken.objects.get_or_create(
        checkpoint=point, defaults={"content": text, "at": at, "leaf": leaf}
    )
    return made


def stamped(*, at: datetime | None = None) -> list[Stamped]:
    """When checkpoints existed, the newest first: each token is judged as of the one after it.

    The newest is judged as of now, or `at`. Raises LogBroken at a token that proves nothing, and
    Undated where all of them are whole, but one was over before that.
    """
    moment, known, found, over = at or timezone.now(), roots(), [], 0
    rows = CheckpointToken.objects.select_related("checkpoint").order_by("pk")
    _insist_on_tree(rows)
    with closing(read(rows.reverse())) as newest_first:
        for row in newest_first:
            size = row.checkpoint.size
            given, holds = _judged(row, known, moment)
            _insist_on_order(size, given, moment)
            moment = given
            over = over or (0 if holds else size)
            found.append(Stamped(size, moment))
    if over:
        raise Undated(over)
    return found


def _judged(
    row: CheckpointToken, known: Sequence[x509.Certificate], moment: datetime
) -> tuple[datetime, bool]:
    """When a token was given, and whether it held until that moment. Raises LogBroken."""
    from wagtail_contracts.wire.timestamps import NoTime, proved

    token, note = token_of(row), row.checkpoint.note.encode()
    with suppress(NoTime):
        return proved(token, note, known, at=moment), True
    try:  # as of when it was given: then nothing but its age is wrong
        return proved(token, note, known, at=row.at), False
    except NoTime as error:
        raise LogBroken(row.checkpoint.size, f"the checkpoint has {error}") from error


def _insist_on_order(size: int, given: datetime, later: datetime) -> None:
    """A token is no younger than what came after it, by two clocks that may each be wrong a bit."""
    from wagtail_contracts.wire.tokens import DRIFT

    if given > later + 2 * DRIFT:
        day = given.date()
        raise LogBroken(size, f"its time-stamp of {day} is later than it can have been given")


def _insist_on_tree(rows: QuerySet[CheckpointToken]) -> None:
    """Each note names the root over as many tokens as it says. Raises LogBroken."""
    frontier, roots = merkle.Frontier(), {}
    with closing(read(rows)) as in_order:
        for row in in_order:
            roots[frontier.size] = frontier.root()
            frontier.append(merkle.leaf(token_of(row)))
            size, root = tokens_under(row.checkpoint)
            if roots.get(size) != root:
                words = "its time-stamp is another one than a later note covers"
                raise LogBroken(row.checkpoint.size, words)


def read(rows: QuerySet[CheckpointToken]) -> Generator[CheckpointToken, None, None]:
    """One by one; who may stop before the end closes it."""
    yield from rows.iterator(chunk_size=CHUNK)


def tokens_line() -> str:
    """The line by which the next note covers all tokens so far; empty where there is none."""
    frontier = merkle.Frontier()
    for leaf in leaves():
        frontier.append(leaf)
    root = base64.b64encode(frontier.root()).decode()
    return f"{LINE} {frontier.size} {root}" if frontier.size else ""


def leaves() -> Iterator[bytes]:
    """Those of the tree of tokens, in order. Raises LogBroken at one that is no digest."""
    rows = CheckpointToken.objects.select_related("checkpoint").only("leaf", "checkpoint__size")
    with closing(read(rows.order_by("pk"))) as in_order:
        for row in in_order:
            try:
                yield bytes.fromhex(row.leaf)
            except ValueError as error:
                words = "the digest of its time-stamp can't be read"
                raise LogBroken(row.checkpoint.size, words) from error


def token_of(row: CheckpointToken) -> bytes:
    """The time-stamp itself. Raises LogBroken where the row holds what is no base64."""
    try:
        return base64.b64decode(row.content, validate=True)
    except ValueError as error:
        words = "what is kept as its time-stamp can't be read"
        raise LogBroken(row.checkpoint.size, words) from error


def tokens_under(point: Checkpoint) -> tuple[int, bytes]:
    """How many tokens a note covers, and under which root. Raises LogBroken."""
    for line in point.note.partition("\n\n")[0].split("\n")[3:]:
        word, _space, rest = line.partition(" ")
        if word == LINE:
            try:
                size, root = rest.split(" ")
                return int(size), base64.b64decode(root, validate=True)
            except ValueError as error:
                words = "how many time-stamps it covers can't be read"
                raise LogBroken(point.size, words) from error
    return 0, merkle.EMPTY


def take_turn() -> None:
    """One checkpoint or token at a time: whoever holds the first trail goes first."""
    Trail.objects.select_for_update().order_by("pk").values_list("pk").first()


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
