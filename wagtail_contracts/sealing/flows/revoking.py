"""Who says whether a certificate was revoked: its issuer, asked by OCSP, or for the list.

RFC 6960, RFC 5280. The addresses stand in certificates that lead to a root of the settings, and
are http as a rule: what is answered is signed. They may lead where any call may (S-30).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from asn1crypto import crl, ocsp, x509
from pyhanko_certvalidator.authority import AuthorityWithCert
from pyhanko_certvalidator.fetchers.common_utils import format_ocsp_request

from wagtail_contracts.wire.calls import Refused, Rules, Undelivered, call

MOST = 8 << 20  # bytes of a revocation list
LONGEST = 8  # certificates of a chain


@dataclass(frozen=True)
class Revocations:
    """What was said: revocation lists and answers, DER; and of how many nobody said anything.

    A certificate without an address to ask at isn't among those.
    """

    lists: tuple[bytes, ...] = ()
    answers: tuple[bytes, ...] = ()
    silent: int = 0


def asked(chain: Sequence[x509.Certificate], rules: Rules) -> Revocations:
    """What can be learnt about each certificate of a chain up to its root; silence is no answer."""
    plain = replace(rules, schemes=("http", "https"), ports=(80, *rules.ports), most=MOST)
    lists, answers, silent = [], [], 0
    for certificate, issuer in islice(pairwise(chain), LONGEST):
        if answer := next(_answers(certificate, issuer, plain), None):
            answers.append(answer)
        elif found := next(_lists(certificate, plain), None):
            lists.append(found)
        else:
            silent += bool(certificate.ocsp_urls or certificate.crl_distribution_points)
    return Revocations(tuple(dict.fromkeys(lists)), tuple(answers), silent)


def question(certificate: x509.Certificate, issuer: x509.Certificate) -> bytes:
    """What a responder is asked about a certificate."""
    request = format_ocsp_request(
        certificate,
        AuthorityWithCert(issuer),
        certid_hash_algo="sha1",  # the one that RFC 5019 wants of all responders
        request_nonces=False,
    )
    return bytes(request.dump())


def _answers(
    certificate: x509.Certificate, issuer: x509.Certificate, rules: Rules
) -> Iterator[bytes]:
    headers = {"Content-Type": "application/ocsp-request"}
    for url in certificate.ocsp_urls:
        said = _called(url, question(certificate, issuer), headers, rules, "POST")
        if _parsed(ocsp.OCSPResponse, said).get("response_status") == "successful":
            yield said


def _lists(certificate: x509.Certificate, rules: Rules) -> Iterator[bytes]:
    for point in certificate.crl_distribution_points:
        said = _called(point.url, b"", {}, rules, "GET") if point.url else b""
        if _parsed(crl.CertificateList, said):
            yield said


def _called(url: str, body: bytes, headers: dict[str, str], rules: Rules, method: str) -> bytes:
    try:
        answer = call(url, body, headers, rules, method=method)
    except (Refused, Undelivered):
        return b""
    return answer.start if answer.taken else b""


def _parsed(kind: type[crl.CertificateList | ocsp.OCSPResponse], said: bytes) -> dict[str, object]:
    """Its parts; nothing where it is cut off or something else."""
    try:
        return dict(kind.load(said, strict=True).native)
    except (ValueError, TypeError):
        return {}
