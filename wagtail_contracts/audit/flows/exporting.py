"""A proof of trails, whole in itself: whoever has it needs neither us nor our database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from wagtail_contracts.audit.bundle.readme import readme
from wagtail_contracts.audit.errors import UnknownTrail
from wagtail_contracts.audit.flows.attesting import included
from wagtail_contracts.audit.flows.checkpointing import verifiers
from wagtail_contracts.audit.flows.outlasting import existence, step
from wagtail_contracts.audit.flows.verifying import excerpt
from wagtail_contracts.audit.models import Disclosure, Event

SCRIPT = Path(__file__).parents[1] / "bundle" / "verify.py"
NAME, README = "bundle.json", "README.txt"
SUFFIX = ".pdf"
FORMAT = 1


def proof(keys: Sequence[str], files: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    """The files of a proof of these trails, by name: the records, and a script that checks them.

    `files` travel along; those with the suffix .pdf are sealed: a record `document.sealed`,
    `document.completed` or `document.renewed` names each in `file`. What was erased is not
    among what was disclosed. Without a checkpoint it proves the order of the records and not their
    age. Raises UnknownTrail, and LogBroken where a time-stamp proves nothing.
    """
    own, trails = dict(files or {}), [{**excerpt(key), **_attested(key)} for key in keys]
    attested = any(trail["steps"] for trail in trails)
    content: dict[str, Any] = {
        "format": FORMAT,
        "trails": trails,
        "disclosures": [row for key in keys for row in _disclosures(key)],
        "verifiers": [str(one) for one in verifiers()] if attested else [],
        "files": {n: hashlib.sha256(c).hexdigest() for n, c in own.items() if n.endswith(SUFFIX)},
    }
    text = json.dumps(content, ensure_ascii=False, indent=1)
    made = {
        NAME: text.encode(),
        SCRIPT.name: SCRIPT.read_bytes(),
        README: readme(content["verifiers"]),
    }
    return made | own


def _disclosures(key: str) -> list[dict[str, str]]:
    held = {c for event in Event.objects.of(key).only("record") for c in event.commitments.values()}
    rows = Disclosure.objects.filter(commitment__in=held).order_by("commitment")
    return [{"commitment": r.commitment, "salt": r.salt, "value": r.value} for r in rows]


def _attested(key: str) -> dict[str, Any]:
    """How many records the newest checkpoint covers, and the steps from there to a time-stamp.

    There are as many as it takes for the proof to hold today.
    """
    try:
        found = included(key)
    except UnknownTrail:  # no checkpoint covers it yet
        return {"covered": 0, "steps": []}
    if told := existence(key, found.length):
        return {"covered": found.length, "steps": told["steps"]}
    alone = step(found.note, None, found.index, found.path)
    return {"covered": found.length, "steps": [alone]}
