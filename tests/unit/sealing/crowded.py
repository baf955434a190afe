"""Sealed by a stranger whose certificates are a burden; the seal fits, so the judge goes on."""

from functools import cache

from asn1crypto import x509

from tests.unit.sealing.levels import Sealer
from tests.unit.sealing.pki import Entity, Lab

FEW, MANY = 40, 1000


class Crowd(Entity):
    """Its chain is what `more` says."""

    more: list[bytes] = []

    def chain(self) -> list[bytes]:
        """Beside its own issuer."""
        return [*super().chain(), *self.more]


@cache
def a_chain_of_namesakes(rendered: bytes) -> bytes:
    """Each has the same name and another key: nobody knows whose issuer is whose."""
    issuer = Entity("Same", kind="authority")
    ring = [issuer]
    for _ in range(FEW):
        ring.append(Entity("Same", ring[-1], kind="authority"))
    crowd = Crowd("Eksempel AS seal", ring[-1])
    crowd.more = [item.certificate() for item in ring]
    return Sealer(Lab(), "B-B", crowd).seal(rendered)


@cache
def a_crowd_of_certificates(rendered: bytes) -> bytes:
    """A thousand, of which each is another's by its name."""
    issuer = Entity("Same", kind="authority")
    crowd = Crowd("Eksempel AS seal", issuer)
    crowd.more = [_renumbered(issuer, number) for number in range(MANY)]
    return Sealer(Lab(), "B-B", crowd).seal(rendered)


def _renumbered(entity: Entity, number: int) -> bytes:
    """The same certificate under another number: its signature is wrong."""
    copy = x509.Certificate.load(entity.certificate())
    copy["tbs_certificate"]["serial_number"] = number + 1
    return bytes(copy.dump(force=True))
