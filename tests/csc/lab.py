"""Everything around a signature of one's own: authority, responder, service, settings."""

from __future__ import annotations

import ssl
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlsplit

from tests.csc.pki import Authority
from tests.csc.service import CLIENT, SECRET, Responder, SigningService
from tests.security.wire import certificate
from tests.security.wire.serving import serving

HOST = "localhost"
BACKEND = "wagtail_contracts.signing.backends.methods.remote.RemoteSignature"


class Lab:
    """An authority that issues to persons, a service that holds their keys, a responder."""

    def __init__(self, folder: Path, service: SigningService, responder: Responder) -> None:
        self.folder, self.service, self.responder = folder, service, responder
        self.certificate = folder / "server.pem"
        self.authority = Authority(place=f"http://{HOST}:{responder.server_port}")
        self.stranger = Authority("Lab Strangers", self.authority.place)
        responder.authority = self.authority
        (folder / "persons.pem").write_bytes(self.authority.pem)
        (folder / "strangers.pem").write_bytes(self.stranger.pem)

    @property
    def options(self) -> dict[str, Any]:
        """Those of the means."""
        ports = (self.service.server_port, self.responder.server_port)
        inside = ("127.0.0.0/8", "::1/128")
        return {
            "label": "Lab Sign",
            "url": f"{self.service.base}/csc/v2",
            "client_id": CLIENT,
            "client_secret": SECRET,
            "rules": {"ports": ports, "inside": inside, "ca": str(self.certificate)},
        }

    @property
    def methods(self) -> dict[str, Any]:
        """For the section SIGNING."""
        return {"remote": {"BACKEND": BACKEND, "OPTIONS": self.options}}

    @property
    def trust(self) -> dict[str, Any]:
        """For the section SEALING: who issues, and that these are qualified."""
        path = str(self.folder / "persons.pem")
        return {"SIGNER_TRUST": [path], "QUALIFIED_TRUST": [path]}

    def agree(self, address: str) -> dict[str, str]:
        """What comes back when the person who is sent to the address agrees."""
        return {
            key: values[0] for key, values in parse_qs(urlsplit(self.sent(address)).query).items()
        }

    def sent(self, address: str) -> str:
        """Where the service sends the person to."""
        context = ssl.create_default_context(cafile=str(self.certificate))
        opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=context), _Stay())
        try:
            opener.open(address)
        except HTTPError as moved:
            return str(moved.headers["Location"])
        raise AssertionError(address)


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **more: Any) -> None:
        """The browser of the test goes there itself."""


@contextmanager
def opened(folder: Path) -> Iterator[Lab]:
    """The servers run until the block ends."""
    path = certificate.make(HOST, folder)
    service, responder = SigningService(path, HOST), Responder()
    with serving(service, responder):
        yield Lab(folder, service, responder)


def configure(settings: Any, lab: Lab) -> None:
    """The site knows the service, and whom it trusts."""
    ours = settings.WAGTAIL_CONTRACTS
    signing = ours.get("SIGNING", {})
    methods = {**signing.get("METHODS", {}), **lab.methods}
    settings.WAGTAIL_CONTRACTS = {
        **ours,
        "SEALING": {**ours["SEALING"], **lab.trust},
        "SIGNING": {**signing, "METHODS": methods},
    }
