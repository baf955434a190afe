"""What issuers say against the certificates of a path, read without a validator.

A validator tries path after path, and of those that fail it tells one reason. Whoever adds
certificates to a file adds such paths, so the word "revoked" may be lost among them.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from typing import Any, NamedTuple

from asn1crypto import core, crl, keys, ocsp, x509
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.revinfo.validate_crl import find_cert_in_list
from pyhanko_certvalidator.sig_validate import DefaultSignatureValidator

from wagtail_contracts.sealing.core.judging.revocation import Store

HOLD, LIFTED = "certificate_hold", "remove_from_crl"


class _Word(NamedTuple):
    """That a certificate was revoked. `until` is when the next list or answer was due, if ever."""

    at: datetime
    reason: str | None
    until: datetime | None

    def holds(self, moment: datetime) -> bool:
        """Whether it was revoked at that moment. A hold may be lifted: it counts while fresh."""
        over = self.reason == HOLD and self.until is not None and self.until < moment
        return self.at <= moment and self.reason != LIFTED and not over


def is_revoked(path: ValidationPath, store: Store, moment: datetime) -> bool:
    """Whether a certificate of the path was revoked by then, says its issuer on that path.

    Revocation lists (RFC 5280, 5) and OCSP answers (RFC 6960, 4.2) count, fresh or not. `path` is
    one that holds.
    """
    chain = list(path.iter_certs(include_root=True))  # the root first
    return any(
        word.holds(moment)
        for issuer, certificate in pairwise(chain)
        for word in _words(store, issuer, certificate)
    )


def _words(store: Store, issuer: x509.Certificate, whose: x509.Certificate) -> Iterator[_Word]:
    for listed in store.lists:
        yield from _listed(listed, issuer, whose)
    for answer in store.answers:
        if answer["response_status"].native == "successful":
            yield from _answered(answer.basic_ocsp_response, store, issuer, whose)


def _listed(
    listed: crl.CertificateList, issuer: x509.Certificate, whose: x509.Certificate
) -> Iterator[_Word]:
    body = listed["tbs_cert_list"]
    if listed.issuer != issuer.subject or not _signed(
        body, listed["signature"], listed, issuer.public_key
    ):
        return
    try:
        at, reason = find_cert_in_list(whose, whose.issuer, listed, issuer.subject)
    except NotImplementedError:
        # By this pyHanko tells an entry with something critical that it doesn't know: such a list
        # must not be used (RFC 5280, 5.3). The issuer alone can make one, for it is signed.
        return
    if at is not None:
        yield _Word(at, reason.native, body["next_update"].native)


def _answered(
    answer: ocsp.BasicOCSPResponse,
    store: Store,
    issuer: x509.Certificate,
    whose: x509.Certificate,
) -> Iterator[_Word]:
    body = answer["tbs_response_data"]
    found = [
        _Word(
            one["cert_status"].chosen["revocation_time"].native,
            one["cert_status"].chosen["revocation_reason"].native,
            one["next_update"].native,
        )
        for one in body["responses"]
        if one["cert_status"].name == "revoked" and _is_about(one["cert_id"], issuer, whose)
    ]
    if found and any(
        _signed(body, answer["signature"], answer, one.public_key)
        for one in _responders(answer, store, issuer)
    ):
        yield from found


def _is_about(named: ocsp.CertId, issuer: x509.Certificate, whose: x509.Certificate) -> bool:
    algorithm = named["hash_algorithm"]["algorithm"].native
    key = getattr(issuer.public_key, algorithm, None)
    return bool(
        named["serial_number"].native == whose.serial_number
        and named["issuer_key_hash"].native == key
    )


def _responders(
    answer: ocsp.BasicOCSPResponse, store: Store, issuer: x509.Certificate
) -> Iterator[x509.Certificate]:
    """The issuer, and those to whom it delegates (RFC 6960, 4.2.2.2)."""
    yield issuer
    inside = answer["certs"]
    for one in (*([] if isinstance(inside, core.Void) else inside), *store.certificates):
        uses = one.extended_key_usage_value
        if (
            uses is not None
            and "ocsp_signing" in uses.native
            and one.issuer == issuer.subject
            and _signed(one["tbs_certificate"], one["signature_value"], one, issuer.public_key)
        ):
            yield one


def _signed(body: Any, signature: Any, whole: Any, key: keys.PublicKeyInfo) -> bool:
    try:
        DefaultSignatureValidator().validate_signature(
            signature.native, body.dump(), key, whole["signature_algorithm"]
        )
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - an algorithm that does not fit the key raises all kinds
        return False
    return True
