"""The other side of the seal: WeasyPrint and pyHanko alone, in a warm process of their own.

The job measures itself, so that the way to it and back costs it nothing.
"""

from __future__ import annotations

import json
import struct
import time
from io import BytesIO
from pathlib import Path

from asn1crypto import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from weasyprint import HTML, Attachment

from wagtail_contracts.sealing.rendering import typefaces, worker
from wagtail_contracts.sealing.rendering.archive import VARIANT, BundleFetcher
from wagtail_contracts.sealing.rendering.bundle import Bundle, from_json, to_json

TIMES = struct.Struct(">dd")
ROOT = Path(__file__).resolve().parents[2]


class Held(Signer):
    """Signs with a key in memory."""

    def __init__(self, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> None:
        super().__init__(signing_cert=certificate)
        self.key = key

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        """The signature; a dry run is as long."""
        return bytes(72) if dry_run else self.key.sign(data, ec.ECDSA(hashes.SHA256()))


class Bare:
    """Asks the warm process; gives the file and the CPU seconds of rendering and signing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        fonts = typefaces.places()
        self.run = worker.Worker(f"{__name__}:job", worker.Limits(jobs=10_000), fonts, [str(ROOT)])

    def __call__(self, bundle: Bundle) -> tuple[bytes, float, float]:
        """One file."""
        request = {"folder": str(self.folder), "bundle": to_json(bundle).decode()}
        answer = self.run(json.dumps(request).encode())
        return answer[TIMES.size :], *TIMES.unpack(answer[: TIMES.size])


_held: dict[str, Held] = {}


def job(request: bytes) -> bytes:
    """Entrance for the process."""
    value = json.loads(request)
    bundle, signer = from_json(value["bundle"].encode()), _signer(value["folder"])
    begun = time.process_time()
    rendered = _rendered(bundle)
    between = time.process_time()
    signed = _signed(rendered, signer)
    ended = time.process_time()
    return TIMES.pack(between - begun, ended - between) + signed


def _rendered(bundle: Bundle) -> bytes:
    source = HTML(string=bundle.html, url_fetcher=BundleFetcher(bundle.resources))
    attachments = [
        Attachment(
            string=item.content,
            name=item.name,
            description=item.description,
            relationship=item.relationship,
            created=item.at,
            modified=item.at,
        )
        for item in bundle.attachments
    ]
    data: bytes = source.write_pdf(
        pdf_variant=VARIANT, attachments=attachments, pdf_identifier=bundle.identifier.encode()
    )
    return data


def _signed(rendered: bytes, signer: Held) -> bytes:
    metadata = PdfSignatureMetadata(
        field_name="Bare", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
    )
    output = BytesIO()
    writer = IncrementalPdfFileWriter(BytesIO(rendered))
    PdfSigner(metadata, signer=signer).sign_pdf(writer, output=output)
    return output.getvalue()


def _signer(folder: str) -> Held:
    if folder not in _held:
        password = Path(folder, "seal.password").read_bytes().strip()
        key, certificate, _chain = pkcs12.load_key_and_certificates(
            Path(folder, "seal.p12").read_bytes(), password
        )
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        assert certificate
        loaded = x509.Certificate.load(certificate.public_bytes(Encoding.DER))
        _held[folder] = Held(key, loaded)
    return _held[folder]
