"""PAdES with pyHanko: certified against every later change (ETSI EN 319 142-1).

pyHanko's `sign_pdf` calls `asyncio.run`: never from a running event loop.
"""

from io import BytesIO

from asn1crypto import x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

from wagtail_contracts.sealing.backends.base import Seal

FIELD = "Seal"
ALGORITHM = "sha256"


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


def certify(rendered: bytes, backend: Seal) -> bytes:
    """The sealed file at level B-B; `rendered` is a byte prefix of it."""
    signer = BackendSigner(backend)
    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm=ALGORITHM,
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        name=signer.certificate.subject.native.get("common_name"),
    )
    output = BytesIO()
    PdfSigner(metadata, signer=signer).sign_pdf(
        IncrementalPdfFileWriter(BytesIO(rendered)), output=output
    )
    return output.getvalue()


def pages(data: bytes) -> int:
    """How many pages the PDF has."""
    return int(PdfFileReader(BytesIO(data)).root["/Pages"]["/Count"])
