"""docs/reference/states.md, made of the table of states."""

from __future__ import annotations

from collections.abc import Iterator

from tests.browser.site import ROOT
from tests.pictures.states.sections import SECTIONS
from tests.pictures.states.table import State

PAGE = ROOT / "docs" / "reference" / "states.md"
HEAD = """# States beside their drafts

Every state of the outsiders' pages and mails, and of what they bring to the owner, on full data: a
contract of thirty clauses between people and organisations with long names. `make pictures` takes
them anew and writes this page; what to say of each stands in `tests/pictures/states`. First comes
the draft that was drawn before anything was built, then the page as it is, wide in the light and on
a phone in the dark.

In all of them: the drafts switch the language in their head, the pages are in the language that was
chosen for their reader; and the drafts show BankID where a code by e-mail was chosen.
"""
NONE = "No draft was drawn."
SAME = "As in the draft, but for its example text."


def written() -> str:
    """The whole page."""
    return "\n".join([HEAD, *_lines()])


def _lines() -> Iterator[str]:
    for section in SECTIONS:
        yield f"## {section.title}\n"
        for state in section.states:
            yield f"### {state.title}\n"
            yield f"{_said(state)}\n"
            yield from _pictures(state)


def _said(state: State) -> str:
    if state.differs:
        return state.differs
    return SAME if state.mock else NONE


def _pictures(state: State) -> Iterator[str]:
    if state.mock:
        yield f"![{state.title}, the draft.](../pictures/mocks/{state.mock})"
    yield f"![{state.title}.](../pictures/states/{state.name}-wide.png)"
    yield f"![{state.title}, on a phone in the dark.](../pictures/states/{state.name}-phone.png)\n"
