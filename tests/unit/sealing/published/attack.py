"""What an attack is, and the list of them."""

from collections.abc import Callable
from dataclasses import dataclass

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from tests.unit.sealing.attacks import appended
from tests.unit.sealing.published import forged

Forge = Callable[[bytes], bytes]
Check = Callable[[bytes], bool]
ATTACKS: list["Attack"] = []


def unchanged(rendered: bytes) -> bytes:
    """Most attacks need nothing to be prepared before the file is sealed."""
    return rendered


@dataclass(frozen=True)
class Attack:
    """`forge` makes the forged file of a sealed one; `shown` tells that poppler shows what it says.

    `found` matches the words in which our judge refuses it. `prepare` is what was done to the file
    before it was sealed; it is `lasting` unless our judge refuses to see that renewed. `whole` says
    that a timestamp can be added: readers find their way.
    """

    family: str
    name: str
    found: str
    forge: Forge
    shown: Check = forged.page
    prepare: Forge = unchanged
    whole: bool = True
    lasting: bool = True


def attack(
    family: str,
    found: str,
    *,
    shown: Check = forged.page,
    prepare: Forge = unchanged,
    whole: bool = True,
    lasting: bool = True,
) -> Callable[[Forge], Forge]:
    """List a function from a sealed file to a forged one."""

    def listed(forge: Forge) -> Forge:
        name = forge.__name__.replace("_", " ")
        ATTACKS.append(Attack(family, name, found, forge, shown, prepare, whole, lasting))
        return forge

    return listed


def update(
    family: str, found: str, *, shown: Check = forged.page, prepare: Forge = unchanged
) -> Callable[
    [Callable[[IncrementalPdfFileWriter], None]], Callable[[IncrementalPdfFileWriter], None]
]:
    """List a change that one more revision makes."""

    def listed(
        change: Callable[[IncrementalPdfFileWriter], None],
    ) -> Callable[[IncrementalPdfFileWriter], None]:
        def forge(data: bytes) -> bytes:
            return appended(data, change)

        forge.__name__ = change.__name__
        attack(family, found, shown=shown, prepare=prepare)(forge)
        return change

    return listed
