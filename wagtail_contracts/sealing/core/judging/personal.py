"""The personal signatures inside a sealed file: each is what its statement says. See `proofs`."""

import hashlib
import json
from datetime import datetime
from typing import Any

from wagtail_contracts.sealing.core.judging.proofs import Roots, prove
from wagtail_contracts.sealing.core.names import EVIDENCE
from wagtail_contracts.sealing.core.proofs import Proved, Unproved
from wagtail_contracts.sealing.core.reports import mismatch, unproved

KEYS = {"file", "digest", "certificate", "name"}
QUALIFIED = "qualified"


def check(files: dict[str, bytes], roots: Roots) -> list[str]:
    """Raise a fault unless each personal signature holds; returns notes, a line for each.

    `files` are those of a sealed file whose records agree.
    """
    notes, evidence = [], json.loads(files[EVIDENCE])
    for statement in evidence["statements"]:
        claimed = statement.get("level") == QUALIFIED
        if "proof" in statement:
            notes.append(_check(statement, evidence["subject"], files, roots))
        elif claimed:
            raise unproved("a signature is called qualified, and nothing shows it")
    return notes


def _check(statement: dict[str, Any], subject: str, files: dict[str, bytes], roots: Roots) -> str:
    proof = statement["proof"]
    if type(proof) is not dict or proof.keys() != KEYS:
        raise mismatch("a personal signature: unexpected fields")
    content = files.get(proof["file"], b"")
    if hashlib.sha256(content).hexdigest() != proof["digest"]:
        raise mismatch("a personal signature is not the one that the evidence names")
    try:
        proved = prove(content, subject, roots, datetime.fromisoformat(statement["at"]))
    except Unproved as error:
        raise unproved(f"the signature of {proof['name']}: {error.reason}") from error
    if (proved.fingerprint, proved.name) != (proof["certificate"], proof["name"]):
        raise unproved(f"the signature of {proof['name']} is by somebody else")
    return _note(statement, proved)


def _note(statement: dict[str, Any], proved: Proved) -> str:
    if not proved.trusted:
        return f"personal signature of {proved.name}: its issuer was not checked"
    claimed = statement.get("level") == QUALIFIED
    if claimed and not proved.qualified:
        raise unproved(f"the signature of {proved.name} is called qualified, and is not")
    kind = f"a {QUALIFIED}" if claimed else "an own"
    return f"personal signature of {proved.name}, by {kind} certificate of {proved.issuer}"
