"""A drawn name as numbers: strokes of points on a grid, never a picture and never markup."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any, NoReturn

WIDTH, HEIGHT = 600, 200
MOST_STROKES, MOST_POINTS = 40, 400
LONGEST = 6000  # characters; the most that these points need

Stroke = tuple[tuple[int, int], ...]


class Misdrawn(ValueError):
    """It is no drawing: not numbers, outside the grid, or too much."""


@dataclass(frozen=True)
class Drawing:
    """Lines that somebody drew, in their order."""

    strokes: tuple[Stroke, ...]

    @property
    def text(self) -> str:
        """As it is kept: one form for one drawing."""
        return json.dumps(self.strokes, separators=(",", ":"))

    @property
    def path(self) -> str:
        """The lines in the words of an SVG path, made of whole numbers alone."""
        return "".join(_line(stroke) for stroke in self.strokes)


def read(text: str) -> Drawing | None:
    """The drawing in JSON that a browser sent, or that was kept; None for nothing drawn.

    Raises Misdrawn.
    """
    if not text.strip():
        return None
    if len(text) > LONGEST:
        raise Misdrawn("too long")
    try:
        given = json.loads(text, parse_float=_refused, parse_constant=_refused)
    except (ValueError, RecursionError) as error:
        raise Misdrawn("not numbers") from error
    strokes = tuple(_stroke(item) for item in _list(given, MOST_STROKES))
    if sum(map(len, strokes)) > MOST_POINTS:
        raise Misdrawn("too many points")
    return Drawing(strokes) if strokes else None


def digest(kept: str) -> str:
    """The SHA-256 of a kept drawing; "" for none."""
    return hashlib.sha256(kept.encode()).hexdigest() if kept else ""


def _stroke(given: Any) -> Stroke:
    points = tuple(_point(item) for item in _list(given, MOST_POINTS))
    if not points:
        raise Misdrawn("an empty line")
    return points


def _point(given: Any) -> tuple[int, int]:
    pair = _list(given, 2)
    # A bool is an int to Python, and no place on a grid.
    if len(pair) != 2 or any(type(number) is not int for number in pair):
        raise Misdrawn("not a point")
    x, y = pair
    if not (0 <= x <= WIDTH and 0 <= y <= HEIGHT):
        raise Misdrawn("outside")
    return x, y


def _list(given: Any, most: int) -> list[Any]:
    if not isinstance(given, list) or len(given) > most:
        raise Misdrawn("not a list, or too long")
    return given


def _refused(constant: str) -> NoReturn:
    raise Misdrawn(f"{constant[:20]} is no whole number")


def _line(stroke: Stroke) -> str:
    (x, y), *rest = stroke
    # A dot is a line to where it began.
    return f"M{x} {y}" + "".join(f"L{x} {y}" for x, y in rest or [(x, y)])
