"""A proof of one trail, whole in itself: whoever has it needs neither us nor our database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from wagtail_contracts.audit.errors import UnknownTrail
from wagtail_contracts.audit.flows.attesting import included
from wagtail_contracts.audit.flows.checkpointing import verifiers
from wagtail_contracts.audit.flows.verifying import excerpt
from wagtail_contracts.audit.models import Checkpoint, Disclosure, Event

SCRIPT = Path(__file__).parents[1] / "bundle" / "verify.py"
NAME = "bundle.json"


def proof(key: str) -> dict[str, bytes]:
    """The files of a proof of the trail, by name: the records, and a script that checks them.

    What was erased is not among what was disclosed. Without a checkpoint it proves the order of the
    records and not their age. Raises UnknownTrail.
    """
    content = {
        "format": 1,
        "trail": excerpt(key),
        "disclosures": _disclosures(key),
        **_attested(key),
    }
    text = json.dumps(content, ensure_ascii=False, indent=1)
    return {NAME: text.encode(), SCRIPT.name: SCRIPT.read_bytes()}


def _disclosures(key: str) -> list[dict[str, str]]:
    held = {c for event in Event.objects.of(key).only("record") for c in event.commitments.values()}
    rows = Disclosure.objects.filter(commitment__in=held).order_by("commitment")
    return [{"commitment": r.commitment, "salt": r.salt, "value": r.value} for r in rows]


def _attested(key: str) -> dict[str, Any]:
    try:
        found = included(key)
    except UnknownTrail:  # no checkpoint covers it yet
        return {"checkpoint": None, "token": None, "verifiers": []}
    told = ("length", "head", "index", "note", "path")
    point = Checkpoint.objects.select_related("token").get(note=found.note)
    token = point.token.content if hasattr(point, "token") else None
    return {
        "checkpoint": {name: getattr(found, name) for name in told},
        "token": token,
        "verifiers": [str(one) for one in verifiers()],
    }
