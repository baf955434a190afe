"""How far a seal goes: the levels of ETSI EN 319 142-1, section 6."""

from enum import StrEnum


class Level(StrEnum):
    """B-B: the seal alone, whose time is our own word. B-T: with a time-stamp.

    B-LT: with what the issuers said of revocation. B-LTA: with a time-stamp over all of that, by
    which the file outlives its certificates.
    """

    BB = "B-B"
    BT = "B-T"
    BLT = "B-LT"
    BLTA = "B-LTA"

    @property
    def stamped(self) -> bool:
        """Whether a time-stamp belongs to it."""
        return self is not Level.BB

    @property
    def lasting(self) -> bool:
        """Whether revocation data belong to it."""
        return self in (Level.BLT, Level.BLTA)

    def reaches(self, other: "Level") -> bool:
        """Whether it goes as far."""
        levels = list(Level)
        return levels.index(self) >= levels.index(other)
