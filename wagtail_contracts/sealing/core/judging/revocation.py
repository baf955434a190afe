"""What the issuers said of revocation, as a file holds it, and whether there was anybody to ask."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from asn1crypto import crl, ocsp, x509
from pyhanko.pdf_utils.rw_common import PdfHandler
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureStatus
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.policy_decl import (
    REQUIRE_REVINFO,
    CertRevTrustPolicy,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)
from pyhanko_certvalidator.util import get_declared_revinfo

# Of every certificate, and of each that names a list or an address to ask at. What was said soon
# after the seal counts, too.
ALL = CertRevTrustPolicy(REQUIRE_REVINFO, retroactive_revinfo=True)
DECLARED = CertRevTrustPolicy(
    RevocationCheckingPolicy(
        RevocationCheckingRule.CHECK_IF_DECLARED, RevocationCheckingRule.CHECK_IF_DECLARED
    ),
    retroactive_revinfo=True,
)


def undeclared(status: SignatureStatus) -> bool:
    """Whether no certificate below the root names anybody who says that it was revoked."""
    return status.validation_path is not None and not any(map(_names_somebody, _below_root(status)))


def suffices(status: SignatureStatus) -> bool:
    """Whether a status by DECLARED is trusted, and pyHanko saw each that names somebody.

    It does not see who names the changes of a list alone (freshestCRL: RFC 5280, 4.2.1.15).
    """
    return status.trusted and all(
        any(get_declared_revinfo(item)) == _names_somebody(item) for item in _below_root(status)
    )


def _names_somebody(certificate: x509.Certificate) -> bool:
    changes = certificate.freshest_crl_value
    return any(get_declared_revinfo(certificate)) or changes is not None


def _below_root(status: SignatureStatus) -> Iterator[x509.Certificate]:
    path = status.validation_path
    return iter(()) if path is None else path.iter_certs(include_root=False)


class Store:
    """The document security store of a file (ETSI EN 319 142-1, 5.4), empty where it has none."""

    def __init__(self, state: PdfHandler, signatures: Sequence[EmbeddedPdfSignature]) -> None:
        """`state` is the file as it is, or as it was at a revision."""
        self._state, self._signatures = state, signatures

    @property
    def kept(self) -> bool:
        """Whether the file has such a store."""
        return "/DSS" in self._state.root

    @property
    def anything(self) -> bool:
        """Whether a list or an answer is in it."""
        return bool(self._store.crls or self._store.ocsps)

    @cached_property
    def certificates(self) -> list[x509.Certificate]:
        """Those that are in it, after those that signatures bring, the seal's first.

        pyHanko takes the first of one issuer and number, and anybody may add some.
        """
        brought = [item for one in self._signatures for item in one.other_embedded_certs]
        return [*brought, *self._store.load_certs()]

    @cached_property
    def lists(self) -> list[crl.CertificateList]:
        """Of revoked certificates, whoever made them."""
        return [crl.CertificateList.load(item.get_object().data) for item in self._store.crls]

    @cached_property
    def answers(self) -> list[ocsp.OCSPResponse]:
        """By OCSP, whoever gave them."""
        return [ocsp.OCSPResponse.load(item.get_object().data) for item in self._store.ocsps]

    def context(self, roots: Sequence[x509.Certificate], moment: datetime) -> ValidationContext:
        """Chain and dates alone. A fresh context, as they cache."""
        return ValidationContext(
            other_certs=self.certificates,
            revocation_mode="soft-fail",
            **_settings(roots, moment),
        )

    def context_with_data(
        self, roots: Sequence[x509.Certificate], moment: datetime, policy: CertRevTrustPolicy
    ) -> ValidationContext:
        """The same with what was said; `policy` is what must be."""
        return ValidationContext(
            other_certs=self.certificates,
            crls=self.lists,
            ocsps=self.answers,
            revinfo_policy=policy,
            **_settings(roots, moment),
        )

    @cached_property
    def _store(self) -> DocumentSecurityStore:
        if not self.kept:
            return DocumentSecurityStore(None)
        return DocumentSecurityStore.read_dss(self._state)


def _settings(roots: Sequence[x509.Certificate], moment: datetime) -> dict[str, Any]:
    return {"trust_roots": list(roots), "allow_fetching": False, "moment": moment}
