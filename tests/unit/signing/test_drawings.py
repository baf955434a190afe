"""A drawn name: whole numbers on a grid, few enough; whatever else a browser sends is refused."""

import json

import pytest

from wagtail_contracts.signing.core import drawings

DOT = "[[[3,4]]]"
LINE = "[[[0,0],[600,200]],[[10,20],[30,40],[50,60]]]"


def line(points):
    return json.dumps([[[at % 600, at % 200] for at in range(points)]], separators=(",", ":"))


def test_a_drawing_is_kept_as_it_came_and_becomes_lines():
    drawing = drawings.read(LINE)
    assert drawing.text == LINE
    assert drawings.read(drawing.text) == drawing
    assert drawing.path == "M0 0L600 200M10 20L30 40L50 60"


def test_a_dot_is_a_line_to_where_it_began():
    assert drawings.read(DOT).path == "M3 4L3 4"


@pytest.mark.parametrize("nothing", ["", "  ", "[]"])
def test_nothing_drawn_is_no_drawing(nothing):
    assert drawings.read(nothing) is None


@pytest.mark.parametrize(
    "hostile",
    [
        "[[[NaN,4]]]",
        "[[[Infinity,4]]]",
        "[[[3.5,4]]]",
        "[[[1e999,4]]]",
        "[[[true,4]]]",
        "[[[null,4]]]",
        '[[["3",4]]]',
        '[[["<script>alert(1)</script>",4]]]',
        "[[[3,4,5]]]",
        "[[[3]]]",
        "[[3,4]]",
        "[[]]",
        '{"a":1}',
        "7",
        "[[[601,4]]]",
        "[[[3,201]]]",
        "[[[-1,4]]]",
        f"[[[{'9' * 4000},4]]]",
        f"[[[{'9' * 5000},4]]]",
        "[" * 5000,
        "not json",
        "\0",
    ],
)
def test_what_is_no_drawing_is_refused(hostile):
    assert drawings.read(DOT)
    with pytest.raises(drawings.Misdrawn):
        drawings.read(hostile)


def test_a_drawing_has_a_largest_size():
    assert drawings.read(line(drawings.MOST_POINTS))
    with pytest.raises(drawings.Misdrawn):
        drawings.read(line(drawings.MOST_POINTS + 1))

    stroke = "[[1,1]]"
    assert drawings.read(f"[{','.join([stroke] * drawings.MOST_STROKES)}]")
    with pytest.raises(drawings.Misdrawn):
        drawings.read(f"[{','.join([stroke] * (drawings.MOST_STROKES + 1))}]")

    assert drawings.read(DOT + " " * (drawings.LONGEST - len(DOT)))
    with pytest.raises(drawings.Misdrawn):
        drawings.read(DOT + " " * (drawings.LONGEST - len(DOT) + 1))


def test_the_points_of_all_lines_are_counted_together():
    half = "[" + ",".join(["[1,1]"] * (drawings.MOST_POINTS // 2)) + "]"
    assert drawings.read(f"[{half},{half}]")
    with pytest.raises(drawings.Misdrawn):
        drawings.read(f"[{half},{half},[[1,1]]]")
