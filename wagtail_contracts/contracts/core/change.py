"""A change between two contents, whatever it is of."""

from dataclasses import dataclass

from wagtail_contracts.contracts.core import wording
from wagtail_contracts.contracts.core.details import Detail

CHANGED, ADDED, REMOVED, MOVED = "changed", "added", "removed", "moved"
SPLIT, JOINED = "split", "joined"
TITLE, VALUE, PARTY, PERSON, FIELD, BLOCK, OTHER = (
    "title",
    "value",
    "party",
    "person",
    "field",
    "block",
    "other",
)


@dataclass(frozen=True)
class Named:
    """A block as a list names it."""

    id: str
    number: str
    name: str


@dataclass(frozen=True)
class Where:
    """In the block with the id `area`, "" for none, after another one, None for the first."""

    area: str
    after: Named | None


@dataclass(frozen=True)
class Piece(Named):
    """One of the blocks that a block was split into, or joined from, and its words."""

    words: str
    where: Where


@dataclass(frozen=True)
class Change:
    """One change.

    `part` says of what, `key` names it (the id of a block, the key of a field). It stands in the
    block with the id `block`, in the clause `number`, which was `was`; people call it `name`. `old`
    and `new` are its words, which `runs` compares. Equal words mean that only formatting or a rule
    differs. `where` says of a new or moved block where it stands now, `stood` of a removed or moved
    one where it stood. `details` are what changed inside it, `pieces` what a split block became and
    a joined one was made of, itself among them, in the order of the words.
    """

    kind: str
    part: str
    key: str
    name: str
    block: str = ""
    number: str = ""
    old: str = ""
    new: str = ""
    runs: tuple[wording.Run, ...] = ()
    was: str = ""
    where: Where | None = None
    stood: Where | None = None
    details: tuple[Detail, ...] = ()
    pieces: tuple[Piece, ...] = ()
