"""References that were typed as words: which become references to a block, and which stay words."""

import pytest

from tests.unit.contracts import made
from wagtail_contracts.contracts.core import content, readiness, references, shown, trees
from wagtail_contracts.contracts.core.importing import read

TERMS = """# Terms

1. Rent
   1. It is paid in advance.
   2. It is raised
      (a) once a year, and
      (b) by the index:
          (i) of prices,
          (ii) of wages.
2. House
3. End

{text}

# Annex I

1. One
2. Two

## Annex B

Nothing.
"""


def referred(text):
    """The words that became references, as they are printed."""
    body = content.body(read([("a.md", TERMS.replace("{text}", text))]).body)
    tree = {**made.content([]), "body": body}
    cites = references.cites(tree)
    found = [node for node in trees.body_nodes(tree) if node["type"] == "reference"]
    assert text.replace("*", "") in "\n".join(shown.text(block, tree) for block in body)
    return [cites[node["block"]] for node in found]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("See clause 1.2.", ["1.2"]),
        ("See clause 1.2(b) and Section 3.", ["1.2(b)", "3"]),
        ("Clause 1.2(b)(ii) applies.", ["1.2(b)(ii)"]),
        ("As **clause 2** says.", ["2"]),
        ("See Annex I; Annex B too.", ["I", "B"]),
        ("Section 2 of this agreement", ["2"]),
        ("Section 2 of this agreement, not Section 9 of the Act", ["2"]),
        ("punkt 3 ovenfor", ["3"]),
    ],
)
def test_words_that_name_a_block_of_the_agreement_become_a_reference(text, numbers):
    assert referred(text) == numbers


@pytest.mark.parametrize(
    "text",
    [
        "See clause 4.",  # there is none
        "See clause 2 of the Act.",
        "Article 2 GDPR",
        "Art. 3 DSGVO",
        "clause 2.50 and clause 2-1",
        "Annex I(B)",
        "Annex II",
        "subclause 2",
        "In Clause 2 and in Clause 17",  # so Clause means those of something else
        "[clause 2](https://example.com/clause)",
    ],
)
def test_words_that_may_mean_another_document_stay_words(text):
    body = content.body(read([("a.md", TERMS.replace("{text}", text))]).body)
    assert [node for node in trees.body_nodes({"body": body}) if node["type"] == "reference"] == []


def test_an_annex_refers_to_its_own_numbers_first():
    text = TERMS.replace("{text}", "See clause 1.").replace("2. Two", "2. Two, see clause 1.")
    body = content.body(read([("a.md", text)]).body)
    nodes = [node for node in trees.body_nodes({"body": body}) if node["type"] == "reference"]
    ids = [block["id"] for block in body if block["number"] == "1"]
    assert [node["block"] for node in nodes] == ids


def test_a_reference_prints_the_new_number_once_a_clause_is_left_out():
    body = content.body(read([("a.md", "# T\n\n1. One\n2. Two\n3. See clause 2.")]).body)
    stored = read([("a.md", "# T\n\n1. One\n2. Two\n3. See clause 2.")]).body
    for left_out, said in ((0, "1"), (1, "(left out)")):
        kept = [entry for at, entry in enumerate(stored) if at != left_out]
        tree = {**made.content([]), "body": content.body(kept)}
        assert shown.text(tree["body"][1], tree) == f"See clause {said}."
        codes = [code for code, _words in readiness.problems(tree)]
        assert ("unknown_clause" in codes) == (left_out == 1)
    assert shown.text(body[2], {**made.content([]), "body": body}) == "See clause 2."
