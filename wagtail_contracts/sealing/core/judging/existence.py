"""Proof from outside a file of when it existed: a record, a log over it, time-stamps over the log.

Where the file was sealed, its digest stands in a record, the records lead to the head of a trail,
the head lies under the root of a checkpoint, and an authority stamped that. The next step holds
the token of the step before under its own root and stamp: so each is judged as of the next, and a
proof outlives the certificates of its authorities, as those of RFC 4998 do.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from asn1crypto import x509

from wagtail_contracts import canonical, merkle
from wagtail_contracts.sealing.core.judging.roots import Trust
from wagtail_contracts.sealing.core.reports import Report
from wagtail_contracts.wire import tokens

LARGEST = 8 << 20  # bytes of a proof that is looked at
TOKENS = "tokens"  # the extension line of a note that covers all tokens before it
FIELDS = {"format", "file", "trail", "sequence", "records", "steps"}


class NoProof(ValueError):
    """It doesn't prove when this file existed."""


def since(report: Report, proof: bytes | None, trust: Trust, at: datetime) -> datetime:
    """As of when the file is judged: as of when it is proved to exist, else as of `at`."""
    if proof is None:
        return at
    try:
        found = proved(proof, report.sha256, trust.timestamps, trust.retired, at)
    except NoProof as fault:
        report.notes.append(f"the proof beside the file does not hold: {fault}")
        return at
    report.proved_at = found
    return found


def proved(
    proof: bytes,
    file: str,
    roots: Sequence[x509.Certificate],
    retired: Mapping[str, date],
    at: datetime,
) -> datetime:
    """Since when, at the latest, the file with this SHA-256 exists. Raises NoProof.

    `roots` vouch for the authorities; `at` is when the newest token is to hold.
    """
    try:
        value = _opened(proof, file)
        leaf = _head(value)
        covered = list(_covered(value["steps"], leaf, roots))
    except NoProof:
        raise
    except tokens.NoTime as fault:
        raise NoProof(str(fault)) from fault
    except Exception as error:  # whatever a stranger's JSON may raise
        raise NoProof(f"it is no proof: {type(error).__name__}") from error
    moment = at
    for note, token in reversed(covered):
        moment = _time(token, note, roots, retired, moment)
    return moment


def _opened(proof: bytes, file: str) -> dict[str, Any]:
    if len(proof) > LARGEST:
        raise NoProof("it is too large")
    value: dict[str, Any] = json.loads(proof)
    if value.keys() != FIELDS or value["format"] != 1:
        raise NoProof("it has another format")
    if value["file"] != file or not value["steps"]:
        raise NoProof("it is about another file")
    return value


def _head(value: dict[str, Any]) -> bytes:
    """The leaf for the head that the records lead to; the first names the file."""
    trail, sequence, digest = value["trail"], value["sequence"], ""
    for number, text in enumerate(value["records"], start=sequence):
        record = json.loads(text)
        if (record["trail"], record["seq"]) != (trail, number):
            raise NoProof("a record is of another trail")
        if number == sequence and record["data"]["file"] != value["file"]:
            raise NoProof("the record names another file")
        if digest and record["prev"] != digest:
            raise NoProof("a record does not follow its predecessor")
        digest = canonical.digest_bytes(canonical.AUDIT_EVENT, text.encode())
    length = sequence + len(value["records"]) - 1
    return f"{trail}\n{length}\n{digest}\n".encode()


def _covered(
    steps: list[dict[str, Any]], leaf: bytes, roots: Sequence[x509.Certificate]
) -> Iterator[tuple[bytes, bytes]]:
    """Note and token of each step, when what comes before lies under its root.

    A token has the one form that those inside a file have.
    """
    for place, step in enumerate(steps):
        note: str = step["note"]
        size, root = _tokens(note) if place else _log(note)
        path = [bytes.fromhex(text) for text in step["path"]]
        if not merkle.includes(merkle.leaf(leaf), step["index"], size, path, root):
            raise NoProof("a checkpoint does not cover what it should")
        leaf = base64.b64decode(step["token"], validate=True)
        tokens.insist_on_form(leaf, roots)
        yield note.encode(), leaf


def _log(note: str) -> tuple[int, bytes]:
    _origin, size, root = note.split("\n")[:3]
    return int(size), base64.b64decode(root, validate=True)


def _tokens(note: str) -> tuple[int, bytes]:
    """The line may stand in what is signed alone, not behind it."""
    told, _empty, _signatures = note.partition("\n\n")
    for line in told.split("\n")[3:]:
        word, _space, rest = line.partition(" ")
        if word == TOKENS:
            size, root = rest.split(" ")
            return int(size), base64.b64decode(root, validate=True)
    raise NoProof("a checkpoint covers no token")


def _time(
    token: bytes,
    note: bytes,
    roots: Sequence[x509.Certificate],
    retired: Mapping[str, date],
    at: datetime,
) -> datetime:
    try:
        found = tokens.looked_at(token, note, roots, at=at)
    except tokens.NoTime as error:
        raise NoProof(str(error)) from error
    if found.ends(retired) <= at:
        raise NoProof("a time-stamp stands on an algorithm that is retired")
    if found.at > at:
        raise NoProof("a time-stamp is younger than the one that should cover it")
    return found.at
