"""Time-stamp authorities, RFC 3161: asked over HTTP, and what they answered judged.

Importing it imports pyHanko, which takes half a second: not before a time-stamp is wanted.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from asn1crypto import cms, tsp, x509
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko.sign.validation.status import TimestampSignatureStatus
from pyhanko_certvalidator import ValidationContext

from wagtail_contracts.wire.calls import Refused, Rules, Undelivered, call

ALGORITHM = "sha256"
ASKS, ANSWERS = "application/timestamp-query", "application/timestamp-reply"  # RFC 3161, 3.4


class NoTime(ValueError):
    """There is no time-stamp, or it proves nothing."""


class Authority(TimeStamper):
    """Asks one authority, of which `url` is the address; `headers` may hold a licence.

    http is as good as https: what is answered is signed, and judged by the roots before anybody
    gets it. It is called where any call may go.
    """

    def __init__(
        self,
        url: str,
        roots: Sequence[x509.Certificate],
        rules: Rules,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__()
        self.url, self.roots = url, roots
        self.rules = replace(rules, schemes=("http", "https"), ports=(80, *rules.ports))
        self.headers = {**(headers or {}), "Content-Type": ASKS, "Accept": ANSWERS}

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """The answer. Raises TimestampRequestError."""
        try:
            answer = call(self.url, req.dump(), self.headers, self.rules)
            if not answer.taken:
                raise TimestampRequestError(f"the time-stamp authority answered {answer.code}")
            response = tsp.TimeStampResp.load(answer.start, strict=True)
            response["status"]["status"].native  # noqa: B018 - parses
        except (Refused, Undelivered, ValueError, TypeError) as error:
            words = f"no answer from the time-stamp authority: {error}"
            raise TimestampRequestError(words) from error
        return response

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """A token that proves that the digest existed. Raises TimestampRequestError."""
        token = await super().async_timestamp(message_digest, md_algorithm)
        try:
            await _judged(token.dump(), message_digest, self.roots, datetime.now(UTC))
        except NoTime as error:
            raise TimestampRequestError(str(error)) from error
        return token

    def stamp(self, data: bytes) -> bytes:
        """A token over the SHA-256 of the data, DER. Raises NoTime."""
        try:
            asked = self.async_timestamp(hashlib.sha256(data).digest(), ALGORITHM)
            return bytes(asyncio.run(asked).dump())
        except TimestampRequestError as error:
            raise NoTime(str(error)) from error


def proved(
    token: bytes, data: bytes, roots: Sequence[x509.Certificate], *, at: datetime
) -> datetime:
    """When, as the authority says, the data existed; its certificate is judged as of `at`.

    Raises NoTime: over other data, damaged, or by nobody whom the roots vouch for.
    """
    return asyncio.run(_judged(token, hashlib.sha256(data).digest(), roots, at))


async def _judged(
    token: bytes, digest: bytes, roots: Sequence[x509.Certificate], at: datetime
) -> datetime:
    context = ValidationContext(list(roots), moment=at, allow_fetching=False)
    try:
        signed = cms.ContentInfo.load(token, strict=True)["content"]
        found = await validate_tst_signed_data(signed, context, lambda algorithm: digest)
        status = TimestampSignatureStatus(**found)
    except Exception as error:  # whatever three libraries raise over what is no token
        raise NoTime(f"no time-stamp: {error}") from error
    if not (status.intact and status.valid):
        raise NoTime("a time-stamp over other data, or a damaged one")
    if not status.trusted:
        raise NoTime("a time-stamp by an authority that is not known, or whose certificate is over")
    moment: datetime = status.timestamp
    return moment
