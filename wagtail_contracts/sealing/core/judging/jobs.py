"""The judge as a job for a child process: JSON in, JSON out."""

import base64
import json
from datetime import datetime
from typing import Any

from asn1crypto import x509

from wagtail_contracts.sealing.core.judging.judge import Trust, judge
from wagtail_contracts.sealing.core.judging.proofs import Roots
from wagtail_contracts.sealing.core.reports import Report, Verdict

TIMES = ("claimed_at", "sealed_at", "stamped_at")


def ask(data: bytes, trust: Trust, at: datetime) -> bytes:
    """The request for `job`."""
    value = {
        "data": _text(data),
        "seals": [_text(item.dump()) for item in trust.seals],
        "timestamps": [_text(item.dump()) for item in trust.timestamps],
        "signers": [_text(item.dump()) for item in trust.persons.signers],
        "qualified": [_text(item.dump()) for item in trust.persons.qualified],
        "at": at.isoformat(),
    }
    return json.dumps(value).encode()


def job(request: bytes) -> bytes:
    """Entrance for the child process."""
    value = json.loads(request)
    persons = Roots(_certificates(value["signers"]), _certificates(value["qualified"]))
    trust = Trust(_certificates(value["seals"]), _certificates(value["timestamps"]), persons)
    at = datetime.fromisoformat(value["at"])
    report = judge(base64.b64decode(value["data"]), trust, at)
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
