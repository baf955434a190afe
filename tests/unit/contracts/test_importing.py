"""What an agreement in Markdown becomes."""

from pathlib import Path

import pytest

from wagtail_contracts.contracts.core.importing import read

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module")
def lease():
    names = ("lease-coverpage.md", "lease.md")
    return read([(name, (DATA / name).read_text()) for name in names])


def kinds(imported):
    return [entry["type"] for entry in imported.body]


def blocks(imported, kind):
    return [entry["value"] for entry in imported.body if entry["type"] == kind]


def test_the_first_heading_is_the_title_and_the_others_keep_their_order(lease):
    assert lease.title == "Agreement on the use of a room"
    assert [(value["level"], value["text"]) for value in blocks(lease, "heading")] == [
        ("1", "About this agreement"),
        ("2", "Purpose"),
        ("2", "First day"),
        ("2", "Length"),
        ("1", "Terms"),
        ("1", "Deposit"),
    ]


def test_a_placeholder_becomes_a_field_named_by_the_words_around_it(lease):
    found = [(e["type"], e["value"]["key"], e["value"]["label"]) for e in lease.fields]
    assert found == [
        ("text", "purpose", "Purpose"),
        ("date", "first_day", "First day"),
        ("text", "length_number_of_months", "Length: number of months"),
        ("choice", "length", "Length"),
        ("text", "rent", "Rent"),
    ]
    assert lease.fields[0]["value"]["help"] == "What the tenant will do in the room"


def test_check_boxes_become_a_choice_whose_options_may_hold_fields(lease):
    choice = lease.fields[3]["value"]
    assert choice["default"] == "option_2"
    chip = 'length_number_of_months">length_number_of_months</span> months.'
    assert [chip in option["value"]["text"] for option in choice["options"]] == [True, False]
    assert blocks(lease, "field_place")[0]["key"] == "length"


def test_a_numbered_list_that_goes_on_becomes_clauses_with_levels(lease):
    assert [value["level"] for value in blocks(lease, "clause")] == ["1", "1", "2", "2", "1"]
    assert blocks(lease, "clause")[0]["text"].endswith("for the Purpose.</p>")


def test_a_numbered_list_that_begins_anew_stays_a_list(lease):
    bullets, numbered = blocks(lease, "list")
    assert (bullets["ordered"], numbered["ordered"]) == (False, True)
    assert len(bullets["items"]) == len(numbered["items"]) == 2


def test_rows_that_are_too_short_are_filled_up(lease):
    rows = blocks(lease, "table")[0]["rows"]
    assert [len(row["value"]["cells"]) for row in rows] == [3, 3, 3]


def test_what_has_no_place_is_reported_with_its_file_and_line(lease):
    assert [str(note).split(": ", 1) for note in lease.notes] == [
        [
            "lease-coverpage.md:5",
            "The link to http://example.com/plan leads to https://example.com/plan now.",
        ],
        ["lease-coverpage.md:30", "A part of the kind “hr” has no block of its own: "],
        ["lease.md:17", "A part of the kind “fence” has no block of its own: room 12"],
    ]
    assert "<p>room 12</p>" in [value["text"] for value in blocks(lease, "text")]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
        ("[go](ftp://example.com)", "<p>go</p>"),
        ("5 < 6 & 7", "5 &lt; 6 &amp; 7"),
    ],
)
def test_text_from_outside_is_never_markup(text, kept):
    body = read([("a.md", f"# T\n\n{text}\n")]).body
    assert kept in body[0]["value"]["text"]
    assert "<script" not in body[0]["value"]["text"]


def test_a_text_without_anything_has_no_title():
    assert read([("empty.md", "")]).title == ""
