"""Which agreements there are: those of CONTRACT_TEXTS, and those written for this project."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterable, Iterator
from pathlib import Path

OWN = Path(__file__).parents[1] / "data"
VARIABLE, DEFAULT = "CONTRACT_TEXTS", "../shared/data/contracts"
COVER = "-coverpage"
Agreement = tuple[Path, ...]


class NoTexts(ValueError):
    """There is nothing to read where agreements should be."""


def given() -> list[Agreement]:
    """The agreements that the variable names. Raises NoTexts."""
    return together(files(os.environ.get(VARIABLE, DEFAULT)))


def files(places: str) -> Iterator[Path]:
    """The files of a list of files and folders."""
    named = shlex.split(places)
    if not named:
        raise NoTexts(f"{VARIABLE} is empty: name files and folders with agreements in Markdown.")
    for place in map(Path, named):
        found = sorted(place.glob("*.md")) if place.is_dir() else [place]
        if not place.exists():
            raise NoTexts(f"{VARIABLE} names {place}, which does not exist.")
        if not found:
            raise NoTexts(f"{VARIABLE} names the folder {place}, which holds no agreement (*.md).")
        yield from found


def together(paths: Iterable[Path]) -> list[Agreement]:
    """`X-coverpage.md` and `X.md` make one agreement, in this order."""
    found: dict[Path, set[Path]] = {}
    for path in paths:
        found.setdefault(path.with_name(path.name.replace(f"{COVER}.md", ".md")), set()).add(path)
    return [
        tuple(sorted(parts, key=lambda path: COVER not in path.name)) for parts in found.values()
    ]


def name(agreement: Agreement) -> str:
    """What to call it."""
    return agreement[-1].stem
