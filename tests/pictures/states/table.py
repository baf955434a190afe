"""What a state is, and all of them in the order in which docs/reference/states.md shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playwright.sync_api import Page

if TYPE_CHECKING:
    from tests.pictures.states.stage import Stage

NO_MOCK = ""


@dataclass(frozen=True)
class State:
    """A screen in one state. `differs` says what is otherwise than in its draft, and why."""

    name: str  # of the picture's files
    title: str
    mock: str  # a file of docs/pictures/mocks, or NO_MOCK
    differs: str
    show: Callable[[Stage, Page], None]
    at: str = ""  # what is at the top of the picture, if the page is not


@dataclass(frozen=True)
class Section:
    """A screen with its states."""

    title: str
    states: tuple[State, ...]


def every() -> Iterator[State]:
    """All of them."""
    from tests.pictures.states.sections import SECTIONS

    for section in SECTIONS:
        yield from section.states
