"""Files of the levels that others may make: B-T, B-LT and B-LTA, renewed and completed."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, PdfTimeStamper
from pyhanko.sign.signers.pdf_signer import (
    DSSContentSettings,
    SigDSSPlacementPreference,
    TimestampDSSContentSettings,
)
from pyhanko.sign.validation import add_validation_info
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator import ValidationContext

from tests.unit.sealing.pki import Entity, HeldStamper, Lab
from wagtail_contracts.sealing.flows import pades

LEVELS = ("B-B", "B-T", "B-LT", "B-LTA")
LONG_TERM = ("B-LT", "B-LTA")
# One revision for seal and data, one for the document timestamp: each covers the whole file.
STAMP_DATA = TimestampDSSContentSettings(include_vri=False, update_before_ts=True)
SEAL_DATA = DSSContentSettings(
    include_vri=False,
    placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE,
    next_ts_settings=STAMP_DATA,
)


class Sealer:
    """Seals as an entity of the laboratory, as far as the level says."""

    def __init__(
        self,
        lab: Lab,
        level: str = "B-LTA",
        entity: Entity | None = None,
        *,
        stamper: HeldStamper | None = None,
        context: Callable[[], ValidationContext] | None = None,
    ) -> None:
        self.level, self.entity = level, entity or lab.seal
        self.stamper, self.context = stamper or lab.stamper, context or lab.context

    def seal(self, rendered: bytes) -> bytes:
        """B-B as the house makes it; the levels above as pyHanko does."""
        if self.level == "B-B":
            return pades.certify(rendered, self.entity)
        signer = pades.BackendSigner(self.entity)
        output = BytesIO()
        PdfSigner(self._metadata(), signer=signer, timestamper=self.stamper).sign_pdf(
            IncrementalPdfFileWriter(BytesIO(rendered)), output=output
        )
        return output.getvalue()

    def complete(self, sealed: bytes) -> bytes:
        """From B-T to B-LTA, later, when revocation data are at hand."""
        seal, output = PdfFileReader(BytesIO(sealed)).embedded_signatures[0], BytesIO()
        add_validation_info(seal, self.context(), add_vri_entry=False, output=output)
        return self.renew(output.getvalue())

    def renew(self, sealed: bytes) -> bytes:
        """One more document timestamp, with the data of the one before."""
        output = BytesIO()
        PdfTimeStamper(self.stamper).timestamp_pdf(
            IncrementalPdfFileWriter(BytesIO(sealed)),
            "sha256",
            validation_context=self.context(),
            output=output,
            dss_settings=STAMP_DATA,
        )
        return output.getvalue()

    def _metadata(self) -> PdfSignatureMetadata:
        long_term = self.level in LONG_TERM
        options: dict[str, Any] = {"validation_context": self.context()} if long_term else {}
        return PdfSignatureMetadata(
            field_name=pades.FIELD,
            md_algorithm=pades.ALGORITHM,
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
            embed_validation_info=long_term,
            use_pades_lta=self.level == "B-LTA",
            dss_settings=SEAL_DATA,
            **options,
        )


def supplied(data: bytes, **store: Any) -> bytes:
    """As an archive would, afterwards: `crls`, `ocsps` and `certs` for the security store."""
    writer, output = IncrementalPdfFileWriter(BytesIO(data)), BytesIO()
    DocumentSecurityStore.supply_dss_in_writer(writer, None, **store)
    writer.write(output)
    return output.getvalue()
