"""A seal identity for tests: made once in a process, in a temporary folder."""

from functools import cache
from pathlib import Path
from typing import Any

from tests import scratch
from wagtail_contracts.sealing.backends import identity
from wagtail_contracts.sealing.core.identities import TEST


@cache
def training() -> Path:
    """The same with a test identity."""
    made = scratch.folder("training")
    identity.make(made, f"{TEST}Eksempel AS")
    return made


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
        "TEST_BACKEND": "wagtail_contracts.sealing.backends.file.Pkcs12Seal",
        "TEST_OPTIONS": {
            "path": training() / identity.SEAL,
            "password_file": training() / identity.PASSWORD,
        },
        "TRUST": [authority(), training() / identity.AUTHORITY],
    }
