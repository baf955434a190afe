"""What changed inside a block: which item, cell, price, file or rule, and what was split."""

import copy
from itertools import pairwise

import pytest

from example_site import contents as streams
from tests import uploads
from tests.unit.contracts import made, media
from tests.unit.contracts.pages import Page
from wagtail_contracts.contracts.core import details, diffs
from wagtail_contracts.contracts.rendering.changes import comparison

LONG = ("Each party keeps secret what it learns.", "This holds for five years after the end.")


def only(old, new):
    """The one change between two bodies."""
    [change] = diffs.compare(made.content(old), made.content(new))
    return change


def short(change):
    return [(one.kind, one.part, one.name, one.aspect, one.old, one.new) for one in change.details]


def same_block(old, **parts):
    """The block with other parts."""
    new = copy.deepcopy(old)
    new["value"].update(parts)
    return new


def items(block, *texts):
    made_of = streams.listing(*texts)
    return same_block(block, items=made_of["value"]["items"])


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (("one", "two", "four"), [("changed", 3, 3, "three", "four")]),
        (("one", "three"), [("removed", 2, None, "two", "")]),
        (("one", "two", "new", "three"), [("added", None, 3, "", "new")]),
        (("two", "three", "one"), [("moved", 1, 3, "one", "one")]),
    ],
)
def test_items_of_a_list_are_told_one_by_one(texts, told):
    old = streams.listing("one", "two", "three")
    found = only([old], [items(old, *texts)]).details
    assert [(one.kind, one.was, one.now, one.old, one.new) for one in found] == told
    assert {one.part for one in found} == {details.ITEM}


def test_a_cell_is_named_by_its_row_and_column():
    old = streams.table("Times", ("Fault", "Answer"), ("Down", "1 hour"), ("Slow", "1 day"))
    rows = streams.table("Times", ("Fault", "Answer"), ("Down", "2 hours"), ("Slow", "1 day"))
    change = only([old], [same_block(old, rows=rows["value"]["rows"])])
    assert short(change) == [("changed", "cell", "Down", "Answer", "1 hour", "2 hours")]


def test_a_heading_of_a_table_is_named_by_its_place_alone():
    old = streams.table("Times", ("Fault", "Answer"), ("Down", "1 hour"))
    rows = streams.table("Times", ("Fault", "First answer"), ("Down", "1 hour"))["value"]["rows"]
    change = only([old], [same_block(old, rows=rows)])
    assert short(change) == [("changed", "cell", "", "", "Answer", "First answer")]


def test_a_row_of_a_table_comes_and_goes():
    old = streams.table("Times", ("Fault", "Answer"), ("Down", "1 hour"), ("Slow", "1 day"))
    rows = streams.table("Times", ("Fault", "Answer"), ("Down", "1 hour"))
    fewer = same_block(old, rows=rows["value"]["rows"])
    assert short(only([old], [fewer])) == [("removed", "row", "", "", "Slow | 1 day", "")]
    assert short(only([fewer], [old])) == [("added", "row", "", "", "", "Slow | 1 day")]


def test_a_price_is_told_with_its_product_and_what_it_makes_of_the_sums():
    row = streams.product("Standard", "4900", period="month")
    old = streams.products("Package", row)
    dearer = {**row, "value": {**row["value"], "price": "5300"}}
    found = short(only([old], [same_block(old, rows=[dearer])]))
    assert found[0] == ("changed", "product", "Standard", "price", "4,900.00", "5,300.00")
    assert {one[1] for one in found[1:]} == {"sum"}
    assert any("5,300.00" in one[5] and "4,900.00" in one[4] for one in found[1:])


def test_a_product_comes_and_goes_by_its_name():
    rows = [streams.product("Standard", "4900"), streams.product("Extra", "100")]
    old = streams.products("Package", *rows)
    change = only([old], [same_block(old, rows=rows[:1])])
    assert short(change)[0][:3] == ("removed", "product", "Extra")


def test_a_replaced_exhibit_shows_both_files_with_size_and_fingerprint():
    old = uploads.exhibit(media.file("plan.pdf"))
    new = same_block(old, file=media.file("rules.pdf"))
    [file] = only([old], [new]).details
    assert (file.kind, file.part) == ("changed", details.FILE)
    assert [one["name"] for one in file.files] == ["plan.pdf", "rules.pdf"]
    page = Page(comparison(made.content([old]), made.content([new])).html)
    for name in ("plan.pdf", "rules.pdf"):
        digest = media.file(name)["digest"].upper()
        assert f"Fingerprint {digest[:4]} {digest[4:8]} {digest[8:12]}" in page.words
    assert "2 pages" in page.words
    assert "1 page," in page.words


def test_a_split_clause_is_one_change_that_names_its_parts():
    old = streams.clause("Secrecy", " ".join(LONG))
    first, second = same_block(old, text=f"<p>{LONG[0]}</p>"), streams.clause("", LONG[1])
    before = [streams.clause("A", "First."), old, streams.clause("Z", "Last.")]
    after = [before[0], first, second, before[2]]
    change = only(before, after)
    assert (change.kind, [piece.number for piece in change.pieces]) == ("split", ["2", "3"])
    page = Page(comparison(made.content(before), made.content(after)).html)
    assert "2 Secrecy was split into 2 and 3" in page.words


def test_joined_clauses_are_one_change_that_names_what_they_were():
    whole = streams.clause("Secrecy", " ".join(LONG))
    first, second = same_block(whole, text=f"<p>{LONG[0]}</p>"), streams.clause("", LONG[1])
    change = only([first, second], [whole])
    assert (change.kind, [piece.number for piece in change.pieces]) == ("joined", ["1", "2"])
    page = Page(comparison(made.content([first, second]), made.content([whole])).html)
    assert "1 Secrecy was joined from 1 and 2" in page.words


def test_what_stood_before_or_elsewhere_is_joined_into_a_later_clause():
    whole = streams.clause("", " ".join(LONG))
    first, last = streams.clause("", LONG[0]), same_block(whole, text=f"<p>{LONG[1]}</p>")
    between = streams.clause("Law", "Norwegian law holds.")
    for before, after, numbers in (
        ([first, last], [whole], ["1", "2"]),
        ([first, between, last], [between, whole], ["1", "3"]),
        ([last, between, first], [between, same_block(whole, level="1")], ["3", "1"]),
    ):
        found = diffs.compare(made.content(before), made.content(after))
        joined = [one for one in found if one.kind == "joined"]
        assert [one.key for one in joined] == [whole["id"]]
        assert [piece.number for piece in joined[0].pieces] == numbers
        assert not [one for one in found if one.kind in ("changed", "removed")]


def test_three_clauses_become_the_middle_one_and_a_clause_falls_apart_before_itself():
    parts = ["One two three four.", "Five six seven eight.", "Nine ten eleven twelve."]
    whole = streams.clause("", " ".join(parts))
    around = [streams.clause("", parts[0]), streams.clause("", parts[2])]
    apart = [around[0], same_block(whole, text=f"<p>{parts[1]}</p>"), around[1]]
    for before, after, kind in ((apart, [whole], "joined"), ([whole], apart, "split")):
        change = only(before, after)
        assert (change.kind, change.key) == (kind, whole["id"])
        assert [piece.id for piece in change.pieces] == [one["id"] for one in apart]


def test_one_new_clause_belongs_to_one_split_alone():
    new = streams.clause("", LONG[1])
    olds = [streams.clause("", " ".join(LONG)) for _ in range(2)]
    rests = [same_block(one, text=f"<p>{LONG[0]}</p>") for one in olds]
    found = diffs.compare(made.content(olds), made.content([rests[0], new, rests[1]]))
    assert sorted(one.kind for one in found) == ["changed", "split"]


def test_a_new_clause_after_a_changed_one_is_no_split():
    old = streams.clause("Secrecy", " ".join(LONG))
    new = [same_block(old, text=f"<p>{LONG[0]}</p>"), streams.clause("Law", "Norwegian law holds.")]
    kinds = [one.kind for one in diffs.compare(made.content([old]), made.content(new))]
    assert kinds == ["changed", "added"]


def test_a_moved_clause_says_from_where_to_where():
    body = [streams.clause(name, f"{name} is said.") for name in ("A", "B", "C", "D")]
    moved = [body[0], body[3], body[1], body[2]]
    page = Page(comparison(made.content(body), made.content(moved)).html)
    assert "2 D was moved from 4 to 2" in page.words


def test_a_condition_is_told_beside_the_words_that_changed_too():
    old = made.content([streams.clause("Doors", "They open at eight.")])
    new = copy.deepcopy(made.content([streams.clause("Doors", "They open at nine.")]))
    new["body"][0] |= {"id": old["body"][0]["id"], "condition": 'support = "office"'}
    page = Page(comparison(old, new).html)
    assert "removed: eight added: nine" in page.words
    assert "When it is part of the contract was: Always shown → is now: Shown if" in page.words


def test_a_setting_of_a_block_or_a_field_says_which_one_and_from_what_to_what():
    old = streams.clause("Doors", "They open at eight.")
    change = only([old], [same_block(old, policy="editable", level="2")])
    assert [(one.aspect, one.old, one.new) for one in change.details] == [
        ("level", "1", "2"),
        ("policy", "locked", "editable"),
    ]
    fields = copy.deepcopy(made.FIELDS)
    fields[0]["value"] |= {"required": False, "role": "customer"}
    before, after = made.content(), made.content(fields=fields)
    [change] = [one for one in diffs.compare(before, after) if one.part == diffs.FIELD]
    assert [(one.aspect, one.old, one.new) for one in change.details] == [
        ("role", "Leverandøren", "Kunden"),
        ("required", "true", "false"),
    ]
    words = Page(comparison(before, after).html).words
    assert "must be filled in was: yes → is now: no" in words


def test_headings_inside_a_change_go_down_one_level_at_a_time():
    old = uploads.exhibit(media.file("plan.pdf"))
    new = same_block(old, file=media.file("rules.pdf"))
    found = Page(comparison(made.content([old]), made.content([new])).html).headings
    assert all(later - level <= 1 for level, later in pairwise(found))
