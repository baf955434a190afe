"""Time-stamp authorities, RFC 3161: asked over HTTP, and what they answered judged at once.

Importing it imports pyHanko, which takes half a second: not before a time-stamp is wanted.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from asn1crypto import cms, core, tsp, x509
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError

from wagtail_contracts.wire.calls import Refused, Rules, Undelivered, call
from wagtail_contracts.wire.tokens import DRIFT, NoTime, insist_on_form, judged, proved

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
            _insist_on_nonce(req, response)
        except (Refused, Undelivered) as error:
            words = f"the time-stamp authority did not answer: {error}"
            raise TimestampRequestError(words) from error
        except (ValueError, TypeError) as error:
            words = f"the time-stamp authority answered what is no answer: {error}"
            raise TimestampRequestError(words) from error
        return response

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """A token that proves that the digest existed. Raises TimestampRequestError.

        One that no judge takes proves nothing later, so nobody gets it.
        """
        try:
            token = await super().async_timestamp(message_digest, md_algorithm)
        except TimestampRequestError:
            raise
        except Exception as error:  # whatever pyHanko raises over an answer that is none
            raise TimestampRequestError(f"an answer that makes no sense: {error}") from error
        now = datetime.now(UTC)
        try:
            found = await judged(token.dump(), message_digest, self.roots, now)
            insist_on_form(token.dump(), self.roots)
        except NoTime as error:
            raise TimestampRequestError(str(error)) from error
        if abs(found.at - now) > DRIFT:
            words = f"a time-stamp of {found.at:%Y-%m-%d %H:%M}, when it is {now:%Y-%m-%d %H:%M}"
            raise TimestampRequestError(words)
        return token

    def stamp(self, data: bytes) -> bytes:
        """A token over the SHA-256 of the data, DER. Raises NoTime."""
        try:
            asked = self.async_timestamp(hashlib.sha256(data).digest(), ALGORITHM)
            return bytes(asyncio.run(asked).dump())
        except TimestampRequestError as error:
            raise NoTime(str(error)) from error


def _insist_on_nonce(asked: tsp.TimeStampReq, answered: tsp.TimeStampResp) -> None:
    """Raises TimestampRequestError where it answers another question: an old answer, say."""
    token = answered["time_stamp_token"]
    if isinstance(token, core.Void):  # a refusal; `native` would make each later dump take 0.1 s
        return
    info = token["content"]["encap_content_info"]["content"].parsed
    if info["nonce"].native != asked["nonce"].native:
        raise TimestampRequestError("an answer to another question: it has another nonce")
