"""The section AUDIT of the settings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wagtail_contracts.conf import retirements, section


@dataclass(frozen=True)
class Audit:
    """How trails are attested.

    `origin` names the log in its checkpoints, as a name of your own with a path, without a scheme:
    `contracts.example.org/audit`. `key` is a file with the Ed25519 key that signs them;
    `earlier` lists verifier keys of keys that signed before. `anchors` says where checkpoints go,
    by a name of your own: {"BACKEND": …, "OPTIONS": …}. `timestamp` is the address of a time-stamp
    authority (RFC 3161), `timestamp_trust` lists PEM files with its roots; `calls` says how far
    calls to it may go. `retired` says when algorithms retire, as in SEALING.
    """

    origin: str = ""
    key: str | Path = ""
    earlier: Sequence[str] = ()
    anchors: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    timestamp: str = ""
    timestamp_trust: Sequence[str | Path] = ()
    calls: Mapping[str, Any] = field(default_factory=dict)
    retired: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Raises ImproperlyConfigured."""
        object.__setattr__(self, "retired", retirements("AUDIT", self.retired))


def audit() -> Audit:
    """The settings, read anew."""
    return section("AUDIT", Audit)
