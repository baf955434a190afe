"""References to blocks and definitions: as stored, copied, edited, shown and printed."""

import json
import re

import pytest
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from example_site import contents as streams
from tests.unit.contracts import made
from wagtail_contracts.contracts.blocks import ContractStream, plain, renewed
from wagtail_contracts.contracts.blocks.clauses import TEXT
from wagtail_contracts.contracts.core import diffs, references, richtext, shown
from wagtail_contracts.contracts.rendering import html, text
from wagtail_contracts.contracts.rendering import print as printing

FIRST = streams.clause("Leie", "Den betales.")
INNER = streams.clause("", "i forskudd", level=2)
INNER["value"]["style"] = "(a)"


CHIP = streams.chip(f"clause.{INNER['id']}")
SEE = streams.text(f"Se punkt {CHIP}.")


def body():
    return [FIRST, INNER, SEE]


def test_a_number_is_cited_below_that_of_the_clause_around_it():
    tree = made.content(body())
    assert references.cites(tree) == {FIRST["id"]: "1", INNER["id"]: "1(a)"}
    assert shown.text(tree["body"][2], tree) == "Se punkt 1(a)."


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("Annex I", "I"),
        ("Vedlegg 2 Tegninger", "2"),
        ("Annex B: Prices", "B"),
        ("Annexes", ""),
        ("The Annex I", ""),
        ("Annex In short", ""),
    ],
)
def test_a_heading_is_cited_by_the_number_after_its_first_word(words, number):
    assert references.label(words) == number


def test_a_copy_refers_to_its_own_blocks():
    stream = ContractStream()
    [made_of], _ids = renewed(plain(stream.to_python(body())))
    ids = [entry["id"] for entry in made_of]
    assert not set(ids) & {entry["id"] for entry in body()}
    assert made_of[2]["value"]["text"].count(f"clause.{ids[1]}") == 2
    assert INNER["id"] not in json.dumps(made_of)


def test_the_editor_keeps_a_reference_and_nothing_that_a_post_claims_of_it():
    converter = ContentstateConverter(features=TEXT)
    stored = f"<p>Se punkt {CHIP}.</p>"
    state = json.loads(converter.from_database_format(stored))
    [entity] = state["entityMap"].values()
    assert entity["data"] == {"field": f"clause.{INNER['id']}"}
    entity["data"]["label"] = "9.9"
    written = converter.to_database_format(json.dumps(state))
    assert re.sub(r' data-block-key="\w+"', "", written) == stored


def test_a_page_and_a_paper_lead_to_the_block():
    tree = made.content(body())
    for shown_as in (html.document(tree), printing.draft_bundle(tree, "X").html):
        assert f'<a class="wc-reference" href="#b-{INNER["id"]}">1(a)</a>' in shown_as
        assert shown_as.count(f'id="b-{INNER["id"]}"') == 1


def test_a_paper_has_no_other_anchors():
    printed = printing.draft_bundle(made.content(body()), "X").html
    assert re.findall(r' id="(.*?)"', printed) == [f"b-{INNER['id']}"]


def test_a_reference_that_leads_nowhere_is_no_link():
    tree = made.content(body()[::2])
    assert "wc-reference" not in html.document(tree)
    for words in (html.document(tree), printing.draft_bundle(tree, "X").html, text.plain(tree)):
        assert "Se punkt (left out)." in words


def test_a_changed_clause_is_called_as_people_cite_it():
    other = streams.entry("clause", **{**INNER["value"], "text": "<p>etterskuddsvis</p>"})
    other["id"] = INNER["id"]
    [change] = diffs.compare(made.content(body()), made.content([FIRST, other, SEE]))
    assert change.number == "1(a)"


def test_a_clause_that_moves_takes_its_references_along():
    first = made.content(body())
    moved = made.content([streams.clause("Før", "Noe."), *body()])
    assert [change.kind for change in diffs.compare(first, moved)] == ["added"]
    assert shown.text(moved["body"][3], moved) == "Se punkt 2(a)."


@pytest.mark.parametrize(("numbered", "number"), [(True, "2"), (False, None)])
def test_a_definition_is_a_term_and_what_it_means(numbered, number):
    entry = streams.definition("«Feil»", "betyr <b>brudd</b>.", numbered=numbered)
    tree = made.content([FIRST, entry])
    block, page = tree["body"][1], " ".join(html.document(tree).split())
    assert (block["number"], block["style"]) == (number, "1.1" if numbered else None)
    told = f'<span class="wc-number">{number} </span>' if numbered else ""
    assert f"<dt>{told}<dfn>«Feil» </dfn></dt> <dd>" in page
    assert shown.text(block, tree) == "«Feil»\nbetyr brudd."


@pytest.mark.parametrize("style", ["2.", "x", "((a)"])
def test_a_stored_style_that_is_none_is_refused(style):
    wrong = streams.entry("clause", **{**INNER["value"], "style": style})
    with pytest.raises(richtext.Unreadable, match=re.escape(style)):
        made.content([wrong])
    assert made.content([{**wrong, "value": {**wrong["value"], "style": "a)"}}])


def test_the_stream_keeps_what_it_was_given_of_numbers():
    stream = ContractStream()
    kept = plain(stream.clean(stream.to_python(body())))
    assert [entry["value"].get("style") for entry in kept] == ["", "(a)", None]
