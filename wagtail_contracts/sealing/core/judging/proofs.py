"""A person's own signature over a digest (CMS): bytes, roots and a time in, what it proves out.

It is detached, over the bytes that the digest names, so that its attribute message-digest *is* the
digest. RFC 5652 (CMS), RFC 5035 (signing-certificate-v2), ETSI EN 319 122-1 (CAdES, baseline), with
the revocation data among its `crls` (RFC 5652, RFC 5940). pyHanko, no Django, no network, no clock.
"""

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from asn1crypto import cms, core, crl, ocsp, x509
from pyhanko.sign.ades.qualified_asn1 import get_qc_statements
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    ExpiredError,
    InsufficientRevinfoError,
    NotYetValidError,
    PathError,
    RevokedError,
    ValidationError,
)
from pyhanko_certvalidator.path import ValidationPath

from wagtail_contracts.sealing.core.proofs import Holder, Proved, Unproved

ATTRIBUTES = {"content_type", "message_digest", "signing_time", "signing_certificate_v2"}
SAID = {"qc_compliance", "qc_sscd", "qc_type"}  # by a qualified certificate
ALGORITHMS = {"sha256_ecdsa", "sha256_rsa"}
TOLERANCE = timedelta(minutes=15)  # between the time that is signed and the one that we kept


@dataclass(frozen=True)
class Roots:
    """Whom the certificates of persons must lead to; `qualified` are those of qualified ones."""

    signers: tuple[x509.Certificate, ...] = ()
    qualified: tuple[x509.Certificate, ...] = ()

    @property
    def all(self) -> list[x509.Certificate]:
        """Who issues qualified certificates is trusted, too."""
        return [*self.signers, *self.qualified]


def prove(der: bytes, digest: str, roots: Roots, at: datetime) -> Proved:
    """What a signature proves about a digest, as of the moment when it was made. Raises Unproved.

    Without any roots the chain is not looked at, and `trusted` says so.
    """
    parts = _Parts.of(der)
    _insist_on_attributes(parts, digest, at)
    _insist_on_signature(parts, digest)
    whose = holder(parts.certificate)
    if roots.all:
        _insist_on_chain(parts, roots.all, at)
    return Proved(
        name=whose.name,
        number=whose.number,
        fingerprint=whose.fingerprint,
        issuer=whose.issuer,
        signed_at=parts.value("signing_time"),
        trusted=bool(roots.all),
        qualified=_is_qualified(parts, roots.qualified, at),
    )


@dataclass(frozen=True)
class _Parts:
    """What the container holds: one signer, a detached content, nothing besides."""

    signer: cms.SignerInfo
    chain: Sequence[x509.Certificate]  # the signer's first
    lists: Sequence[crl.CertificateList]
    answers: Sequence[ocsp.OCSPResponse]

    @classmethod
    def of(cls, der: bytes) -> "_Parts":
        try:
            return cls._read(cms.ContentInfo.load(der, strict=True)["content"])
        except Unproved:
            raise
        except Exception as error:  # whatever three libraries raise over hostile bytes
            raise Unproved("unreadable", type(error).__name__) from error

    @classmethod
    def _read(cls, signed: cms.SignedData) -> "_Parts":
        signed.native  # noqa: B018 - parses all of it
        encapsulated, signers = signed["encap_content_info"], signed["signer_infos"]
        plain = encapsulated["content_type"].native == "data" and len(signers) == 1
        if not plain or not isinstance(encapsulated["content"], core.Void):
            raise Unproved("unreadable", "not one detached signature over data")
        signer = signers[0]
        if not isinstance(signer["unsigned_attrs"], core.Void):
            raise Unproved("unreadable", "attributes that nobody signed")
        certificates = [item.chosen for item in signed["certificates"]]
        chosen = signer["sid"].chosen
        owners = [item for item in certificates if _named(item, chosen)]
        if len(owners) != 1:
            raise Unproved("certificate", "the signer's certificate is not there once")
        others = [item for item in certificates if item is not owners[0]]
        return cls(signer, [owners[0], *others], *_revocations(signed))

    @property
    def certificate(self) -> x509.Certificate:
        """The signer's."""
        return self.chain[0]

    def value(self, kind: str) -> Any:
        """What the one attribute of this kind says."""
        found = [item for item in self.signer["signed_attrs"] if item["type"].native == kind]
        return found[0]["values"][0].native


def name(certificate: x509.Certificate) -> str:
    """How a certificate calls a person: common name, else given name and surname."""
    subject = certificate.subject.native
    parts = [subject.get("given_name"), subject.get("surname")]
    return str(subject.get("common_name") or " ".join(part for part in parts if part))


def holder(certificate: x509.Certificate) -> Holder:
    """Whose a certificate is. Raises Unproved where it is none that a person signs with."""
    _insist_on_use(certificate)
    number = str(certificate.subject.native.get("serial_number") or "")
    return Holder(
        name=name(certificate),
        number=number,
        fingerprint=certificate.sha256.hex(),
        issuer=_organisation(certificate),
        says_qualified=_says_qualified(certificate),
    )


def signer(der: bytes) -> Holder:
    """Whose a signature says that it is; nothing is judged. Raises Unproved."""
    return holder(_Parts.of(der).certificate)


def path(
    chain: Sequence[x509.Certificate], roots: Sequence[x509.Certificate], at: datetime
) -> list[x509.Certificate]:
    """From the first certificate up to its root, whatever became of them since. Raises Unproved."""
    try:
        found = _path(chain, roots, at, {"revocation_mode": "soft-fail"})
    except (ExpiredError, NotYetValidError) as error:
        raise Unproved("over", "a certificate was not valid then") from error
    except (PathError, ValidationError) as error:
        raise Unproved("unknown_issuer", "the certificate leads to nobody whom we trust") from error
    return list(found.iter_certs(include_root=True))[::-1]


def is_for_qualified_seals(
    chain: Sequence[x509.Certificate], roots: Sequence[x509.Certificate], at: datetime
) -> bool:
    """Whether it says so of itself (ETSI EN 319 412-5), and leads to one of the roots."""
    if not roots or not _says_qualified(chain[0], "qct_eseal"):
        return False
    try:
        path(chain, roots, at)
    except Unproved:
        return False
    return True


def _organisation(certificate: x509.Certificate) -> str:
    """Whom people know the issuer as."""
    said = certificate.issuer.native
    return str(said.get("organization_name") or said.get("common_name") or "")


def _named(certificate: x509.Certificate, identifier: Any) -> bool:
    if not isinstance(identifier, cms.IssuerAndSerialNumber):
        raise Unproved("certificate", "the signer is not named by issuer and serial number")
    same = certificate.serial_number == identifier["serial_number"].native
    return bool(same and certificate.issuer == identifier["issuer"])


def _revocations(signed: cms.SignedData) -> tuple[list[Any], list[Any]]:
    lists, answers = [], []
    found = signed["crls"]
    for item in [] if isinstance(found, core.Void) else found:
        if item.name == "other":
            answers.append(ocsp.OCSPResponse.load(item.chosen["other_rev_info"].dump()))
        else:
            lists.append(crl.CertificateList.load(item.chosen.dump()))
    return lists, answers


def _insist_on_attributes(parts: _Parts, digest: str, at: datetime) -> None:
    kinds = [item["type"].native for item in parts.signer["signed_attrs"]]
    once = all(len(item["values"]) == 1 for item in parts.signer["signed_attrs"])
    if sorted(kinds) != sorted(ATTRIBUTES) or not once:
        raise Unproved("attributes", "other attributes than those that we ask to be signed")
    if parts.value("message_digest") != bytes.fromhex(digest):
        raise Unproved("digest", "it is over another text")
    hashed = hashlib.sha256(parts.certificate.dump()).digest()
    named = [
        (one["hash_algorithm"]["algorithm"], one["cert_hash"])
        for one in parts.value("signing_certificate_v2")["certs"]
    ]
    if named != [("sha256", hashed)]:
        raise Unproved("certificate", "another certificate is signed than the one that is there")
    time = parts.value("signing_time")
    if time.tzinfo is None or abs(time - at) > TOLERANCE:
        raise Unproved("time", "it was made at another time")


def _insist_on_signature(parts: _Parts, digest: str) -> None:
    signer = parts.signer
    plain = signer["digest_algorithm"]["algorithm"].native == "sha256"
    if not plain or signer["signature_algorithm"]["algorithm"].native not in ALGORITHMS:
        raise Unproved("signature", "an algorithm that is not taken")
    try:
        intact, valid = validate_sig_integrity(
            signer, parts.certificate, "data", bytes.fromhex(digest)
        )
    except (SignatureValidationError, ValueError, TypeError) as error:
        raise Unproved("signature", str(error)) from error
    if not (intact and valid):
        raise Unproved("signature", "what was signed has been changed, or another key signed it")


def _insist_on_use(certificate: x509.Certificate) -> None:
    """ETSI EN 319 412-2, 4.3.2: whoever commits to a content has the bit non-repudiation."""
    if certificate.issuer == certificate.subject:
        raise Unproved("self_signed", "the certificate vouches for itself")
    uses = certificate.key_usage_value
    if certificate.ca or uses is None or "non_repudiation" not in uses.native:
        raise Unproved("key_usage", "the certificate is not one to sign contracts with")


def _insist_on_chain(parts: _Parts, roots: Sequence[x509.Certificate], at: datetime) -> None:
    """First chain and dates, then revocation: so that each refusal names what is wrong."""
    path(parts.chain, roots, at)
    try:
        _path(parts.chain, roots, at, _with_data(parts))
    except RevokedError as error:
        raise Unproved("revoked", "a certificate was revoked then") from error
    except (InsufficientRevinfoError, PathError, ValidationError) as error:
        raise Unproved("unchecked", "nothing says whether a certificate was revoked") from error


def _with_data(parts: _Parts) -> dict[str, Any]:
    """Every certificate is to be asked about; what was said soon afterwards counts, too."""
    return {
        "revocation_mode": "require",
        "retroactive_revinfo": True,
        "crls": list(parts.lists),
        "ocsps": list(parts.answers),
    }


def _path(
    chain: Sequence[x509.Certificate],
    roots: Sequence[x509.Certificate],
    at: datetime,
    settings: dict[str, Any],
) -> ValidationPath:
    """A fresh context each time: they cache."""
    context = ValidationContext(
        trust_roots=list(roots), moment=at, allow_fetching=False, **settings
    )
    validator = CertificateValidator(chain[0], chain[1:], context)
    return asyncio.run(validator.async_validate_path())


def _is_qualified(parts: _Parts, roots: Sequence[x509.Certificate], at: datetime) -> bool:
    """Its own words (ETSI EN 319 412-5), and an issuer of which the settings say the same."""
    if not roots or not _says_qualified(parts.certificate):
        return False
    try:
        _path(parts.chain, roots, at, _with_data(parts))
    except (PathError, ValidationError):
        return False
    return True


def _says_qualified(certificate: x509.Certificate, kind: str = "qct_esign") -> bool:
    """For signatures or seals, on a qualified device, under the law of the EU.

    A statement of another legislation (QcCClegislation) says that it is not the EU's.
    """
    said = {item["statement_id"].native: item for item in get_qc_statements(certificate)}
    if not said.keys() >= SAID or "qc_cc_legislation" in said:
        return False
    kinds = said["qc_type"]["statement_info"].native
    return bool(kinds == [kind])
