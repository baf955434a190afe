"""Nothing that people write becomes markup: on the page, in a comparison, on paper."""

import copy
from datetime import UTC, datetime

import pytest

from tests.unit.contracts import made
from tests.unit.contracts.pages import Page
from wagtail_contracts.contracts.rendering import changes, html
from wagtail_contracts.contracts.rendering import print as printing
from wagtail_contracts.contracts.rendering.answers import answer_inputs
from wagtail_contracts.contracts.rendering.parts import Standing

ATTACKS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    '" autofocus onfocus="alert(1)',
    "' style='x:expression(alert(1))",
    "</p></div></section></article></main>",
    "</textarea><script>alert(1)</script>",
    "</title></style><base href=//evil.example>",
    "<!-- <b>",
    "<![CDATA[<b>]]>",
    "&lt;b&gt;&#60;b&#62;",
    "javascript:alert(1)",
    "{{ content }}{% load i18n %}{% debug %}",
    "<link rel=attachment href=file:///etc/passwd>",
    "a\nb\n<b>c</b>",
]
# What decides the shape of a page. All other texts of a tree are somebody's words.
SHAPE = {"type", "kind", "part", "role", "key", "policy", "currency", "marks", "href"}
DAYS = {"start", "notice", "price", "support", "named"}


def written(node, text, within=""):
    """The tree with `text` after every word that people write, and in every number and id."""
    if isinstance(node, dict):
        if node.get("key") in DAYS and "value" in node:
            return node
        return {
            name: part if name in SHAPE else written(part, text, name)
            for name, part in node.items()
        }
    if isinstance(node, list):
        return [written(part, text, within) for part in node]
    return f"{node}{text}" if isinstance(node, str) and within != "marks" else node


def shape(html):
    return [(tag, sorted(given)) for tag, given in Page(html).elements]


def tree(text):
    values = {**made.VALUES, "remarks": "merknad", "until": "21"}
    content = made.content(values=values)
    return {**written(content, text), "language": content["language"]}


def page(text):
    content = tree(text)
    typed = {"remarks": f"x{text}", "invoice": f"x{text}", "start": f"x{text}"}
    problems = {"remarks": f"y{text}", "support": f"z{text}"}
    inputs = answer_inputs(content["fields"][1:7], typed, problems, "nb", content=content)
    signatures = {
        person["id"]: Standing("done", f"Signert{text}")
        for party in content["parties"]
        for person in party["people"]
    }
    return html.document(content, inputs=inputs, signatures=signatures, language="en")


def read_only(text):
    return html.document(tree(text))


def comparison(text):
    new = copy.deepcopy(tree(text))
    new["body"] = [*new["body"][3:], new["body"][0]]
    new["values"][1]["value"] = None
    new["title"] += f"ny{text}"
    return changes.comparison(tree(text), new, language="en").html


def paper(text):
    content = tree(text)
    signature = {
        "party": f"Kunde{text}",
        "label": f"Kunden{text}",
        "name": f"Kari{text}",
        "capacity": f"leder{text}",
        "consent": f"Jeg godtar{text}",
        "language": "nb",
        "method": "email_code",
        "level": "simple",
        "at": datetime(2026, 11, 20, tzinfo=UTC),
        "digest": f"7F3A{text}",
    }
    trail = {"length": 3, "head": f"ab{text}"}
    return printing.bundle(
        made.version(content),
        evidence=b"{}",
        signatures=[signature],
        trail=trail,
        at=datetime(2026, 11, 20, tzinfo=UTC),
    ).html


def plain(attack):
    """Words without any markup; a line break in them is one in the page too."""
    return "a\nb\nc" if "\n" in attack else "harmless"


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("show", [page, read_only, paper])
def test_words_make_no_element_and_no_attribute(show, attack):
    assert shape(show(attack)) == shape(show(plain(attack)))


@pytest.mark.parametrize("attack", ATTACKS)
def test_words_make_no_kind_of_element_in_a_comparison(attack):
    """How many words differ depends on the words."""
    known = {(tag, *given) for tag, given in shape(comparison("a\nb"))}
    assert {(tag, *given) for tag, given in shape(comparison(attack))} <= known


def test_the_words_are_still_there():
    for show in (page, read_only, comparison, paper):
        assert "<script>alert(1)</script>" in Page(show(ATTACKS[0])).words


def test_an_address_that_is_no_address_makes_no_link():
    content = made.content()
    assert Page(html.document(content)).all("a")
    for attack in ATTACKS:
        bad = copy.deepcopy(content)
        made.block(bad, "text")["content"][1]["content"][1]["href"] = attack
        assert Page(html.document(bad)).all("a") == []
        assert Page(printing.draft_bundle(bad, "X-1").html).all("a") == []
