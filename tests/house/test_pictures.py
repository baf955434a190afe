"""docs/reference/screens.md shows each picture that `make pictures` takes, and no other."""

import re

from tests import pictures

PAGE = pictures.ROOT / "docs" / "reference" / "screens.md"
WALK = (
    "send",
    "prepare",
    "folders-and-tags",
    "newer-wording",
    "take-over",
    "conflict",
    "landing",
    "contract",
    "decline",
    "review",
    "code",
    "done",
    "verify",
    "set-up-a-device",
    "recovery-codes",
    "second-factor",
    "first-steps",
    "factors-of-colleagues",
    "my-contracts",
)


def expected():
    """The files that a run writes."""
    tables = (
        pictures.SENDER,
        pictures.LEADER,
        pictures.EDITOR,
        pictures.ADMINISTRATOR,
        pictures.APPROVER,
        pictures.RULES,
        pictures.STANDING,
    )
    names = [*WALK, *(name for table in tables for name in table)]
    return {f"{name}-{width}.png" for name in names for width in pictures.WIDTHS}


def test_each_is_committed():
    assert {path.name for path in pictures.FOLDER.glob("*.png")} == expected()


def test_each_is_shown_once_with_words():
    shown = re.findall(r"!\[[^\]]+\]\(\.\./pictures/([^)]+)\)", PAGE.read_text())
    assert sorted(shown) == sorted(expected())
