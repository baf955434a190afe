"""Acts on many contracts at once: what each right opens, by reach and by whose contract it is.

`python -m tests.security.walk.bulk` prints the rows. They follow from what `ACTIONS` says, as does
the documentation.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

# What each asks for, and a state in which it is done.
ACTIONS: dict[str, tuple[str, str]] = {
    "remind": ("send", "signing"),
    "together": ("send", "draft"),
    "tag": ("edit", "signing"),
    "folder": ("edit", "draft"),
    "archive": ("edit", "withdrawn"),
    "owner": ("administer", "signing"),
    "withdraw": ("send", "signing"),
    "export": ("export", "signing"),
    "zip": ("export", "signed"),
    "delete": ("edit", "draft"),
}
OWNERS = ("owner", "edit", "signing")  # whoever owns one, and edits it, gives it away, too
WHOLE = ("administer",)
REACHES = ("all", "own", "half", "view")
DONE, REFUSED, HIDDEN = "done", "refused", "hidden"


class Row(NamedTuple):
    """One act, asked for by somebody, of one's own contract or of a colleague's.

    `reach`: `all` views all and holds the verb over all, `own` both over their own, `half` views
    all and holds the verb over their own, `view` views all and holds nothing else.
    """

    action: str
    verb: str
    state: str
    reach: str
    whose: str
    said: str


def rows() -> Iterator[Row]:
    """Every act with every reach, of both."""
    asked = [(action, *said) for action, said in ACTIONS.items()]
    for action, verb, state in [*asked, OWNERS]:
        for reach in ("all", "view") if verb in WHOLE else REACHES:
            for whose in ("colleague", "own"):
                said = _said(reach, whose, (action, verb, state))
                yield Row(action, verb, state, reach, whose, said)


def _said(reach: str, whose: str, act: tuple[str, str, str]) -> str:
    if reach == "own" and whose == "colleague":
        return HIDDEN
    over = {"all": ("own", "colleague"), "own": ("own",), "half": ("own",), "view": ()}[reach]
    if act == OWNERS and whose == "colleague":
        return REFUSED
    return DONE if whose in over else REFUSED


if __name__ == "__main__":
    for row in rows():
        print(*row)  # noqa: T201
