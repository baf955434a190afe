"""`make bench` still measures everything: each part once, little, and nothing of the table."""

import subprocess
import sys

import pytest

from tests.bench import memory
from tests.bench.__main__ import BEGIN, END, ORDER, ROOT, TABLE, written
from tests.bench.timing import Row

# The visit has its own test, in Chromium; so have the other side's page and the page in the hand.
PARTS = ("seals", "levels", "pages", "templates", "trails", "journeys", "desk", "million")
QUICK = {"templates": "The template editor", "trails": "The audit trail", "million": ORDER[-1]}
HERE = "house/test_bench.py::test_every_part_can_be_measured"
IN_CHROMIUM = ("The first visit", "The other side's page", "The page in the hand")


@pytest.mark.parametrize(
    ("parts", "titles"),
    [
        (QUICK, list(QUICK.values())),
        pytest.param(
            PARTS,
            [part for part in ORDER if part not in IN_CHROMIUM],
            marks=pytest.mark.long(HERE),
        ),
    ],
    ids=["quick", "all"],
)
def test_every_part_can_be_measured(tmp_path, parts, titles):
    page = tmp_path / "table.md"
    page.write_text(f"Before.\n{BEGIN}\nold\n{END}\nAfter.\n")
    words = ["--tiny", "--only", ",".join(parts), "--to", str(page)]
    command = [sys.executable, "-m", "tests.bench", *words]

    done = subprocess.run(  # noqa: S603
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )

    text = page.read_text()
    assert f"### {titles[0]}" in text, done.stderr
    there = [line[4:] for line in text.splitlines() if line.startswith("### ")]
    assert there == titles
    assert text.count("\n| ") >= len(titles)
    assert text.startswith(f"Before.\n{BEGIN}\nMeasured on ")
    assert text.endswith(f"\n{END}\nAfter.\n")
    assert "\nold\n" not in text


def test_a_figure_beyond_its_bar_does_not_hold():
    for ratio, holds in ((1.49, True), (1.5, True), (1.51, False), (None, False)):
        assert Row("Part", "what", "3 ms", "2 ms", ratio, 1.5).holds is holds
    assert Row("Part", "what", "3 ms").holds


def test_memory_is_that_of_the_process_alone():
    """Not what the one took that started it: a bench with a million events in hand is large."""
    here = b"x" * (400 << 20)
    assert memory.peak("import sys; print(sys.argv[1:])", "a", "b")[0] == "['a', 'b']\n"
    assert memory.peak("")[1] < 100
    assert memory.peak("there = b'x' * (200 << 20)")[1] > 200
    assert len(here) >> 20 == 400


def test_the_table_in_docs_has_every_part_at_full_length():
    text = TABLE.read_text()
    table = text[text.index(BEGIN) : text.index(END)]

    assert [line[4:] for line in table.splitlines() if line.startswith("### ")] == list(ORDER)
    for words in ("51 pages: render and seal", "20,000 events", "200 clauses"):
        assert words in table
    assert written(text, [], "1").count(BEGIN) == 1
