"""A timeline as a table or as JSON, for whoever reads it elsewhere. It proves nothing."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence

from wagtail_contracts import canonical
from wagtail_contracts.audit.flows.telling import Line, timeline

COLUMNS = ("number", "at", "event", "actor", "words", "disclosed")
ACTS = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for a formula


def told(key: str, kind: str) -> bytes:
    """The events of a trail as sentences in the active language; `kind` is one of FORMATS."""
    return FORMATS[kind](timeline(key))


def _csv(lines: Sequence[Line]) -> bytes:
    held = io.StringIO()
    rows = csv.writer(held)
    rows.writerow(COLUMNS)
    for line in lines:
        said = "; ".join(f"{one.kind}: {one}" for one in line.said)
        rows.writerow(map(_plain, [*_facts(line), line.words, said]))
    return held.getvalue().encode("utf-8-sig")


def _json(lines: Sequence[Line]) -> bytes:
    rows = [
        dict(zip(COLUMNS, [*_facts(line), line.words, _disclosed(line)], strict=True))
        for line in lines
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1).encode()


def _facts(line: Line) -> list[object]:
    event = line.event
    actor = f"{event.actor_kind} {event.actor_key}".strip()
    return [event.sequence, canonical.moment(event.at), event.name, actor]


def _disclosed(line: Line) -> dict[str, str]:
    return {one.kind: str(one) for one in line.said}


def _plain(cell: object) -> str:
    text = str(cell)
    return f"'{text}" if text.startswith(ACTS) else text


FORMATS: dict[str, Callable[[Sequence[Line]], bytes]] = {"csv": _csv, "json": _json}
