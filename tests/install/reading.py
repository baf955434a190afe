"""A tutorial as what somebody does who follows it: blocks of code, and numbered steps in a browser.

A block of code nobody knows what to do with, or a step that says nothing to do, is refused: a
reader would not know either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

FENCE = re.compile(r"^```(?:\{code-block\} *)?(\w*)$")
CAPTION = re.compile(r"^:caption: (.+)$")
NUMBERED = re.compile(r"^\d+\. ")


@dataclass(frozen=True)
class Act:
    """Something to do: the line of the tutorial, in what way, where, and what is expected."""

    line: int
    kind: str  # the language of a block, or "browser"
    text: str
    where: str = ""  # the caption of a block
    expected: str = ""  # the block of text below it


def acts(tutorial: str) -> list[Act]:
    """All that is to be done, in order."""
    found: list[Act] = []
    for act in _pieces(tutorial.splitlines()):
        if act.kind == "text":
            if not found or found[-1].kind != "sh":
                raise ValueError(f"line {act.line}: an output without a command")
            found[-1] = replace(found[-1], expected=act.text)
        else:
            found.append(act)
    return found


def _pieces(lines: list[str]) -> Iterator[Act]:
    at = 0
    while at < len(lines):
        if fence := FENCE.match(lines[at]):
            end = lines.index("```", at + 1)
            yield _block(at + 1, fence[1], lines[at + 1 : end])
            at = end + 1
        elif NUMBERED.match(lines[at]):
            end = at + 1
            while end < len(lines) and lines[end].startswith("   "):
                end += 1
            words = " ".join(line.strip() for line in lines[at:end])
            yield Act(at + 1, "browser", NUMBERED.sub("", words))
            at = end
        else:
            at += 1


def _block(line: int, kind: str, lines: list[str]) -> Act:
    caption = CAPTION.match(lines[0]) if lines else None
    if caption:
        lines = lines[1:]
        while lines and not lines[0].strip():
            lines = lines[1:]
    return Act(line, kind, "\n".join(lines) + "\n", caption[1] if caption else "")


def looks_like(expected: str, said: str) -> bool:
    """Whether these lines were said; “…” stands for anything, also for lines."""
    if not expected:
        return True
    parts = (re.escape(part) for part in expected.strip("\n").split("…"))
    pattern = "(?s:.*)".join(parts)
    return re.search(rf"(?m)^{pattern}$", said) is not None
