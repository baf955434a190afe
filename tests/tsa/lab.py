"""A seal under an issuer whose list can be fetched, an authority for time, and the settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

from tests.security.wire.serving import serving
from tests.tsa.service import TimeAuthority
from tests.unit.sealing.pki import NOW, YEAR, Entity

HOST, PASSWORD = "localhost", b"lab"
SEAL = "wagtail_contracts.sealing.backends.file.Pkcs12Seal"


class TimeLab:
    """Everything that a seal at B-LTA takes; `asks` is the path of an OCSP responder, if any.

    `seal` is what its certificate differs by, as `Entity` takes it.
    """

    def __init__(self, folder: Path, server: TimeAuthority, asks: str = "", **seal: Any) -> None:
        self.folder, self.server = folder, server
        place = f"http://{HOST}:{server.server_port}"
        self.root = Entity("Lab Root", kind="authority", until=NOW + 40 * YEAR, lists=place)
        self.issuer = Entity("Lab Issuing", self.root, kind="authority", lists=place)
        self.tsa = Entity("Lab Time", self.root, kind="stamps", rsa_key=True, lists=place)
        own = {"until": NOW + 2 * YEAR, "lists": place, "asks": asks and place + asks, **seal}
        self.seal = Entity("Eksempel AS seal", self.issuer, **own)
        server.entity = self.tsa
        self.publish()
        (folder / "root.pem").write_bytes(self.root.pem)
        self._write_seal()

    def publish(self, *revoked: Entity) -> None:
        """Let both issuers say whom they revoked."""
        for authority in (self.root, self.issuer):
            theirs = [entity for entity in revoked if entity.issuer is authority]
            path = f"/{authority.common.replace(' ', '-')}.crl"
            self.server.lists[path] = authority.revocations(*theirs).dump()

    def settings(self, level: str = "B-LTA") -> dict[str, Any]:
        """The part of SEALING that this takes."""
        root = self.folder / "root.pem"
        return {
            "BACKEND": SEAL,
            "OPTIONS": {
                "path": self.folder / "seal.p12",
                "password_file": self.folder / "seal.password",
            },
            "TRUST": [root],
            "LEVEL": level,
            "TIMESTAMP": f"http://{HOST}:{self.server.server_port}/",
            "TIMESTAMP_TRUST": [root],
            "CALLS": {
                "ports": (self.server.server_port,),
                "inside": ("127.0.0.0/8", "::1/128"),
                "deadline": 12,  # each call starts a process, beside two other suites
            },
        }

    def _write_seal(self) -> None:
        content = pkcs12.serialize_key_and_certificates(
            b"seal",
            self.seal.key,
            self.seal.signed,
            [self.issuer.signed],
            BestAvailableEncryption(PASSWORD),
        )
        (self.folder / "seal.p12").write_bytes(content)
        (self.folder / "seal.password").write_bytes(PASSWORD)


@contextmanager
def opened(folder: Path, **seal: Any) -> Iterator[TimeLab]:
    """The server runs until the block ends; `seal` is as in `TimeLab`."""
    server = TimeAuthority()
    with serving(server):
        yield TimeLab(folder, server, **seal)


def configure(settings: Any, lab: TimeLab, level: str = "B-LTA") -> None:
    """The site seals so from now on."""
    ours = settings.WAGTAIL_CONTRACTS
    sealing = {**ours["SEALING"], **lab.settings(level)}
    settings.WAGTAIL_CONTRACTS = {**ours, "SEALING": sealing}
