"""PAdES with pyHanko: certified against every later change (ETSI EN 319 142-1).

pyHanko's `sign_pdf` calls `asyncio.run`: never from a running event loop.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from asn1crypto import x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, PdfTimeStamper, Signer
from pyhanko.sign.signers.pdf_signer import (
    DSSContentSettings,
    SigDSSPlacementPreference,
    TimestampDSSContentSettings,
)
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation import add_validation_info
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from wagtail_contracts.sealing.backends.base import Seal
from wagtail_contracts.sealing.core.pades import Level

FIELD = "Seal"
ALGORITHM = "sha256"
# One revision for seal and data, one for the document time-stamp: each covers the whole file.
STAMP_DATA = TimestampDSSContentSettings(include_vri=False, update_before_ts=True)
SEAL_DATA = DSSContentSettings(
    include_vri=False,
    placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE,
    next_ts_settings=STAMP_DATA,
)


@dataclass(frozen=True)
class Beyond:
    """What a level beyond B-B takes: who gives the time, and what was said of revocation.

    `context` makes a new one at each call: contexts cache. `then` makes those as of when a file was
    stamped that is completed.
    """

    authority: TimeStamper
    context: Callable[[], ValidationContext] | None = None
    then: Callable[[], ValidationContext] | None = None


class BackendSigner(Signer):
    """Asks a backend for the signature; a dry run, for the size, never touches the key."""

    def __init__(self, backend: Seal) -> None:
        known = SimpleCertificateStore()
        known.register_multiple([x509.Certificate.load(item) for item in backend.chain()])
        certificate = x509.Certificate.load(backend.certificate())
        self.certificate = certificate
        super().__init__(signing_cert=certificate, cert_registry=known, prefer_pss=False)
        self._backend = backend

    async def async_sign_raw(
        self,
        data: bytes,
        digest_algorithm: str,
        dry_run: bool = False,  # noqa: FBT001, FBT002 - pyHanko's signature
    ) -> bytes:
        """The raw signature over `data`."""
        if not dry_run:
            return self._backend.sign(data, digest_algorithm)
        public = self.certificate.public_key
        size = (int(public.bit_size) + 7) // 8
        return bytes(2 * size + 9 if public.algorithm == "ec" else size)  # ECDSA: two integers


def certify(
    rendered: bytes, backend: Seal, level: Level = Level.BB, beyond: Beyond | None = None
) -> bytes:
    """The sealed file; `rendered` is a byte prefix of it. Raises what pyHanko raises."""
    signer = BackendSigner(backend)
    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm=ALGORITHM,
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        name=signer.certificate.subject.native.get("common_name"),
        **_lasting(level, beyond),
    )
    output = BytesIO()
    authority = beyond.authority if beyond and level.stamped else None
    PdfSigner(metadata, signer=signer, timestamper=authority).sign_pdf(
        IncrementalPdfFileWriter(BytesIO(rendered)), output=output
    )
    return output.getvalue()


def complete(sealed: bytes, beyond: Beyond) -> bytes:
    """From B-T to B-LTA, when revocation data are at hand; `sealed` is a byte prefix of it."""
    seal, output = PdfFileReader(BytesIO(sealed)).embedded_signatures[0], BytesIO()
    then = beyond.then() if beyond.then else _context(beyond)
    add_validation_info(seal, then, add_vri_entry=False, output=output)
    return renew(output.getvalue(), beyond)


def renew(sealed: bytes, beyond: Beyond) -> bytes:
    """One more document time-stamp, with the revocation data of the one before."""
    output = BytesIO()
    PdfTimeStamper(beyond.authority).timestamp_pdf(
        IncrementalPdfFileWriter(BytesIO(sealed)),
        ALGORITHM,
        validation_context=_context(beyond),
        output=output,
        dss_settings=STAMP_DATA,
    )
    return output.getvalue()


def chain(sealed: bytes) -> list[x509.Certificate]:
    """The certificates of the seal in a file, the signer's first."""
    seal = PdfFileReader(BytesIO(sealed)).embedded_signatures[0]
    return [seal.signer_cert, *seal.other_embedded_certs]


def stamped_at(sealed: bytes) -> datetime:
    """What the time-stamp in the seal says. Raises StopIteration where there is none."""
    seal = PdfFileReader(BytesIO(sealed)).embedded_signatures[0]
    token = next(extract_tst_data_iter(seal.signer_info, signed=False))
    found: datetime = token["encap_content_info"]["content"].parsed["gen_time"].native
    return found


def rendered(sealed: bytes) -> bytes:
    """What was sealed, out of a sealed file: its first revision."""
    reader = PdfFileReader(BytesIO(sealed))
    start = reader.xrefs.get_startxref_for_revision(0)
    return sealed[: sealed.index(b"%%EOF", start) + len(b"%%EOF\n")]


def pages(data: bytes) -> int:
    """How many pages the PDF has."""
    return int(PdfFileReader(BytesIO(data)).root["/Pages"]["/Count"])


def _lasting(level: Level, beyond: Beyond | None) -> dict[str, Any]:
    if beyond is None or not level.lasting:
        return {}
    return {
        "embed_validation_info": True,
        "use_pades_lta": level is Level.BLTA,
        "validation_context": _context(beyond),
        "dss_settings": SEAL_DATA,
    }


def _context(beyond: Beyond) -> ValidationContext:
    if beyond.context is None:
        raise ValueError("no revocation data")
    return beyond.context()
