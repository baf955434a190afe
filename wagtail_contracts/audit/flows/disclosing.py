"""What events disclose: compared with its commitments, and erased."""

import json
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from typing import NamedTuple

from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from wagtail_contracts import canonical, encryption, events
from wagtail_contracts.actors import Actor
from wagtail_contracts.audit.errors import UnknownDisclosure
from wagtail_contracts.audit.flows.recording import record
from wagtail_contracts.audit.models import Disclosure, Event

CHUNK, BATCH, ERASED = 5000, 500, events.DISCLOSURE_ERASED


class Disclosed(NamedTuple):
    """One commitment of one event. `row` is the id of the disclosed value, None after erasure.

    `fault` is empty, or a word: missing (and never erased), back (after erasure), other (another
    value), locked (by a key that is not in KEYS).
    """

    sequence: int
    kind: str
    row: int | None
    fault: str


def disclosed(key: str) -> Iterator[Disclosed]:
    """Compare every commitment of a trail with what is disclosed. Writes nothing.

    Of a trail that does not verify it says little.
    """
    gone = _erased(key)
    rows: list[tuple[int, str, str]] = []
    with closing(_records(key)) as records:
        for sequence, text in records:
            rows += [(sequence, item["k"], item["c"]) for item in json.loads(text)["commitments"]]
            if len(rows) >= BATCH:
                yield from _disclosed(rows, gone)
                rows = []
    yield from _disclosed(rows, gone)


def erase(key: str, commitment: str, ground: str, *, by: Actor) -> Event:
    """Forget one disclosed value, and record it with its legal ground. Raises UnknownDisclosure."""
    return erase_all(key, [commitment], ground, by=by)


@transaction.atomic
def erase_all(
    key: str,
    commitments: Sequence[str],
    ground: str,
    *,
    by: Actor,
    about: Mapping[str, str] | None = None,
    disclose: Mapping[str, str] | None = None,
) -> Event:
    """The same for many values of a trail, in one event; `about` are ids that say whose."""
    held = {c for event in Event.objects.of(key).only("record") for c in event.commitments.values()}
    rows = Disclosure.objects.filter(commitment__in=held.intersection(commitments))
    if rows.delete()[0] != len(commitments):
        raise UnknownDisclosure(_("There is nothing to erase behind this commitment."))
    data = {"commitments": list(commitments), "ground": ground, **(about or {})}
    return record(key, ERASED, data, by=by, disclose=disclose)


def _erased(key: str) -> set[str]:
    return {c for event in Event.objects.of(key).named(ERASED) for c in event.data["commitments"]}


def _records(key: str) -> Generator[tuple[int, str], None, None]:
    records = Event.objects.of(key).values_list("sequence", "record")
    yield from records.iterator(chunk_size=CHUNK)


def _disclosed(rows: Sequence[tuple[int, str, str]], gone: set[str]) -> Iterator[Disclosed]:
    # As text: the field would open each value, and one without its key ends the query.
    columns = {name: Cast(name, TextField()) for name in ("salt", "value")}
    found = Disclosure.objects.filter(commitment__in=[held for _seq, _kind, held in rows])
    raw = found.annotate(sealed_salt=columns["salt"], sealed_value=columns["value"])
    there = {
        held: (pk, salt, value)
        for held, pk, salt, value in raw.values_list(
            "commitment", "pk", "sealed_salt", "sealed_value"
        )
    }
    for sequence, kind, held in rows:
        if held not in there:
            yield Disclosed(sequence, kind, None, "" if held in gone else "missing")
            continue
        pk, salt, value = there[held]
        fault = "back" if held in gone else _misfit(held, salt, value)
        yield Disclosed(sequence, kind, pk, fault)


def _misfit(held: str, salt: str, value: str) -> str:
    try:
        opened, plain = encryption.open_text(salt), encryption.open_text(value)
    except ValueError:
        return "locked"
    try:
        return "" if canonical.commitment(bytes.fromhex(opened), plain) == held else "other"
    except ValueError:  # no salt, or no text in canonical form
        return "other"
