"""An authority that issues certificates to persons, and says of each whether it was revoked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from asn1crypto import core
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID
from pyhanko.sign.ades.qualified_asn1 import QcStatement, QcStatements

from wagtail_contracts.sealing.backends.identity import USES

NOW = datetime.now(UTC).replace(microsecond=0)
DAY, YEAR = timedelta(days=1), timedelta(days=365)
KARI, NUMBER = "Kari Nordmann", "PNONO-01019012345"
QC_STATEMENTS = x509.ObjectIdentifier("1.3.6.1.5.5.7.1.3")
QUALIFIED = ("qc_compliance", "qc_sscd", "qct_esign")
Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


class Holder:
    """A key with its certificate."""

    def __init__(self, key: Key, signed: x509.Certificate, issuer: Holder | None = None) -> None:
        self.key, self.signed, self.issuer = key, signed, issuer

    @property
    def der(self) -> bytes:
        return self.signed.public_bytes(Encoding.DER)

    @property
    def parsed(self) -> asn1_x509.Certificate:
        return asn1_x509.Certificate.load(self.der)

    @property
    def pem(self) -> bytes:
        return self.signed.public_bytes(Encoding.PEM)

    def chain(self) -> list[bytes]:
        """The certificate and those above it, with the root."""
        return [self.der, *(self.issuer.chain() if self.issuer else [])]

    def sign(self, hashed: bytes) -> bytes:
        """Over a SHA-256, as a service does."""
        prehashed = utils.Prehashed(hashes.SHA256())
        if isinstance(self.key, ec.EllipticCurvePrivateKey):
            return self.key.sign(hashed, ec.ECDSA(prehashed))
        return self.key.sign(hashed, padding.PKCS1v15(), prehashed)


class Authority(Holder):
    """Issues, revokes, answers. `place` is where its lists and answers are to be had."""

    def __init__(self, common: str = "Lab Persons", place: str = "http://pki.invalid") -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        name = _name(common)
        built = _builder(name, name, key, NOW - 5 * YEAR, NOW + 20 * YEAR)
        built = built.add_extension(x509.BasicConstraints(True, None), True)
        built = built.add_extension(_usage("key_cert_sign", "crl_sign"), True)
        super().__init__(key, built.sign(key, hashes.SHA256()))
        self.place, self.revoked = place, dict[int, datetime]()

    def issue(  # noqa: PLR0913 - what certificates of persons differ by
        self,
        common: str = KARI,
        number: str = NUMBER,
        *,
        says: tuple[str, ...] = QUALIFIED,
        uses: tuple[str, ...] = ("content_commitment",),
        since: datetime = NOW - DAY,
        until: datetime = NOW + YEAR,
        key: Key | None = None,
        asked: tuple[str, ...] = ("ocsp", "crl"),
    ) -> Holder:
        """A person's certificate; `asked` are the ways in which its state can be asked for."""
        key = key or ec.generate_private_key(ec.SECP256R1())
        built = _builder(self.signed.subject, _name(common, number), key, since, until)
        built = built.add_extension(x509.BasicConstraints(False, None), True)
        built = built.add_extension(_usage(*uses), True)
        for extension in (*self._places(asked), *_statements(says)):
            built = built.add_extension(extension, False)
        return Holder(key, built.sign(self.key, hashes.SHA256()), self)

    def revoke(self, holder: Holder, at: datetime) -> None:
        self.revoked[holder.signed.serial_number] = at

    def list(self, at: datetime = NOW) -> bytes:
        """The revocation list, DER."""
        builder = x509.CertificateRevocationListBuilder(self.signed.subject, at - DAY, at + 7 * DAY)
        for serial, since in self.revoked.items():
            entry = x509.RevokedCertificateBuilder(serial, since).build()
            builder = builder.add_revoked_certificate(entry)
        return builder.sign(self.key, hashes.SHA256()).public_bytes(Encoding.DER)

    def answer(self, request: bytes, at: datetime = NOW) -> bytes:
        """The answer of the responder, DER, which is the authority itself."""
        asked = ocsp.load_der_ocsp_request(request)
        since = self.revoked.get(asked.serial_number)
        single = {
            "issuer_name_hash": asked.issuer_name_hash,
            "issuer_key_hash": asked.issuer_key_hash,
            "serial_number": asked.serial_number,
            "algorithm": asked.hash_algorithm,
            "cert_status": ocsp.OCSPCertStatus.REVOKED if since else ocsp.OCSPCertStatus.GOOD,
            "this_update": at - timedelta(minutes=1),
            "next_update": at + DAY,
            "revocation_time": since,
            "revocation_reason": None,
        }
        builder = ocsp.OCSPResponseBuilder().add_response_by_hash(**single)
        builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, self.signed)
        return builder.sign(self.key, hashes.SHA256()).public_bytes(Encoding.DER)

    def _places(self, asked: tuple[str, ...]) -> list[x509.ExtensionType]:
        found: list[x509.ExtensionType] = []
        if "ocsp" in asked:
            place = x509.UniformResourceIdentifier(f"{self.place}/ocsp")
            access = x509.AccessDescription(AuthorityInformationAccessOID.OCSP, place)
            found.append(x509.AuthorityInformationAccess([access]))
        if "crl" in asked:
            places = [x509.UniformResourceIdentifier(f"{self.place}/list.crl")]
            point = x509.DistributionPoint(places, None, None, None)
            found.append(x509.CRLDistributionPoints([point]))
        return found


def itself(common: str = KARI, number: str = NUMBER) -> Holder:
    """A person's certificate that nobody but the person vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(common, number)
    built = _builder(name, name, key, NOW - DAY, NOW + YEAR)
    built = built.add_extension(x509.BasicConstraints(False, None), True)
    built = built.add_extension(_usage("content_commitment"), True)
    return Holder(key, built.sign(key, hashes.SHA256()))


def _name(common: str, number: str = "") -> x509.Name:
    parts = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "NO"),
        x509.NameAttribute(NameOID.COMMON_NAME, common),
    ]
    if number:
        parts.append(x509.NameAttribute(NameOID.SERIAL_NUMBER, number))
    return x509.Name(parts)


def _builder(
    issuer: x509.Name, subject: x509.Name, key: Key, since: datetime, until: datetime
) -> x509.CertificateBuilder:
    public = key.public_key()
    return x509.CertificateBuilder(
        issuer, subject, public, x509.random_serial_number(), since, until
    )


def _usage(*uses: str) -> x509.KeyUsage:
    return x509.KeyUsage(**{use: use in uses for use in USES})


def _statements(says: tuple[str, ...]) -> list[x509.ExtensionType]:
    """ETSI EN 319 412-5: the types (qct_…) stand together in one statement."""
    if not says:
        return []
    kinds = [item for item in says if item.startswith("qct_")]
    made: list[dict[str, Any]] = [
        {"statement_id": item} for item in says if not item.startswith(("qct_", "law_"))
    ]
    if kinds:
        made.append({"statement_id": "qc_type", "statement_info": kinds})
    made += [
        {"statement_id": "qc_cc_legislation", "statement_info": [core.PrintableString(item[4:])]}
        for item in says
        if item.startswith("law_")
    ]
    dumped = QcStatements([QcStatement(item) for item in made]).dump()
    return [x509.UnrecognizedExtension(QC_STATEMENTS, dumped)]
