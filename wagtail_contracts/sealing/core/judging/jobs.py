"""The judge as a job for a child process: JSON in, JSON out."""

import base64
import json
from datetime import datetime
from typing import Any

from asn1crypto import x509

from wagtail_contracts import algorithms
from wagtail_contracts.sealing.core.judging.judge import judge
from wagtail_contracts.sealing.core.judging.proofs import Roots
from wagtail_contracts.sealing.core.judging.roots import Trust
from wagtail_contracts.sealing.core.reports import Report, Verdict

TIMES = ("claimed_at", "sealed_at", "stamped_at", "proved_at", "ends")


def ask(data: bytes, trust: Trust, at: datetime, proof: bytes | None = None) -> bytes:
    """The request for `job`."""
    value = {
        "data": _text(data),
        "seals": [_text(item.dump()) for item in trust.seals],
        "timestamps": [_text(item.dump()) for item in trust.timestamps],
        "signers": [_text(item.dump()) for item in trust.persons.signers],
        "qualified": [_text(item.dump()) for item in trust.persons.qualified],
        "retired": {name: day.isoformat() for name, day in trust.retired.items()},
        "proof": None if proof is None else _text(proof),
        "at": at.isoformat(),
    }
    return json.dumps(value).encode()


def job(request: bytes) -> bytes:
    """Entrance for the child process."""
    value = json.loads(request)
    persons = Roots(_certificates(value["signers"]), _certificates(value["qualified"]))
    seals, stamps = _certificates(value["seals"]), _certificates(value["timestamps"])
    trust = Trust(seals, stamps, persons, algorithms.parsed(value["retired"]))
    at = datetime.fromisoformat(value["at"])
    proof = value["proof"] and base64.b64decode(value["proof"])
    report = judge(base64.b64decode(value["data"]), trust, at, proof=proof)
    files = {name: _text(content) for name, content in report.files.items()}
    return json.dumps({**report.facts(), "files": files}).encode()


def answer(said: bytes) -> Report:
    """The report behind what `job` returned."""
    value: dict[str, Any] = json.loads(said)
    times = {name: value[name] and datetime.fromisoformat(value[name]) for name in TIMES}
    files = {name: base64.b64decode(text) for name, text in value["files"].items()}
    return Report(**{**value, **times, "verdict": Verdict(value["verdict"]), "files": files})


def _certificates(texts: list[str]) -> tuple[x509.Certificate, ...]:
    return tuple(x509.Certificate.load(base64.b64decode(text)) for text in texts)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
