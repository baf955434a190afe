"""The container of a signature or time-stamp: what no signature covers has one form alone.

A CMS leaves parts of itself unsigned: versions, algorithm lists, the signer identifier, framing.
So the CMS is rebuilt from its verified parts by the rules of RFC 5652 and DER, and compared with
what is there.
"""

from collections.abc import Sequence

from asn1crypto import algos, cms, core
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature

SIGNED_DATA = cms.ContentType("signed_data").dump()
STAMP = "signature_time_stamp_token"


class Damaged(ValueError):
    """The container is not the one that a signer wrote."""


def inspect(der: bytes, anchors: Sequence[asn1_x509.Certificate]) -> bool:
    """Raise Damaged unless the CMS and its timestamp are canonical.

    True when every certificate has a known issuer.
    """
    check_der(der)
    content = cms.ContentInfo.load(der, strict=True)
    signed, signer = content["content"], content["content"]["signer_infos"][0]
    stamp = signed["encap_content_info"]["content_type"].native == "tst_info"
    if _rebuilt(signed, signer, ("sha256", "sha384", "sha512") if stamp else ("sha256",)) != der:
        raise Damaged("container is not canonical")
    certificates = [item.chosen for item in signed["certificates"]]
    if not stamp:
        _no_stranger(certificates, _owner(signer, certificates))
    closed = _closed(certificates, anchors)
    for token in _tokens(signer):
        if stamp:
            raise Damaged("timestamp of a timestamp")
        closed &= inspect(token.dump(), anchors)
    return closed


def _rebuilt(signed: cms.SignedData, signer: cms.SignerInfo, digests: Sequence[str]) -> bytes:
    """The one DER form of these parts (RFC 5652 section 5.1 for the versions)."""
    encapsulated, certificates = (
        signed["encap_content_info"],
        [item.chosen for item in signed["certificates"]],
    )
    kind = encapsulated["content_type"]
    digest = _algorithm(signer["digest_algorithm"], digests)
    parts = [
        _number(1 if kind.native == "data" else 3),
        _tlv(0x31, digest),
        _tlv(0x30, kind.dump(), _content(encapsulated)),
        _tlv(0xA0, *map(_certificate, certificates)),
        _tlv(0x31, _signer(signer, digest, _owner(signer, certificates))),
    ]
    return _tlv(0x30, SIGNED_DATA, _tlv(0xA0, _tlv(0x30, *parts)))


def _signer(signer: cms.SignerInfo, digest: bytes, owner: asn1_x509.Certificate) -> bytes:
    identifier = _tlv(
        0x30,
        owner["tbs_certificate"]["issuer"].dump(),
        owner["tbs_certificate"]["serial_number"].dump(),
    )
    unsigned = signer["unsigned_attrs"]
    return _tlv(
        0x30,
        _number(1),
        identifier,
        digest,
        _tlv(0xA0, signer["signed_attrs"].contents),
        _signature_algorithm(signer["signature_algorithm"]),
        _tlv(0x04, signer["signature"].native),
        _tlv(0xA1, unsigned.contents) if not isinstance(unsigned, core.Void) else b"",
    )


def _owner(
    signer: cms.SignerInfo, certificates: list[asn1_x509.Certificate]
) -> asn1_x509.Certificate:
    serial = signer["sid"].chosen["serial_number"].native
    owners = [item for item in certificates if item.serial_number == serial]
    if len(owners) != 1:
        raise Damaged("signer identifier")
    return owners[0]


def _content(encapsulated: cms.EncapsulatedContentInfo) -> bytes:
    content = encapsulated["content"]
    return b"" if isinstance(content, core.Void) else _tlv(0xA0, _tlv(0x04, bytes(content)))


def _certificate(certificate: asn1_x509.Certificate) -> bytes:
    inner = certificate["tbs_certificate"]
    return _tlv(
        0x30, inner.dump(), inner["signature"].dump(), _tlv(0x03, b"\0" + certificate.signature)
    )


def _algorithm(algorithm: algos.DigestAlgorithm, allowed: Sequence[str]) -> bytes:
    name = algorithm["algorithm"]
    if name.native not in allowed:
        raise Damaged("digest algorithm")
    plain, with_null = _tlv(0x30, name.dump()), _tlv(0x30, name.dump(), b"\x05\x00")
    return plain if algorithm.dump() == plain else with_null


def _signature_algorithm(algorithm: algos.SignedDigestAlgorithm) -> bytes:
    name = algorithm["algorithm"]
    if name.native == "rsassa_pss":
        return algos.SignedDigestAlgorithm.load(algorithm.dump()).dump(force=True)
    return (
        _tlv(0x30, name.dump())
        if name.native.endswith("ecdsa")
        else _tlv(0x30, name.dump(), b"\x05\x00")
    )


def _tokens(signer: cms.SignerInfo) -> list[cms.ContentInfo]:
    """The signature timestamp, the only unsigned attribute that may be there."""
    unsigned = signer["unsigned_attrs"]
    if isinstance(unsigned, core.Void):
        return []
    if len(unsigned) != 1 or unsigned[0]["type"].native != STAMP or len(unsigned[0]["values"]) != 1:
        raise Damaged("unsigned attributes")
    return [unsigned[0]["values"][0]]


def _no_stranger(certificates: list[asn1_x509.Certificate], owner: asn1_x509.Certificate) -> None:
    """The signer's certificate and those above it, each once: no signature covers this list.

    Authorities for time put in more than they need.
    """
    pool = [x509.load_der_x509_certificate(item.dump()) for item in certificates]
    for item in pool:
        above = any(_issued(other, item) for other in pool if other is not item)
        if pool.count(item) > 1 or not (above or item.serial_number == owner.serial_number):
            raise Damaged("a certificate that belongs to nothing")


def _closed(
    certificates: list[asn1_x509.Certificate], anchors: Sequence[asn1_x509.Certificate]
) -> bool:
    """Tell whether every certificate verifies under an issuer among them or the anchors.

    If its issuer stands beside it and the signature is wrong, that is damage; a look-alike of a
    root we know is not.
    """
    pool = [x509.load_der_x509_certificate(item.dump()) for item in certificates]
    roots = [x509.load_der_x509_certificate(item.dump()) for item in anchors]
    closed = True
    for certificate in pool:
        if any(_issued(certificate, issuer) for issuer in (*pool, *roots)):
            continue
        if any(issuer.subject == certificate.issuer for issuer in pool):
            raise Damaged("a certificate's signature is wrong")
        closed = False
    return closed


def _issued(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def check_der(data: bytes) -> None:
    """Refuse lengths, booleans, integers and nulls that aren't in their one DER form, at any depth.

    Source: X.690, sections 10 and 11.
    """
    waiting = [(0, len(data))]
    while waiting:
        start, end = waiting.pop()
        while start < end:
            tag = data[start]
            content, following = element(data, start, end)
            if tag & 0x20:
                waiting.append((content, following))
            elif tag in _EXACT and not _EXACT[tag](data[content:following]):
                raise Damaged("not DER")
            start = following


_EXACT = {
    0x01: lambda value: value in (b"\x00", b"\xff"),
    0x02: lambda value: (
        value and (len(value) == 1 or value[0] not in (0x00, 0xFF) or (value[0] ^ value[1]) & 0x80)
    ),
    0x05: lambda value: not value,
}


def element(data: bytes, start: int, end: int) -> tuple[int, int]:
    """Where the content of the element at `start` begins and where the next element would."""
    if end - start < 2 or data[start] & 0x1F == 0x1F:
        raise Damaged("not DER")
    first, content = data[start + 1], start + 2
    if first >= 0x80:
        size = first & 0x7F
        length = int.from_bytes(data[content : content + size])
        if not 1 <= size <= 4 or length < 0x80 or data[content] == 0:
            raise Damaged("not DER")
        first, content = length, content + size
    if content + first > end:
        raise Damaged("not DER")
    return content, content + first


def _tlv(tag: int, *parts: bytes) -> bytes:
    body = b"".join(parts)
    if len(body) < 0x80:
        return bytes((tag, len(body))) + body
    length = len(body).to_bytes((len(body).bit_length() + 7) // 8)
    return bytes((tag, 0x80 | len(length))) + length + body


def _number(value: int) -> bytes:
    return bytes((0x02, 0x01, value))
