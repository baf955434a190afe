"""An authority in memory: root, issuer, seals, revocation lists, and one that gives timestamps."""

from datetime import UTC, datetime, timedelta
from typing import Any

from asn1crypto import cms, core
from asn1crypto import crl as asn1_crl
from asn1crypto import ocsp as asn1_ocsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID
from pyhanko.sign import general
from pyhanko.sign.general import simple_cms_attribute
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator import ValidationContext

from wagtail_contracts.sealing.backends.identity import USES

NOW = datetime.now(UTC).replace(microsecond=0)
DAY, YEAR = timedelta(days=1), timedelta(days=365)
LISTS = "http://pki.invalid"
SPECIAL = {
    "stamps": ExtendedKeyUsageOID.TIME_STAMPING,
    "answers": ExtendedKeyUsageOID.OCSP_SIGNING,
}


class Entity:
    """A key with its certificate; as a backend it seals."""

    def __init__(  # noqa: PLR0913 - what certificates differ by
        self,
        common: str,
        issuer: "Entity | None" = None,
        *,
        kind: str = "seal",
        rsa_key: bool = False,
        bits: int = 0,
        since: datetime = NOW - YEAR,
        until: datetime = NOW + 10 * YEAR,
        lists: str = LISTS,
        asks: str = "",
        changes: str = "",
    ) -> None:
        self.common, self.issuer, self.lists, self.asks = common, issuer or self, lists, asks
        self.changes = changes
        bits = bits or (3072 if kind == "stamps" else 2048)
        self.key = _key(bits) if rsa_key else _curve()
        builder = x509.CertificateBuilder(
            name(self.issuer.common),
            name(common),
            self.key.public_key(),
            x509.random_serial_number(),
            since,
            until,
        )
        for extension, critical in self._extensions(kind):
            builder = builder.add_extension(extension, critical)
        self.signed = builder.sign(self.issuer.key, hashes.SHA256())

    def _extensions(self, kind: str) -> list[tuple[x509.ExtensionType, bool]]:
        uses = {
            "authority": ("key_cert_sign", "crl_sign"),
            "seal": ("digital_signature", "content_commitment"),
            "stamps": ("digital_signature",),
            "answers": ("digital_signature",),
        }[kind]
        found: list[tuple[x509.ExtensionType, bool]] = [
            (x509.BasicConstraints(kind == "authority", None), True),
            (x509.KeyUsage(**{use: use in uses for use in USES}), True),
        ]
        if kind in SPECIAL:
            found.append((x509.ExtendedKeyUsage([SPECIAL[kind]]), True))
        return [*found, *self._addresses()]

    def _addresses(self) -> list[tuple[x509.ExtensionType, bool]]:
        """Where it is said what was revoked: in lists, in their changes, by OCSP."""
        found: list[tuple[x509.ExtensionType, bool]] = []
        places = ((self.lists, x509.CRLDistributionPoints), (self.changes, x509.FreshestCRL))
        for place, extension in places:
            if place and self.issuer is not self:
                address = f"{place}/{self.issuer.common.replace(' ', '-')}.crl"
                full = [x509.UniformResourceIdentifier(address)]
                found.append((extension([x509.DistributionPoint(full, None, None, None)]), False))
        if self.asks:
            asks = x509.UniformResourceIdentifier(self.asks)
            access = x509.AccessDescription(AuthorityInformationAccessOID.OCSP, asks)
            found.append((x509.AuthorityInformationAccess([access]), False))
        return found

    @property
    def der(self) -> asn1_x509.Certificate:
        return asn1_x509.Certificate.load(self.certificate())

    @property
    def pem(self) -> bytes:
        return self.signed.public_bytes(Encoding.PEM)

    def certificate(self) -> bytes:
        return self.signed.public_bytes(Encoding.DER)

    def chain(self) -> list[bytes]:
        """The issuers up to the root, which is left out."""
        above = self.issuer
        return [] if above.issuer is above else [above.certificate(), *above.chain()]

    def sign(self, data: bytes, algorithm: str) -> bytes:
        digest = getattr(hashes, algorithm.upper())()
        if isinstance(self.key, ec.EllipticCurvePrivateKey):
            return self.key.sign(data, ec.ECDSA(digest))
        return self.key.sign(data, padding.PKCS1v15(), digest)

    def revocations(
        self,
        *revoked: "Entity",
        at: datetime = NOW - DAY,
        since: datetime = NOW - DAY,
        reason: str = "unspecified",
    ) -> Any:
        """The revocation list of this authority: fresh for 90 days and one."""
        builder = x509.CertificateRevocationListBuilder(name(self.common), since, since + 91 * DAY)
        for entity in revoked:
            entry = x509.RevokedCertificateBuilder(entity.signed.serial_number, at)
            why = x509.CRLReason(x509.ReasonFlags[reason])
            entry = entry.add_extension(why, critical=False)
            builder = builder.add_revoked_certificate(entry.build())
        signed = builder.sign(self.key, hashes.SHA256())
        return asn1_crl.CertificateList.load(signed.public_bytes(Encoding.DER))

    def answer(
        self, about: "Entity", revoked: datetime | None = None, named: "Entity | None" = None
    ) -> Any:
        """By OCSP, of yesterday: good, or revoked since then. `named` is whose key it names."""
        word = ocsp.OCSPCertStatus.REVOKED if revoked else ocsp.OCSPCertStatus.GOOD
        builder = ocsp.OCSPResponseBuilder().add_response(
            cert=about.signed,
            issuer=(named or about.issuer).signed,
            algorithm=hashes.SHA1(),  # noqa: S303 - as responders name certificates
            cert_status=word,
            this_update=NOW - DAY,
            next_update=NOW + 6 * DAY,
            revocation_time=revoked,
            revocation_reason=None,
        )
        builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, self.signed)
        signed = builder.sign(self.key, hashes.SHA256())
        return asn1_ocsp.OCSPResponse.load(signed.public_bytes(Encoding.DER))


class HeldStamper(DummyTimeStamper):
    """pyHanko's own test authority, with a key that stays loaded."""

    def __init__(self, entity: Entity, fixed_dt: datetime | None = None) -> None:
        super().__init__(tsa_cert=entity.der, tsa_key=None, fixed_dt=fixed_dt)
        self._held = entity

    def _sign_tst_info(self, tst_info_data: bytes, md_algorithm: str, dt: datetime) -> Any:
        digest = hashes.Hash(hashes.SHA256())
        digest.update(tst_info_data)
        certificate = general.as_signing_certificate_v2(self.tsa_cert)
        attributes = cms.CMSAttributes(
            [
                simple_cms_attribute("content_type", "tst_info"),
                simple_cms_attribute("signing_time", cms.Time({"utc_time": core.UTCTime(dt)})),
                simple_cms_attribute("signing_certificate_v2", certificate),
                simple_cms_attribute("message_digest", digest.finalize()),
            ]
        )
        return self._held.sign(attributes.dump(), "sha256"), attributes


class Lab:
    """A root, an issuer, two seals under it, and an authority for time."""

    def __init__(self) -> None:
        self.root = Entity("Lab Root", kind="authority", until=NOW + 40 * YEAR)
        self.issuer = Entity("Lab Issuing", self.root, kind="authority", until=NOW + 30 * YEAR)
        self.tsa = Entity("Lab Time", self.root, kind="stamps", rsa_key=True, until=NOW + 15 * YEAR)
        self.seal = Entity("Eksempel AS seal", self.issuer, until=NOW + 2 * YEAR)
        self.seal_rsa = Entity("Eksempel RSA", self.issuer, rsa_key=True, until=NOW + 2 * YEAR)
        self.stamper = HeldStamper(self.tsa)
        self.lists = [self.root.revocations(), self.issuer.revocations()]

    def context(self, lists: list[Any] | None = None) -> ValidationContext:
        """What a signer asks that puts revocation data into the file."""
        return ValidationContext(
            trust_roots=[self.root.der],
            other_certs=[self.issuer.der],
            allow_fetching=False,
            revocation_mode="hard-fail",
            crls=self.lists if lists is None else lists,
        )


def name(common: str) -> x509.Name:
    """Ours are alike but for the common name."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "NO"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Lab"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _curve() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def _key(bits: int) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)
