"""Whether trails are what was recorded, and what of them goes elsewhere."""

import json
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from wagtail_contracts import canonical, chain
from wagtail_contracts.audit.errors import ChainBroken, UnknownTrail
from wagtail_contracts.audit.models import Event, Trail

CHUNK, BATCH, SHORTENED = 5000, 1000, 32
COPIES = ("name", "at", "actor_kind", "actor_key")  # of what a record says, for lists


def verify(key: str, *, deep: bool = False) -> chain.Head:
    """The head of a trail that is whole. Raises UnknownTrail, or ChainBroken at the first fault.

    `deep` also compares each record with its canonical form and with its copies for lists.
    """
    trail = _trail(key)
    with closing(_read(trail.events.order_by("sequence"), deep=deep)) as found:
        return _judged(trail, found, deep=deep)


def verify_all(*, deep: bool = False) -> Iterator[tuple[str, ChainBroken | None]]:
    """Verify every trail; its key, and its first fault or None.

    However many there are, they take a few questions for each thousand, and no more memory.
    """
    after: int | None = 0
    while after is not None:
        trails = list(Trail.objects.filter(pk__gt=after).order_by("pk")[:BATCH])
        last = trails[-1].pk if len(trails) == BATCH else None
        events = Event.objects.filter(trail_id__gt=after)
        yield from _each(trails, events.filter(trail_id__lte=last) if last else events, deep=deep)
        after = last


def verify_anchor(key: str, length: int, head: str) -> bool:
    """Whether the trail still holds a head that was once printed, mailed or sealed elsewhere.

    `head` may be shortened to its first 32 characters, as mails print it. False also for a trail
    that is gone. Raises ChainBroken when the trail itself is broken.
    """
    if not SHORTENED <= len(head) <= 64:
        return False
    if not Trail.objects.filter(key=key).exists():
        return False
    verify(key)
    if length == 0:
        return chain.genesis(key).digest.startswith(head)
    return Event.objects.of(key).filter(sequence=length, digest__startswith=head).exists()


def compare(kept: Mapping[str, Any]) -> None:
    """Compare an excerpt that left the house with the stored trail. Raises ChainBroken.

    Names the first event that is gone or another one now, also where the stored chain is whole in
    itself because its tail was cut and grown anew.
    """
    key, records = kept["key"], kept["records"]
    if not Trail.objects.filter(key=key).exists():
        raise ChainBroken(key, 1, "is missing with the whole trail")
    stored = list(Event.objects.of(key).values_list("record", flat=True)[: len(records)])
    for sequence, text in enumerate(records, start=1):
        if sequence > len(stored):
            raise ChainBroken(key, sequence, "is missing, the anchor holds it")
        if stored[sequence - 1] != text:
            raise ChainBroken(key, sequence, "is another one in the anchor")
    if not verify_anchor(key, kept["length"], kept["head"]):
        raise ChainBroken(key, kept["length"], "does not have the digest of the anchor")


def excerpt(key: str) -> dict[str, Any]:
    """The whole trail as it goes into evidence.json: key, length, head and records."""
    trail = _trail(key)
    records = Event.objects.of(key).filter(sequence__lte=trail.length)
    return {
        "key": key,
        "length": trail.length,
        "head": trail.head,
        "records": list(records.values_list("record", flat=True)),
    }


def _trail(key: str) -> Trail:
    trail = Trail.objects.filter(key=key).first()
    if trail is None:
        raise UnknownTrail(_("There is no trail %(key)s.") % {"key": key})
    return trail


def _read(events: QuerySet[Event], *, deep: bool) -> Generator[tuple[Any, ...], None, None]:
    columns = ("trail_id", "sequence", "record", "digest", *(COPIES if deep else ()))
    yield from events.values_list(*columns).iterator(chunk_size=CHUNK)


def _each(
    trails: Sequence[Trail], events: QuerySet[Event], *, deep: bool
) -> Iterator[tuple[str, ChainBroken | None]]:
    """Those without an event come last."""
    known = {trail.pk: trail for trail in trails}
    with closing(_read(events.order_by("trail", "sequence"), deep=deep)) as rows:
        for pk, found in groupby(rows, itemgetter(0)):
            if trail := known.pop(pk, None):
                yield trail.key, _fault(trail, found, deep=deep)
            elif not Trail.objects.filter(pk=pk).exists():  # else it was begun meanwhile
                yield str(pk), ChainBroken(str(pk), 1, "is left of a trail that is gone")
    for trail in known.values():
        yield trail.key, _fault(trail, iter(()), deep=deep)


def _fault(trail: Trail, rows: Iterator[tuple[Any, ...]], *, deep: bool) -> ChainBroken | None:
    try:
        _judged(trail, rows, deep=deep)
    except ChainBroken as broken:
        return broken
    return None


def _judged(trail: Trail, rows: Iterator[tuple[Any, ...]], *, deep: bool) -> chain.Head:
    beyond: list[int] = []
    try:
        head = chain.follow(trail.key, _links(trail, rows, beyond, deep=deep), deep=deep)
    except chain.Broken as error:
        raise ChainBroken(trail.key, error.sequence, error.why) from error
    if head.length < trail.length:
        raise ChainBroken(trail.key, head.length + 1, "is missing")
    if beyond and _stands(trail):
        raise ChainBroken(trail.key, trail.length + 1, "is beyond the head of the trail")
    if head.digest != trail.head:
        raise ChainBroken(trail.key, head.length, "is not the head of the trail")
    return head


def _links(
    trail: Trail, rows: Iterator[tuple[Any, ...]], beyond: list[int], *, deep: bool
) -> Iterator[tuple[str, str]]:
    for expected, (_pk, sequence, text, digest, *copies) in enumerate(rows, start=1):
        if expected > trail.length:
            beyond.append(sequence)
            return
        if sequence != expected:
            raise chain.Broken(expected, "is missing")
        yield text, digest
        if deep:  # whoever follows the chain has seen by now that the text is a record
            _compare_copies(sequence, text, copies)


def _stands(trail: Trail) -> bool:
    """Whether the head is where it was; what was appended meanwhile has moved it."""
    return Trail.objects.filter(pk=trail.pk, length=trail.length).exists()


def _compare_copies(sequence: int, text: str, copies: Sequence[Any]) -> None:
    content = json.loads(text)
    name, at, kind, key = copies
    told = content["name"], content["at"], content["by"]["kind"], content["by"]["key"]
    if told != (name, canonical.moment(at), kind, key):
        raise chain.Broken(sequence, "is shown otherwise in lists")
