"""The parts of a person's signature (CMS): what is to be signed, and the whole put together.

Detached over the bytes that a digest names. RFC 5652, RFC 5035; ETSI EN 319 122-1, baseline B.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from asn1crypto import algos, cms, core, ocsp, tsp, x509

OCSP_IN_CMS = "1.3.6.1.5.5.7.16.2"  # RFC 5940


def attributes(digest: str, certificate: bytes, at: datetime) -> bytes:
    """The signed attributes, as the set that is hashed and signed (RFC 5652, 5.4)."""
    named = tsp.ESSCertIDv2({"cert_hash": hashlib.sha256(certificate).digest()})
    found = [
        _attribute("content_type", cms.ContentType("data")),
        _attribute("message_digest", core.OctetString(bytes.fromhex(digest))),
        _attribute("signing_time", cms.Time({"utc_time": core.UTCTime(at)})),
        _attribute("signing_certificate_v2", tsp.SigningCertificateV2({"certs": [named]})),
    ]
    return bytes(cms.CMSAttributes(found).dump())


def assemble(
    signed: bytes,
    signature: bytes,
    chain: Sequence[bytes],
    *,
    lists: Sequence[bytes] = (),
    answers: Sequence[bytes] = (),
) -> bytes:
    """The CMS: attributes as signed, the signature over them, the signer's certificate first.

    `lists` are revocation lists, `answers` those of OCSP responders; all DER.
    """
    certificates = [x509.Certificate.load(item) for item in chain]
    digest = algos.DigestAlgorithm({"algorithm": "sha256"})
    content = cms.SignedData(
        {
            "version": "v5" if answers else "v1",  # RFC 5652, 5.1
            "digest_algorithms": [digest],
            "encap_content_info": {"content_type": "data"},
            "certificates": certificates,
            "crls": [*map(_list, lists), *map(_answer, answers)],
            "signer_infos": [_signer(certificates[0], digest, signed, signature)],
        }
    )
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": content}).dump())


def _signer(
    owner: x509.Certificate, digest: algos.DigestAlgorithm, signed: bytes, signature: bytes
) -> cms.SignerInfo:
    identifier = {"issuer": owner.issuer, "serial_number": owner.serial_number}
    kind = "sha256_ecdsa" if owner.public_key.algorithm == "ec" else "sha256_rsa"
    return cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier({"issuer_and_serial_number": identifier}),
            "digest_algorithm": digest,
            "signed_attrs": cms.CMSAttributes.load(signed),
            "signature_algorithm": {"algorithm": kind},
            "signature": signature,
        }
    )


def _attribute(kind: str, value: core.Asn1Value) -> cms.CMSAttribute:
    return cms.CMSAttribute({"type": kind, "values": [value]})


def _list(der: bytes) -> cms.RevocationInfoChoice:
    return cms.RevocationInfoChoice({"crl": cms.CertificateList.load(der)})


def _answer(der: bytes) -> cms.RevocationInfoChoice:
    other = {"other_rev_info_format": OCSP_IN_CMS, "other_rev_info": ocsp.OCSPResponse.load(der)}
    return cms.RevocationInfoChoice({"other": cms.OtherRevocationInfoFormat(other)})
