"""Time-stamp authorities, RFC 3161: asked over HTTP, and what they answered judged at once.

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

from wagtail_contracts.wire.calls import Refused, Rules, Undelivered, call
from wagtail_contracts.wire.tokens import NoTime, judged, proved

__all__ = ["ALGORITHM", "Authority", "NoTime", "proved"]

ALGORITHM = "sha256"
ASKS, ANSWERS = "application/timestamp-query", "application/timestamp-reply"  # RFC 3161, 3.4


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
            await judged(token.dump(), message_digest, self.roots, datetime.now(UTC))
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
