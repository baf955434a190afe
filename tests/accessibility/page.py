"""docs/papers/accessibility.md, made of the tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.accessibility.looks import PUBLIC, looks
from tests.browser.judging import TAGS
from tests.browser.signatories import RULES
from tests.browser.site import ROOT
from tests.house.test_guides import screens

PAGE = ROOT / "docs" / "papers" / "accessibility.md"
HEAD = Path(__file__).with_name("head.md")


def written() -> str:
    """The whole page."""
    found = list(looks())
    counts = {"looks": sum(len(judged) for _name, judged in found), "screens": len(screens())}
    head = HEAD.read_text().format(public=_listed(RULES), admin=_listed(TAGS), **counts)
    return "\n".join([head, *_outside(found), "", *_inside(), ""])


def _listed(words: list[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _outside(found: list[tuple[str, list[str]]]) -> Iterator[str]:
    yield "## Pages for outsiders, state by state\n"
    yield f"By `{PUBLIC.parent.name}/{PUBLIC.name}`.\n"
    yield "| Test | What axe looked at |\n| --- | --- |"
    for name, judged in found:
        yield f"| `{name}` | {'; '.join(judged)} |"


def _inside() -> Iterator[str]:
    yield "## Screens of the admin\n"
    yield "By `browser/test_screens.py`, with a contract in the state in which each is used.\n"
    yield ", ".join(f"`{name}`" for name in screens())
