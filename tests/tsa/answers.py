"""What an authority and its issuers can say: the truth, and lies by name."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from asn1crypto import cms, tsp
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from tests.unit.sealing.pki import DAY, Entity, HeldStamper

DRIP = 0.5  # seconds between two bytes
SERVES = 10 * DAY  # how long an answer on revocation is fresh


def stamp(entity: Entity, asked: tsp.TimeStampReq, at: datetime) -> bytes:
    """A token for the question."""
    return bytes(HeldStamper(entity, at).request_tsa_response(asked).dump())


def bringing(*more: Entity) -> Callable[[tsp.TimeStampReq, tsp.TimeStampResp], bytes]:
    """Tokens that bring certificates besides: no signature covers those."""

    def twist(asked: tsp.TimeStampReq, answer: tsp.TimeStampResp) -> bytes:
        certificates = answer["time_stamp_token"]["content"]["certificates"]
        for one in more:
            certificates.append(cms.CertificateChoices("certificate", one.der))
        return bytes(answer.dump(force=True))

    return twist


def listing_twice(asked: tsp.TimeStampReq, answer: tsp.TimeStampResp) -> bytes:
    """An algorithm once more in a list that no signature covers."""
    signed = answer["time_stamp_token"]["content"]
    listed = signed["digest_algorithms"].contents * 2
    signed["digest_algorithms"] = cms.DigestAlgorithms.load(bytes([0x31, len(listed)]) + listed)
    return bytes(answer.dump())


def word(issuer: Entity, of: Entity, at: datetime, revoked: datetime | None = None) -> bytes:
    """An answer on one certificate, fresh for ten days."""
    status = ocsp.OCSPCertStatus.REVOKED if revoked else ocsp.OCSPCertStatus.GOOD
    made = ocsp.OCSPResponseBuilder().add_response(
        cert=of.signed,
        issuer=issuer.signed,
        algorithm=hashes.SHA1(),  # noqa: S303 - as it was asked, RFC 5019
        cert_status=status,
        this_update=at,
        next_update=at + SERVES,
        revocation_time=revoked,
        revocation_reason=None,
    )
    made = made.responder_id(ocsp.OCSPResponderEncoding.HASH, issuer.signed)
    return made.sign(issuer.key, hashes.SHA256()).public_bytes(Encoding.DER)


def _whole(door: Any, body: bytes) -> None:
    door.wfile.write(body)


def _half(door: Any, body: bytes) -> None:
    door.wfile.write(body[: len(body) // 2])
    door.close_connection = True


def _drip(door: Any, body: bytes) -> None:
    for number in range(len(body)):
        door.wfile.write(body[number : number + 1])
        door.wfile.flush()
        time.sleep(DRIP)


def _stamp(server: Any, asked: tsp.TimeStampReq) -> bytes:
    return stamp(server.lab.tsa, asked, server.now())


def _word(server: Any, asked: Any) -> bytes:
    return word(server.lab.issuer, server.lab.seal, server.now() - DAY / 24)


def _list(server: Any, path: str) -> bytes:
    authority = _authority(server, path)
    return authority.revocations(since=server.now() - DAY / 24).dump()


def _authority(server: Any, path: str) -> Entity:
    return server.lab.issuer if "Issuing" in path else server.lab.root


@dataclass(frozen=True)
class Lie:
    """How time-stamps, answers on revocation and lists are made, and how they are sent."""

    stamp: Callable[[Any, tsp.TimeStampReq], bytes] = _stamp
    word: Callable[[Any, Any], bytes] = _word
    list: Callable[[Any, str], bytes] = _list
    send: Callable[[Any, bytes], None] = _whole


def _changed(change: Callable[[tsp.TimeStampReq], None]) -> Callable[[Any, Any], bytes]:
    """Answer another question than the one that was asked."""

    def lied(server: Any, asked: tsp.TimeStampReq) -> bytes:
        other = tsp.TimeStampReq.load(asked.dump())
        change(other)
        return _stamp(server, other)

    return lied


def _other_imprint(asked: tsp.TimeStampReq) -> None:
    asked["message_imprint"]["hashed_message"] = bytes(32)


def _other_nonce(asked: tsp.TimeStampReq) -> None:
    asked["nonce"] = 1


def _off_by(drift: timedelta) -> Callable[[Any, tsp.TimeStampReq], bytes]:
    return lambda server, asked: stamp(server.lab.tsa, asked, server.now() + drift)


def _as(name: str) -> Callable[[Any, tsp.TimeStampReq], bytes]:
    return lambda server, asked: stamp(getattr(server.others, name), asked, server.now())


def _other_word(server: Any, asked: Any) -> bytes:
    return word(server.lab.issuer, server.others.seal, server.now() - DAY / 24)


def _foreign_word(server: Any, asked: Any) -> bytes:
    return word(server.lab.root, server.lab.seal, server.now() - DAY / 24)


def _stale_word(server: Any, asked: Any) -> bytes:
    return word(server.lab.issuer, server.lab.seal, server.now() - 2 * SERVES)


def _stale_list(server: Any, path: str) -> bytes:
    return _authority(server, path).revocations(since=server.now() - 400 * DAY).dump()


def _foreign_list(server: Any, path: str) -> bytes:
    return server.others.seal.revocations(since=server.now() - DAY).dump()


def _revoked_word(server: Any, asked: Any) -> bytes:
    now = server.now()
    return word(server.lab.issuer, server.lab.seal, now - DAY / 24, now - DAY / 24)


def _silent(server: Any, asked: Any) -> bytes:
    return b""


TIMES = {
    "wrong imprint": Lie(stamp=_changed(_other_imprint)),
    "wrong nonce": Lie(stamp=_changed(_other_nonce)),
    "old time": Lie(stamp=_off_by(-30 * DAY)),
    "time in the future": Lie(stamp=_off_by(30 * DAY)),
    "a stranger": Lie(stamp=_as("stranger")),
    "an expired authority": Lie(stamp=_as("expired")),
    "a seal that stamps": Lie(stamp=_as("seal")),
    "garbage": Lie(stamp=lambda server, asked: b"\x30\x03garbage"),
    "silence on time": Lie(stamp=_silent),
    "half an answer": Lie(send=_half),
    "drop by drop": Lie(send=_drip),
}
WORDS = {
    "word on another": Lie(word=_other_word, list=_silent),
    "word by another": Lie(word=_foreign_word, list=_silent),
    "stale word": Lie(word=_stale_word, list=_silent),
    "stale lists": Lie(word=_silent, list=_stale_list),
    "lists by another": Lie(word=_silent, list=_foreign_list),
    "silence on revocation": Lie(word=_silent, list=_silent),
    "revoked meanwhile": Lie(word=_revoked_word),
    "garbage on revocation": Lie(
        word=lambda server, asked: b"garbage", list=lambda server, path: b"garbage"
    ),
}
LIES = {**TIMES, **WORDS}
