"""Personal signatures in a sealed file: each is what its statement says, or it is unproved."""

import hashlib
import json
from typing import Any

import pytest

from tests.unit.sealing.test_proofs import (
    AUTHORITY,
    DIGEST,
    KARI,
    NOW,
    OTHER,
    ROOTS,
    STRANGER,
    Made,
)
from wagtail_contracts.sealing.core.judging import personal
from wagtail_contracts.sealing.core.judging.proofs import Roots
from wagtail_contracts.sealing.core.reports import Fault

NAME = "signature-kari.p7s"


def files(made: Made | None = None, *, proof: dict[str, Any] | None = None, **said: Any) -> Any:
    """A file with Kari's signature and what its statement says of it."""
    content = (made or Made()).der()
    told = {
        "file": NAME,
        "digest": hashlib.sha256(content).hexdigest(),
        "certificate": KARI.parsed.sha256.hex(),
        "name": "Kari Nordmann",
        **(proof or {}),
    }
    statement = {"level": "qualified", "at": NOW.isoformat(), "proof": told, **said}
    evidence = {"subject": DIGEST, "statements": [statement]}
    return {NAME: content, "evidence.json": json.dumps(evidence).encode()}


def verdict(inside: dict[str, bytes], roots: Roots = ROOTS) -> str:
    """One word, and nothing where all is well."""
    try:
        personal.check(inside, roots)
    except Fault as fault:
        return str(fault.verdict)
    return ""


def test_a_personal_signature_is_named_in_a_remark():
    (note,) = personal.check(files(), ROOTS)
    assert note.startswith("personal signature of Kari Nordmann, by a qualified certificate of ")
    (note,) = personal.check(files(), Roots())
    assert note == "personal signature of Kari Nordmann: its issuer was not checked"


UNPROVED = {
    "another text": files(Made(digest=OTHER)),
    "another person": files(Made(AUTHORITY.issue("Per Hansen"))),
    "another certificate of the same name": files(Made(AUTHORITY.issue())),
    "another name": files(proof={"name": "Per Hansen"}),
    "changed afterwards": files(Made(tampered=True)),
    "nobody said whether it was revoked": files(Made(lists=())),
    "another issuer": files(Made(STRANGER.issue())),
}


@pytest.mark.parametrize("wrong", UNPROVED)
def test_what_does_not_hold_leaves_the_file_unproved(wrong):
    assert [verdict(files()), verdict(UNPROVED[wrong])] == ["", "unproved"]


def test_a_file_that_is_not_the_one_of_the_statement_is_a_mismatch():
    assert verdict(files(proof={"digest": "0" * 64})) == "mismatch"
    assert verdict(files(proof={"more": "than that"})) == "mismatch"


def test_it_is_called_qualified_only_where_it_is():
    plain = AUTHORITY.issue(says=())
    fingerprint = {"certificate": plain.parsed.sha256.hex()}
    assert verdict(files(Made(plain), proof=fingerprint, level="advanced")) == ""
    assert verdict(files(Made(plain), proof=fingerprint)) == "unproved"
    assert verdict(files(), Roots(ROOTS.signers)) == "unproved"


def test_a_qualified_signature_has_one_of_its_own():
    for level, expected in (("simple", ""), ("advanced", ""), ("qualified", "unproved")):
        evidence = {"subject": DIGEST, "statements": [{"level": level}]}
        assert verdict({"evidence.json": json.dumps(evidence).encode()}) == expected
