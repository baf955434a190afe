"""Who says whether a certificate was revoked: its issuer, asked by OCSP, or for the list.

RFC 6960, RFC 5280. The addresses stand in certificates that lead to a root of the settings, and
are http as a rule: what is answered is signed. They may lead where any call may (S-30). An answer
on another certificate, by somebody else, or stale, is none: the next address is asked.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from asn1crypto import crl, ocsp, x509
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.authority import AuthorityWithCert
from pyhanko_certvalidator.errors import PathError, RevokedError, ValidationError
from pyhanko_certvalidator.fetchers.common_utils import format_ocsp_request
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)

from wagtail_contracts.wire.calls import Refused, Rules, Undelivered, call

Chain = Sequence[x509.Certificate]
log = logging.getLogger("wagtail_contracts.sealing")
MOST = 8 << 20  # bytes of a revocation list
LONGEST = 8  # certificates of a chain
# Of each certificate by itself: what is said of its issuers is asked when it is their turn.
ITSELF = CertRevTrustPolicy(
    RevocationCheckingPolicy(
        RevocationCheckingRule.CRL_OR_OCSP_REQUIRED, RevocationCheckingRule.NO_CHECK
    )
)


@dataclass(frozen=True)
class Revocations:
    """What was said: revocation lists and answers, DER; and of how many nobody said anything.

    A certificate without an address to ask at isn't among those.
    """

    lists: tuple[bytes, ...] = ()
    answers: tuple[bytes, ...] = ()
    silent: int = 0


def asked(chain: Chain, rules: Rules) -> Revocations:
    """What can be learnt about each certificate of a chain up to its root; silence is no answer."""
    plain = replace(rules, schemes=("http", "https"), ports=(80, *rules.ports), most=MOST)
    lists, answers, silent = [], [], 0
    for place in range(min(len(chain) - 1, LONGEST)):
        above = chain[place:]
        if answer := next(_answers(above, plain), None):
            answers.append(answer)
        elif found := next(_lists(above, plain), None):
            lists.append(found)
        else:
            silent += bool(above[0].ocsp_urls or above[0].crl_distribution_points)
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


def _answers(chain: Chain, rules: Rules) -> Iterator[bytes]:
    headers = {"Content-Type": "application/ocsp-request"}
    for url in chain[0].ocsp_urls:
        said = _called(url, question(chain[0], chain[1]), headers, rules, "POST")
        if _parsed(ocsp.OCSPResponse, said).get("response_status") != "successful":
            _tell(chain, url, _no(said))
        elif fault := _fault(chain, ocsps=[said]):
            _tell(chain, url, fault)
        else:
            yield said


def _lists(chain: Chain, rules: Rules) -> Iterator[bytes]:
    for url in [point.url for point in chain[0].crl_distribution_points if point.url]:
        said = _called(url, b"", {}, rules, "GET")
        if not _parsed(crl.CertificateList, said):
            _tell(chain, url, _no(said))
        elif fault := _fault(chain, crls=[said]):
            _tell(chain, url, fault)
        else:
            yield said


def _fault(chain: Chain, *, crls: Sequence[bytes] = (), ocsps: Sequence[bytes] = ()) -> str:
    """Why this says nothing of the first certificate now; empty where it does, and be it a no."""
    context = ValidationContext(
        [chain[-1]],
        other_certs=chain,
        allow_fetching=False,
        revinfo_policy=ITSELF,
        crls=crls,
        ocsps=ocsps,
    )
    try:
        validator = CertificateValidator(chain[0], validation_context=context)
        asyncio.run(validator.async_validate_usage(set()))
    except RevokedError:
        return ""
    except (PathError, ValidationError) as error:
        return str(error)
    return ""


def _no(said: bytes) -> str:
    return "what it answered is no answer" if said else "it did not answer"


def _tell(chain: Chain, url: str, fault: str) -> None:
    named = chain[0].subject.native.get("common_name")
    log.warning("%s says nothing of whether “%s” was revoked: %s", url, named, fault)


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
