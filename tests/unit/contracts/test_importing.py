"""What an agreement in Markdown becomes."""

from pathlib import Path

import pytest

from wagtail_contracts.contracts.core.importing import (
    UnknownKey,
    Unplaceable,
    Words,
    assign,
    read,
)

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module")
def lease():
    names = ("lease-coverpage.md", "lease.md")
    return read([(name, (DATA / name).read_text()) for name in names])


def from_text(text):
    return read([("a.md", f"# Title\n\n{text}\n")])


def blocks(imported, kind):
    return [entry["value"] for entry in imported.body if entry["type"] == kind]


def texts(imported):
    return [value["text"] for value in blocks(imported, "text")]


def fields(imported):
    return [(e["type"], e["value"]["key"], e["value"]["label"]) for e in imported.fields]


def notes(imported):
    return [(note.line, note.code) for note in imported.notes]


def items(value):
    found = [item["value"] for item in value["items"]]
    return [(int(item["level"]), item["style"], item["text"]) for item in found]


def test_the_first_heading_is_the_title_and_the_others_keep_their_order(lease):
    assert lease.title == "Agreement on the use of a room"
    assert [(value["level"], value["text"]) for value in blocks(lease, "heading")] == [
        ("1", "About this agreement"),
        ("2", "Purpose"),
        ("2", "First day"),
        ("2", "Length"),
        ("1", "Terms"),
        ("2", "Deposit"),
    ]


def test_a_placeholder_becomes_a_field_named_by_the_words_around_it(lease):
    assert fields(lease) == [
        ("text", "purpose", "Purpose"),
        ("date", "first_day", "First day"),
        ("text", "length_number_of_months", "Length: number of months"),
        ("choice", "length", "Length"),
        ("text", "rent", "Rent"),
    ]
    assert lease.fields[0]["value"]["help"] == "What the tenant will do in the room"


def test_a_placeholder_in_a_table_is_named_by_its_row_and_column():
    imported = from_text("| Who | Name |\n|---|---|\n| Tenant | [full name] |")
    assert fields(imported) == [("text", "tenant_name", "Tenant, Name")]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("System requirements: [which]", "field_system_requirements"),
        ("Имя: [имя]", "field"),
        ("2 copies: [of what]", "field_2_copies"),
        ("Blåbær: [hvor mange]", "blabr"),
        (f"{'Long ' * 12}: [what]", "long_" * 7 + "long"),
    ],
)
def test_each_field_has_a_key_that_a_template_takes(text, key):
    assert [found for _kind, found, _label in fields(from_text(text))] == [key]


def test_what_a_long_placeholder_asks_for_is_told_in_full():
    prompt = "word " * 50
    [note] = from_text(f"Terms: [{prompt}]").notes
    assert (note.code, note.words["prompt"]) == ("prompt", prompt.strip())


def test_check_boxes_become_a_choice_whose_options_may_hold_fields(lease):
    choice = lease.fields[3]["value"]
    assert choice["default"] == "option_2"
    chip = 'length_number_of_months">length_number_of_months</span> months.'
    assert [chip in option["value"]["text"] for option in choice["options"]] == [True, False]
    assert blocks(lease, "field_place")[0]["key"] == "length"


def test_a_choice_is_named_by_the_words_that_lead_to_it():
    imported = from_text("## Money\n\nIt is paid:\n\n- [ ] at once\n- [ ] later")
    assert fields(imported) == [("choice", "it_is_paid", "It is paid")]


def test_a_single_box_becomes_its_words_and_a_question():
    imported = from_text("## News\n\n- [x] The owner tells the tenant.")
    assert (texts(imported), fields(imported)) == (
        ["<p>The owner tells the tenant.</p>"],
        [("yes_no", "news", "News")],
    )
    assert imported.fields[0]["value"]["default"] == "yes"


def test_a_numbered_list_that_goes_on_becomes_clauses_with_levels(lease):
    assert [value["level"] for value in blocks(lease, "clause")] == ["1", "1", "2", "2", "1"]
    assert blocks(lease, "clause")[0]["text"].endswith("for the Purpose.</p>")


def test_a_heading_at_the_beginning_of_a_clause_is_the_heading_of_the_clause():
    [clause] = blocks(from_text("1. ### Rent\n\n   It is paid in advance."), "clause")
    assert (clause["heading"], clause["text"]) == ("Rent", "<p>It is paid in advance.</p>")


def test_a_numbered_list_that_begins_anew_stays_a_list(lease):
    bullets, numbered = blocks(lease, "list")
    assert (bullets["ordered"], numbered["ordered"]) == (False, True)
    assert len(bullets["items"]) == len(numbered["items"]) == 2


def test_lists_of_both_kinds_in_one_another_keep_their_kinds():
    [found] = blocks(from_text("- a\n  1. b\n     - c\n- d"), "list")
    assert items(found) == [(1, "", "a"), (2, "1.", "b"), (3, "", "c"), (1, "", "d")]


def test_rows_that_are_too_short_are_filled_up(lease):
    rows = blocks(lease, "table")[0]["rows"]
    assert [len(row["value"]["cells"]) for row in rows] == [3, 3, 3]


def test_cells_beyond_the_last_column_are_placed_and_reported():
    imported = from_text("| a |\n|---|\n| b | c \\| d |")
    [table] = blocks(imported, "table")
    rows = [[cell["value"] for cell in row["value"]["cells"]] for row in table["rows"]]
    assert (rows, notes(imported)) == ([["a"], ["b", "c | d"]], [(5, "wide_row")])


def test_indented_text_is_text():
    imported = from_text("1. One\n\n         two\n\n        three")
    assert blocks(imported, "clause")[0]["text"] == "<p>One</p><p>two</p><p>three</p>"


def test_a_line_that_looks_like_the_address_of_a_link_is_placed():
    imported = from_text("[Name]: [City]\n\n[rules]: https://example.com\n\nsee [the rules][rules]")
    name, city = (key for _kind, key, _label in fields(imported))
    assert [f">{name}</span>: <" in texts(imported)[0], f">{city}<" in texts(imported)[0]] == [
        True,
        True,
    ]
    assert texts(imported)[1] == '<p>see <a href="https://example.com">the rules</a></p>'


def test_what_has_no_place_is_reported_with_its_file_and_line(lease):
    assert [(note.source, note.line, note.code) for note in lease.notes] == [
        ("lease-coverpage.md", 5, "link_https"),
        ("lease-coverpage.md", 30, "rule"),
        ("lease.md", 17, "fence"),
    ]
    assert "<p>room 12</p>" in texts(lease)


@pytest.mark.parametrize(
    ("text", "kept", "code"),
    [
        ("<script>x</script>", "", "html"),
        ("<div>x &amp; y</div>", "<p>x &amp; y</p>", "html"),
        ("a <b>x</b>", "<p>a x</p>", "tag"),
        ("[go](ftp://example.com)", "<p>go</p>", "link_target"),
        ("[go](javascript:x)", "<p>[go](javascript:x)</p>", "bracket"),
        ("5 < 6 & 7 <script", "<p>5 &lt; 6 &amp; 7 &lt;script</p>", ""),
        ("\\[sic\\]", "<p>[sic]</p>", ""),
        ("[^1]", "<p>[1]</p>", ""),
        ("![x](https://example.com)", "", "image"),
        ("`<i>`", "<p>&lt;i&gt;</p>", "code"),
    ],
)
def test_text_from_outside_is_never_markup(text, kept, code):
    imported = from_text(text)
    assert texts(imported) == [kept] * bool(kept)
    assert {found for _line, found in notes(imported)} == ({code} if code else set())


@pytest.mark.parametrize(
    ("sources", "where", "code"),
    [
        ([("a.md", "")], ("a.md", 1), "no_text"),
        ([("a.md", "# T"), ("b.md", " \n\n")], ("b.md", 1), "no_text"),
        ([("a.md", "## T\n\ntext")], ("a.md", 1), "no_title"),
        ([("a.md", "# T\n\nx\x00y")], ("a.md", 3), "control"),
        ([("a.md", f"# {'T' * 201}")], ("a.md", 1), "title_long"),
        ([("a.md", "# T\n\n" + "> " * 70 + "deep")], ("a.md", 3), "nested"),
        ([("a.md", "# T\n\n" + "* x\n" * 201)], ("a.md", 3), "list_long"),
        ([("a.md", "# T\n\n" + "|x" * 21 + "|\n" + "|-" * 21 + "|\n")], ("a.md", 3), "table_large"),
    ],
)
def test_what_no_template_can_hold_is_refused_with_its_place(sources, where, code):
    with pytest.raises(Unplaceable) as refused:
        read(sources)
    assert ((refused.value.source, refused.value.line), refused.value.code) == (where, code)


def test_what_just_fits_is_read():
    read([("a.md", f"# {'T' * 200}\n\n" + "> " * 50 + "deep\n\n" + "* x\n" * 200)])


def test_words_of_the_import_are_in_the_language_of_the_text():
    imported = read([("a.md", "# T")], Words(party="Part", signatures="Underskrifter"))
    assert [entry["value"]["label"] for entry in imported.roles] == ["Part 1", "Part 2"]
    assert blocks(imported, "signatures")[0]["title"] == "Underskrifter"


def roles(imported):
    return {entry["value"]["key"]: entry["value"]["role"] for entry in imported.fields}


def test_our_own_side_fills_in_what_nobody_else_is_given(lease):
    assert set(roles(lease).values()) == {"party_1"}
    assert roles(assign(lease, {"rent": "party_2"})) == {**roles(lease), "rent": "party_2"}


def test_fields_in_options_go_with_the_choice_unless_they_are_named(lease):
    inner = "length_number_of_months"
    assert roles(assign(lease, {"length": "party_2"}))[inner] == "party_2"
    assert roles(assign(lease, {"length": "party_2", inner: "party_1"}))[inner] == "party_1"


@pytest.mark.parametrize(("key", "role"), [("none", "party_2"), ("rent", "party_3")])
def test_a_field_or_role_that_is_not_there_is_refused(lease, key, role):
    with pytest.raises(UnknownKey):
        assign(lease, {key: role})


def test_words_after_a_list_within_an_item_are_told_by_their_own_line():
    text = "- a\n\n  - b\n\n  words that\n\n  go on\n\n  - c\n\n  to the end\n"
    told = [(note.line, note.words["words"]) for note in from_text(text).notes]
    assert told == [(7, "words that go on"), (13, "to the end")]
