"""Whether trails are what was recorded, and what of them goes elsewhere."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from wagtail_contracts import canonical, chain
from wagtail_contracts.audit.errors import ChainBroken, UnknownTrail
from wagtail_contracts.audit.models import Event, Trail

CHUNK, SHORTENED = 5000, 32


def verify(key: str, *, deep: bool = False) -> chain.Head:
    """The head of a trail that is whole. Raises UnknownTrail, or ChainBroken at the first fault.

    `deep` also compares each record with its canonical form and with its copies for lists.
    """
    trail = _trail(key)
    try:
        head = chain.follow(key, _links(trail, deep=deep), deep=deep)
    except chain.Broken as error:
        raise ChainBroken(key, error.sequence, error.why) from error
    if head.length < trail.length:
        raise ChainBroken(key, head.length + 1, "is missing")
    if _goes_on(trail):
        raise ChainBroken(key, trail.length + 1, "is beyond the head of the trail")
    if head.digest != trail.head:
        raise ChainBroken(key, head.length, "is not the head of the trail")
    return head


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


def _links(trail: Trail, *, deep: bool) -> Iterator[tuple[str, str]]:
    columns = ["sequence", "record", "digest", "name", "at", "actor_kind", "actor_key"]
    known = trail.events.filter(sequence__lte=trail.length).order_by("sequence")
    rows = known.values_list(*columns if deep else columns[:3])
    for expected, (sequence, text, digest, *copies) in enumerate(
        rows.iterator(chunk_size=CHUNK), start=1
    ):
        if sequence != expected:
            raise chain.Broken(expected, "is missing")
        yield text, digest
        if copies:  # whoever follows the chain has seen by now that the text is a record
            _compare_copies(sequence, text, copies)


def _goes_on(trail: Trail) -> bool:
    """Whether there are events beyond the head; those appended meanwhile have moved it."""
    beyond = trail.events.filter(sequence__gt=trail.length).exists()
    return beyond and Trail.objects.filter(pk=trail.pk, length=trail.length).exists()


def _compare_copies(sequence: int, text: str, copies: Sequence[Any]) -> None:
    content = json.loads(text)
    name, at, kind, key = copies
    told = content["name"], content["at"], content["by"]["kind"], content["by"]["key"]
    if told != (name, canonical.moment(at), kind, key):
        raise chain.Broken(sequence, "is shown otherwise in lists")
