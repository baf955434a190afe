"""What can be said of a person's own signature, in plain words."""

from dataclasses import dataclass
from datetime import datetime


class Unproved(ValueError):
    """The signature proves nothing; `code` says what is wrong with it."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


@dataclass(frozen=True)
class Proved:
    """Whom a signature is by. `number` is the subject's own, as ETSI EN 319 412-1 writes it.

    `trusted` says whether the chain was looked at, `fingerprint` is the SHA-256 of the certificate.
    """

    name: str
    number: str
    fingerprint: str
    issuer: str
    signed_at: datetime
    trusted: bool
    qualified: bool


@dataclass(frozen=True)
class Holder:
    """Whose a certificate is, and whether it says of itself that it is qualified for signatures."""

    name: str
    number: str
    fingerprint: str
    issuer: str
    says_qualified: bool
