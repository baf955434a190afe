"""Texts that were made to break the importer: they are refused or read, and soon."""

import time

import pytest

from wagtail_contracts.contracts.core.importing import Unplaceable, read

SECONDS = 4  # of a processor; each takes a third of it, and once took twice as much
STARS = "*" * 2000
LONG = {
    "references between marks": "## 1. A\n\n" + "*a* section 1 " * 14_000,
    "references to one number of many": "".join("## 1. A\n\nsection 1\n\n" for _ in range(8_000)),
}

# (what is repeated, after what, how often): each took the square of its length.
REPEATED = {
    "placeholders that ask for the same": ("[Name] ", "", 1000),
    "comments without an end": ("<!-- ", "<div>\n", 6000),
    "scripts without an end": ("<script ", "<div>\n", 6000),
}
LINEAR, TRIES = 10, 3


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"# {STARS}a{STARS}", 1),
        (f"# T\n\n{STARS}a{STARS}", 3),
        (f"# T\n\n- {STARS}a{STARS}", 3),
        (f"# T\n\n|a|\n|-|\n| {STARS}a{STARS} |", 5),
        (f"# T\n\n|a|\n|-|\n| b | {STARS}a{STARS} |", 5),
        (f"# T\n\n[a]: {STARS}a{STARS}", 3),
    ],
    ids=["title", "paragraph", "list", "cell", "cell beyond the last", "address"],
)
def test_marks_within_marks_without_end_are_refused_by_their_line(text, line):
    read([("a.md", text.replace(STARS, "*" * 20))])

    with pytest.raises(Unplaceable) as refused:
        read([("a.md", text)])

    assert (refused.value.code, refused.value.line) == ("nested", line)


@pytest.mark.parametrize("what", REPEATED)
def test_four_times_the_text_takes_no_sixteen_times_the_time(what):
    unit, before, times = REPEATED[what]
    short, long = (f"# T\n\n{before}{unit * count}" for count in (times, times * 4))

    assert any(spent(long) < LINEAR * spent(short) for _try in range(TRIES))


def spent(text):
    """The time of the processor that reading takes."""
    before = time.process_time()
    read([("a.md", text)])
    return time.process_time() - before


@pytest.mark.parametrize("name", LONG)
def test_a_long_text_is_read_in_time_that_grows_with_it(name):
    before = time.process_time()

    read([("a.md", f"# T\n\n{LONG[name]}")])

    assert time.process_time() - before < SECONDS


def test_a_table_with_too_many_cells_is_refused_soon():
    before = time.process_time()

    with pytest.raises(Unplaceable) as refused:
        read([("a.md", "# T\n\n|a|\n|-|\n" + f"{'|' * 300}\n" * 150)])

    assert refused.value.code == "table_large"
    assert time.process_time() - before < SECONDS


def test_letters_that_only_fold_to_others_are_no_numbers():
    found = read(
        [("a.md", "# T\n\n## \u0130. A\n\n## \u017f. B\n\n## \u212a. C\n\n## \u0131. D\n\n## I. E")]
    )

    kinds = [entry["type"] for entry in found.body]
    assert kinds == ["heading"] * 4 + ["clause", "signatures"]
