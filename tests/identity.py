"""A seal identity for tests: made once in a process, in a temporary folder."""

from functools import cache
from pathlib import Path
from typing import Any

from tests import scratch
from wagtail_contracts.sealing.backends import identity


@cache
def folder() -> Path:
    """The folder with authority.pem, seal.p12 and seal.password."""
    made = scratch.folder("identity")
    identity.make(made, "Eksempel AS")
    return made


def authority() -> Path:
    """What a counterparty would be given, for --trust."""
    return folder() / identity.AUTHORITY


def settings() -> dict[str, Any]:
    """The section SEALING of WAGTAIL_CONTRACTS."""
    return {
        "BACKEND": "wagtail_contracts.sealing.backends.file.Pkcs12Seal",
        "OPTIONS": {
            "path": folder() / identity.SEAL,
            "password_file": folder() / identity.PASSWORD,
        },
        "TRUST": [authority()],
    }
