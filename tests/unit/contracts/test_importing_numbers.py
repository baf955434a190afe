"""Numbers as agreements have them: typed, lettered, Roman, flat or nested, and what they count."""

import pytest

from wagtail_contracts.contracts.core import content
from wagtail_contracts.contracts.core.importing import read


def body(text):
    return content.body(read([("a.md", f"# Title\n\n{text}\n")]).body)[:-1]


def clauses(text):
    """(level, number) of clauses and definitions."""
    counted = [block for block in body(text) if block["number"]]
    return [(block["level"], block["number"]) for block in counted]


def markers(text):
    return [
        (item["level"], item["number"])
        for block in body(text)
        if block["type"] == "list"
        for item in block["items"]
    ]


def kinds(text):
    return [block["type"] for block in body(text)]


@pytest.mark.parametrize("marks", ["ab", "(a)(b)", "a)b)", "A.B."])
def test_letters_below_a_clause_are_clauses_of_the_next_level(marks):
    first, second = {
        "ab": ("a.", "b."),
        "(a)(b)": ("(a)", "(b)"),
        "a)b)": ("a)", "b)"),
        "A.B.": ("A.", "B."),
    }[marks]
    nested = f"1. One\n\n   {first} x\n\n   {second} y\n"
    assert clauses(nested) == [(1, "1"), (2, first), (2, second)]


def test_four_levels_nest_by_their_indent():
    text = "1. a\n   1. b\n\n      (a) c\n\n          (i) d\n\n          (ii) e\n\n      (b) f"
    assert clauses(text) == [
        (1, "1"),
        (2, "1.1"),
        (3, "(a)"),
        (4, "(i)"),
        (4, "(ii)"),
        (3, "(b)"),
    ]


def test_four_levels_nest_by_their_kinds_where_nothing_is_indented():
    text = "1.1 a\n\n(a) b\n\n(i) c\n\n(ii) d\n\n(b) e\n\n1.2 f"
    assert clauses(text) == [
        (2, "1.1"),
        (3, "(a)"),
        (4, "(i)"),
        (4, "(ii)"),
        (3, "(b)"),
        (2, "1.2"),
    ]


@pytest.mark.parametrize(
    ("marks", "levels"),
    [
        ("g h i j", [2, 2, 2, 2]),  # a letter, for j follows
        ("h i", [2, 2]),
        ("h i ii", [2, 3, 3]),  # Roman, for ii follows
        ("a i ii b", [2, 3, 3, 2]),
        ("i ii iii iv v", [2] * 5),
        ("u v", [2, 2]),
    ],
)
def test_an_i_is_a_letter_or_a_roman_number_by_what_stands_around_it(marks, levels):
    lead = "abcdefghijklmnopqrstuvwxyz"
    first, *rest = marks.split()
    before = lead[: lead.index(first)] if first != "i" and first != "a" else ""
    text = "\n\n".join(f"({mark}) x" for mark in (*before, first, *rest))
    found = clauses(f"1. One\n\n{text}")
    assert [level for level, _number in found[1 + len(before) :]] == levels
    assert [number for _level, number in found[1:]] == [
        f"({mark})" for mark in (*before, first, *rest)
    ]


def test_small_letters_stand_alone_where_no_clause_is_before_them():
    assert kinds("Before:\n\na. one\n\nb. two") == ["text", "list"]
    assert markers("Before:\n\na. one\n\nb. two") == [(1, "a."), (1, "b.")]


@pytest.mark.parametrize(
    ("heading", "number"),
    [
        ("1. Rent", "1"),
        ("1 Rent", "1"),
        ("§ 1 Rent", "§ 1"),
        ("Article I. Rent", "Article I."),
        ("ARTICLE 1: RENT", "ARTICLE 1"),
        ("I. Rent", "I."),
        ("1.1 Rent", "1.1"),
        ("**1. Rent**", "1"),
    ],
)
def test_a_heading_with_a_number_is_a_clause(heading, number):
    [clause] = body(f"## {heading}")
    assert (clause["type"], clause["number"]) == ("clause", number)
    assert clause["heading"][0]["text"].lower() == "rent"


@pytest.mark.parametrize("heading", ["2024 in figures", "7. Rent", "Annex 1 Rent", "Step 1 Rent"])
def test_a_heading_whose_number_counts_nothing_keeps_it_as_words(heading):
    [block] = body(f"## {heading}")
    assert (block["type"], block["content"][0]["text"]) == ("heading", heading)


def test_what_follows_a_heading_with_a_number_belongs_to_the_clause():
    [clause, table] = body("## 1. Rent\n\nIt is paid.\n\nIn advance.\n\n| a |\n|---|")
    assert [part["content"][0]["text"] for part in clause["content"]] == [
        "It is paid.",
        "In advance.",
    ]
    assert table["type"] == "table"


@pytest.mark.parametrize(
    "text", ["A. Hansen lets the house.", "H. Olsen too.", "1.5 million is paid.", "i.e. nothing"]
)
def test_words_that_only_look_like_a_number_stay_words(text):
    assert kinds(f"{text}\n\nMore.") == ["text", "text"]
    [block, _more] = body(f"{text}\n\nMore.")
    assert block["content"][0]["content"][0]["text"] == text


def test_words_that_only_look_like_a_number_do_not_end_a_count():
    text = "## 1. One\n\n1.1 a\n\nB. Hansen\n\n1.2 b"
    assert clauses(text) == [(1, "1"), (2, "1.1"), (2, "1.2")]
    assert "B. Hansen" in str(body(text))


def test_a_number_in_bold_counts_and_the_words_keep_their_marks():
    block = body("**1. Rent.** It is paid.")[0]
    assert block["number"] == "1"
    assert [node["marks"] for node in block["content"][0]["content"]] == [["bold"], []]


def test_an_annex_counts_anew():
    text = "1. a\n2. b\n\n## Annex I\n\n1. c\n2. d"
    assert clauses(text) == [(1, "1"), (1, "2"), (1, "1"), (1, "2")]
    assert kinds(text.replace("Annex I", "Prices")) == ["clause", "clause", "heading", "list"]


def test_a_count_that_leaves_out_a_number_prints_what_was_typed():
    assert clauses("## 1. One\n\n1.1 a\n\n1.4 b\n\n1.5 c") == [
        (1, "1"),
        (2, "1.1"),
        (2, "1.4"),
        (2, "1.5"),
    ]


def test_a_list_in_a_clause_that_running_text_can_hold_stays_in_it():
    assert kinds("1. One\n   - a\n   - b") == ["clause"]
    assert kinds("1. One\n   - a\n     1. b") == ["clause", "list"]
    assert markers("1. One\n   - a\n     1. b") == [(1, "•"), (2, "1.")]


def test_lines_of_one_paragraph_are_items_where_they_count():
    assert clauses("1. One:\n   (a) x\n   (b) y") == [(1, "1"), (2, "(a)"), (2, "(b)")]
    assert clauses("1. One as in number\n   (b) of the act\n   and so on") == [(1, "1")]


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("“Rent” means money.", "“Rent”"),
        ('**"Rent"** means money.', '"Rent"'),
        ("**Rent** means money.", "Rent"),
        ("„Miete“ bedeutet Geld.", "„Miete“"),
        ("«Leie» betyr penger.", "«Leie»"),
        ("« Loyer » désigne l’argent.", "« Loyer »"),
        ("“Rent” or **“Fee”** shall have the meaning given.", "“Rent” or “Fee”"),
        ("Rent\n: means money", "Rent"),
    ],
)
@pytest.mark.parametrize("numbered", [False, True])
def test_a_definition_is_a_block_of_its_own(text, term, numbered):
    given = f"1. One\n   1. {text}" if numbered else text
    found = body(given.replace("\n:", "\n      :") if numbered else given)[-1]
    assert found["type"] == "definition"
    assert "".join(node["text"] for node in found["term"]) == term
    assert (found["number"], found["level"]) == (("1.1", 2) if numbered else (None, 1))


@pytest.mark.parametrize(
    "text", ["The “Rent” means money.", "“Rent” is paid.", "**Rent**: 100", "A way : means"]
)
def test_what_defines_nothing_is_running_text(text):
    assert kinds(text) == ["text"]


def test_a_list_of_terms_gives_each_term_its_meanings():
    found = body("Map\n: a drawing\n: of all\n  trails\nTrail\n: a path")
    assert [len(block["content"]) for block in found] == [2, 1]
    assert found[0]["content"][1]["content"][0]["text"] == "of all trails"


@pytest.mark.parametrize(("first", "codes"), [(0, ["zero"]), (1, [])])
def test_a_count_from_nought_is_reported_and_begins_with_one(first, codes):
    imported = read([("a.md", f"# Title\n\n{first}. a\n{first + 1}. b\n")])
    assert [note.code for note in imported.notes] == codes
    numbers = [block["number"] for block in content.body(imported.body) if block["number"]]
    assert numbers == ["1", "2"]


LRM, RLM, RLO, ALEF = "\u200e", "\u200f", "\u202e", "\u05d0"


@pytest.mark.parametrize(
    ("text", "kept", "codes"),
    [
        (f"a{LRM} b{RLM} c", "a b c", []),
        (f"{LRM}1.1 a", "a", []),
        (f"x {ALEF}{RLM} y", f"x {ALEF}{RLM} y", []),
        (f"{RLM}x {ALEF}", f"x {ALEF}", []),
        (f"a{RLO}b", "ab", ["direction"]),
        (f"\u2067{ALEF}\u2069 a", f"{ALEF} a", ["direction"]),
        ("a\u2067b\u2069", "ab", []),
        ("a\u00adb\u200b\ufeff", "ab", []),
    ],
)
def test_marks_of_direction_are_kept_where_they_mean_something(text, kept, codes):
    imported = read([("a.md", f"# Title\n\n## 1. One\n\n{text}\n")])
    said = [node["text"] for block in content.body(imported.body) for node in _texts(block)]
    assert said[-1] == kept
    assert [note.code for note in imported.notes] == codes


def _texts(block):
    return [node for part in block.get("content", []) for node in part["content"]]
