"""The table of the documentation: what each tool says of each attack."""

from dataclasses import dataclass

from tests.unit.sealing import attacks
from tests.unit.sealing.levels import Sealer
from tests.unit.sealing.pki import Lab
from tests.unit.sealing.published import (  # noqa: F401 - each lists its attacks
    covering,
    missing,
    others,
    overriding,
    properties,
)
from tests.unit.sealing.published.attack import Attack, Forge, unchanged
from wagtail_contracts.sealing.flows import pades

HEAD = "| Attack | | pdfsig | pyHanko | pdfsig, stamped | pyHanko, stamped |"
LINE = "| --- | --- | --- | --- | --- | --- |"
GENUINE = Attack("none", "the genuine file", "", unchanged)
NONE = "–"


@dataclass(frozen=True)
class Row:
    """One line; `stamped` is the forged file with a genuine timestamp, if it takes one."""

    attack: Attack
    twin: bytes
    forged: bytes
    stamped: bytes | None

    def line(self, lab: Lab) -> str:
        """As the documentation has it."""
        words = [others.pdfsig(self.forged), others.pyhanko(self.forged, lab)]
        if self.stamped is None:
            words += [NONE, NONE]
        else:
            words += [others.pdfsig(self.stamped), others.pyhanko(self.stamped, lab)]
        return f"| {self.attack.family} | {self.attack.name} | {' | '.join(words)} |"


def twin(lab: Lab, rendered: bytes, prepare: Forge) -> bytes:
    """Sealed at B-T, raised to B-LTA, renewed: what the attacks start from."""
    beyond = pades.Beyond(lab.stamper, lab.context)
    return pades.renew(pades.complete(Sealer(lab, "B-T").seal(prepare(rendered)), beyond), beyond)


def row(attack: Attack, genuine: bytes, lab: Lab) -> Row:
    """The files of one attack on a genuine one."""
    changed = attack.forge(genuine)
    stamped = attacks.stamped(changed, lab) if attack.whole else None
    return Row(attack, genuine, changed, stamped)
