"""Time-stamp tokens, RFC 3161, judged offline: no network, no settings, no clock.

Importing it imports pyHanko, which takes half a second: not before a time-stamp is at hand.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from asn1crypto import cms, x509
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko.sign.validation.status import SignatureStatus, TimestampSignatureStatus
from pyhanko_certvalidator import ValidationContext

from wagtail_contracts import algorithms
from wagtail_contracts.wire import container

DRIFT = timedelta(hours=1)  # between two clocks, an authority's or ours: beyond, one is wrong
ALONE = (True, ["time_stamping"])  # what a certificate is for, critically


class NoTime(ValueError):
    """There is no time-stamp, or it proves nothing."""


@dataclass(frozen=True)
class Proved:
    """That data existed at `at`. The proof ends at `until`, unless it is proved anew before.

    `until` is when the first certificate of its chain is over, `algorithms` are what it stands on.
    """

    at: datetime
    until: datetime
    algorithms: frozenset[str]

    def ends(self, earlier: Mapping[str, date]) -> datetime:
        """The same, with the days on which algorithms retire."""
        retired = algorithms.first(self.algorithms, earlier)
        return min(self.until, retired.at) if retired else self.until


def proved(
    token: bytes, data: bytes, roots: Sequence[x509.Certificate], *, at: datetime
) -> datetime:
    """When, as the authority says, the data existed; its certificate is judged as of `at`.

    Raises NoTime: over other data, damaged, or by nobody whom the roots vouch for.
    """
    return looked_at(token, data, roots, at=at).at


def looked_at(
    token: bytes, data: bytes, roots: Sequence[x509.Certificate], *, at: datetime
) -> Proved:
    """The same, with what it stands on. Raises NoTime."""
    return asyncio.run(judged(token, hashlib.sha256(data).digest(), roots, at))


async def judged(
    token: bytes, digest: bytes, roots: Sequence[x509.Certificate], at: datetime
) -> Proved:
    """What a token over this SHA-256 proves, as of a moment. Raises NoTime."""
    context = ValidationContext(list(roots), moment=at, allow_fetching=False)
    try:
        signed = cms.ContentInfo.load(token, strict=True)["content"]
        found = await validate_tst_signed_data(signed, context, lambda algorithm: digest)
        status = TimestampSignatureStatus(**found)
    except Exception as error:  # whatever three libraries raise over what is no token
        raise NoTime(f"no time-stamp: {str(error) or type(error).__name__}") from error
    if not (status.intact and status.valid):
        raise NoTime("a time-stamp over other data, or a damaged one")
    if not status.trusted:
        raise NoTime("a time-stamp by an authority that is not known, or whose certificate is over")
    if not is_for_time(status.signing_cert):
        raise NoTime("a time-stamp by a certificate that is not for time-stamps alone")
    return Proved(status.timestamp, ends(status), names(status))


def insist_on_form(token: bytes, roots: Sequence[x509.Certificate]) -> None:
    """Raise NoTime unless the token has the one form that is judged, in a file and beside it.

    Each certificate that comes with it has an issuer, among them or the roots.
    """
    try:
        closed = container.inspect(token, roots)
    except Exception as error:  # whatever libraries raise over certificates that are none
        raise NoTime(f"a time-stamp with more around it than belongs there: {error}") from error
    if not closed:
        raise NoTime("a time-stamp that brings a certificate whose issuer is no root here")


def is_for_time(certificate: x509.Certificate) -> bool:
    """Whether it is an authority's for time, RFC 3161, section 2.3.

    Its extended key usage stands there once, is critical, and names time-stamping alone.
    """
    extensions = certificate["tbs_certificate"]["extensions"]
    uses = [one for one in extensions if one["extn_id"].native == "extended_key_usage"]
    return [(one["critical"].native, one["extn_value"].native) for one in uses] == [ALONE]


def ends(status: SignatureStatus) -> datetime:
    """When the first certificate of its chain is over; the root isn't asked."""
    path = status.validation_path
    above = [] if path is None else list(path.iter_certs(include_root=False))
    return min(item.not_valid_after for item in (status.signing_cert, *above))


def names(status: SignatureStatus) -> frozenset[str]:
    """What a signature stands on: keys and digests of it and of the chain below its root."""
    return frozenset(_names(status))


def _names(status: SignatureStatus) -> Iterator[str]:
    path = status.validation_path
    chain = [status.signing_cert] if path is None else list(path.iter_certs(include_root=False))
    yield status.md_algorithm
    for certificate in chain:
        key = certificate.public_key
        yield f"{key.algorithm.removesuffix('ssa_pss')}-{key.bit_size}"
        yield certificate["signature_algorithm"].hash_algo
