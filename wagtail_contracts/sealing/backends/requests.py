"""Asking an authority for the certificate of a seal, and taking in what it issued.

PKCS#10 (RFC 2986), signed by whatever holds the key: a file of ours, a token, a service.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from asn1crypto import algos, csr, keys, pem
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    pkcs12,
)

from wagtail_contracts.sealing.backends.base import Seal
from wagtail_contracts.sealing.backends.file import HeldKey, signature
from wagtail_contracts.sealing.backends.identity import AUTHORITY, PASSWORD, SEAL, exchange, write
from wagtail_contracts.sealing.errors import SealRefused

KEY, REQUEST = "request.key", "request.pem"
COUNTRY = re.compile(r"[A-Z]{2}")
# ETSI EN 319 412-1, 5.1.4: the kind of register, the country, the number there.
NUMBER = re.compile(r"(?:VAT|NTR|PSD|LEI|[A-Z]{2}:)[A-Z]{2}-\S+")
RSA_BITS = 3072


@dataclass(frozen=True)
class Organisation:
    """Whom the certificate is to name, as ETSI EN 319 412-3, 4.2.1 has it.

    `number` is such as NTRNO-912345678. Raises SealRefused.
    """

    name: str
    country: str
    number: str
    common: str = ""

    def __post_init__(self) -> None:
        """Look at what has a form."""
        if not COUNTRY.fullmatch(self.country):
            raise SealRefused(f"{self.country!r} is no country of two letters, such as NO.")
        if not NUMBER.fullmatch(self.number):
            words = f"{self.number!r} is no number of an organisation, such as NTRNO-912345678."
            raise SealRefused(words)

    def subject(self) -> asn1.Name:
        """The name in the certificate."""
        told = {
            "country_name": self.country,
            "organization_name": self.name,
            "organization_identifier": self.number,
            "common_name": self.common or self.name,
        }
        return asn1.Name.build(told, use_printable=False)


def make_request(folder: Path, organisation: Organisation, *, kind: str = "ec") -> bytes:
    """Make a key (ec or rsa) in a new folder, and the request for it there; the request, PEM.

    Raises SealRefused rather than overwrite.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if there := [item for item in (KEY, REQUEST, SEAL) if (folder / item).exists()]:
        raise SealRefused(f"{folder} already holds {', '.join(there)}; nothing was written.")
    key: HeldKey = (
        rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS)
        if kind == "rsa"
        else ec.generate_private_key(ec.SECP256R1())
    )
    password = _password(folder)
    form = Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(password)
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    made = requested(organisation, public, lambda data: signature(key, data, "sha256"))
    write(folder / KEY, key.private_bytes(*form), 0o600)
    write(folder / REQUEST, made, 0o644)
    return made


def request_of(backend: Seal, organisation: Organisation) -> bytes:
    """The request for the key of a backend, PEM. Raises what the backend raises."""
    public = getattr(backend, "public_key", None)
    spki = public() if public else asn1.Certificate.load(backend.certificate()).public_key.dump()
    return requested(organisation, spki, lambda data: backend.sign(data, "sha256"))


def requested(organisation: Organisation, public: bytes, sign: Callable[[bytes], bytes]) -> bytes:
    """The request, PEM; it asks for a certificate that seals, and for nothing else.

    ETSI EN 319 412-2, 4.3.2: what commits to a content has the use non-repudiation alone.
    """
    key = keys.PublicKeyInfo.load(public)
    usage = {"extn_id": "key_usage", "critical": True, "extn_value": {"non_repudiation"}}
    asked = csr.CertificationRequestInfo(
        {
            "version": "v1",
            "subject": organisation.subject(),
            "subject_pk_info": key,
            "attributes": [{"type": "extension_request", "values": [[usage]]}],
        }
    )
    algorithm = "sha256_ecdsa" if key.algorithm == "ec" else "sha256_rsa"
    made = csr.CertificationRequest(
        {
            "certification_request_info": asked,
            "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": algorithm}),
            "signature": sign(asked.dump()),
        }
    )
    return pem.armor("CERTIFICATE REQUEST", made.dump())


def take_in(folder: Path, issued: Path, root: Path) -> x509.Certificate:
    """Make seal.p12 and authority.pem of the key of a request and what was issued for it.

    `issued` holds the certificate and those above it, `root` the one that they lead to. The key of
    the request is gone afterwards. Raises SealRefused, OSError.
    """
    password = (folder / PASSWORD).read_bytes().strip()
    key = load_pem_private_key((folder / KEY).read_bytes(), password)
    given = [*_certificates(issued), *_certificates(root)]
    own = [item for item in given if item.public_key() == key.public_key()]
    if not isinstance(key, HeldKey) or len(own) != 1:
        raise SealRefused(f"{issued} holds no certificate for the key in {folder}.")
    above = _above(own[0], given)
    if not above or above[-1].subject != above[-1].issuer:
        raise SealRefused(f"The certificate in {issued} does not lead to the one in {root}.")
    container = pkcs12.serialize_key_and_certificates(
        b"seal", key, own[0], above[:-1], BestAvailableEncryption(password)
    )
    exchange(folder / AUTHORITY, above[-1].public_bytes(Encoding.PEM), 0o644)
    write(folder / SEAL, container, 0o600)
    (folder / KEY).unlink()
    return own[0]


def _password(folder: Path) -> bytes:
    """The one in the folder, where an earlier try left it; else a new one, kept there."""
    if not (folder / PASSWORD).exists():
        write(folder / PASSWORD, secrets.token_urlsafe(32).encode() + b"\n", 0o600)
    return (folder / PASSWORD).read_bytes().strip()


def _certificates(path: Path) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(path.read_bytes())
    except ValueError as error:
        raise SealRefused(f"{path} is no PEM file of certificates.") from error


def _above(
    certificate: x509.Certificate, given: Sequence[x509.Certificate]
) -> list[x509.Certificate]:
    """Who issued it, and who issued that, up to the root."""
    found: list[x509.Certificate] = []
    below = certificate
    while above := [item for item in given if item not in found and _issued(item, below)]:
        below = above[0]
        found.append(below)
    return found


def _issued(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return issuer != certificate
