"""Stored rich text as a small tree; nothing is dropped in silence."""

import pytest

from wagtail_contracts.contracts.core import richtext


def text(words, *marks):
    return {"type": "text", "text": words, "marks": list(marks)}


def line(html):
    return richtext.inline(html)


def chip(key):
    return f'<span data-contract-field="{key}">whatever stands here</span>'


@pytest.mark.parametrize(
    ("html", "nodes"),
    [
        ("en <b>to</b>", [text("en "), text("to", "bold")]),
        ("<i>a<b>b</b></i>", [text("a", "italic"), text("b", "bold", "italic")]),
        ("<strong>a</strong><em>b</em>", [text("a", "bold"), text("b", "italic")]),
        ("<b>a</b><b>b</b>", [text("ab", "bold")]),
        ("  a \n\t b  ", [text("a b")]),
        ("a <br/> b", [text("a"), {"type": "break"}, text("b")]),
        ("5 &lt; 6 &amp; 7", [text("5 < 6 & 7")]),
        ("a&#x30a;", [text("å")]),
        ("<b>a</b><b>\u030a</b>", [text("å", "bold")]),
        ("", []),
        (" <b> </b> ", []),
    ],
)
def test_text_is_what_a_browser_would_show(html, nodes):
    assert line(html) == nodes


def test_several_paragraphs_of_a_line_are_lines_of_it():
    assert line("<p>a</p><p>b</p>") == [text("a"), {"type": "break"}, text("b")]


@pytest.mark.parametrize(
    ("key", "node"),
    [
        ("price", {"type": "field", "key": "price"}),
        ("customer.name", {"type": "party", "role": "customer", "part": "name"}),
        (
            "customer.organisation_number",
            {"type": "party", "role": "customer", "part": "organisation_number"},
        ),
        ("customer.people", {"type": "party", "role": "customer", "part": "people"}),
        ("contract.title", {"type": "title"}),
    ],
)
def test_a_chip_is_a_reference_and_its_words_are_not_kept(key, node):
    assert line(f"<b>{chip(key)}</b>") == [{**node, "marks": ["bold"]}]


@pytest.mark.parametrize(
    "href",
    ["https://example.com", "https://example.com/a?b=1&amp;c#d", "mailto:a@b.example", "tel:+4799"],
)
def test_links_lead_to_the_web_to_mail_and_to_telephones(href):
    found = line(f'<a href="{href}">her <b>og</b></a>')
    assert found[0]["href"] == href.replace("&amp;", "&")
    assert found[0]["content"] == [text("her "), text("og", "bold")]


def test_lists_know_their_levels_and_markers():
    html = "<ol><li>a<ol><li>b</li><li>c</li></ol></li><li>d</li></ol>"
    [found] = richtext.rich(html)
    assert (found["type"], found["ordered"]) == ("list", True)
    assert [(item["level"], item["number"]) for item in found["items"]] == [
        (1, "1."),
        (2, "a."),
        (2, "b."),
        (1, "2."),
    ]


def test_paragraphs_and_lists_keep_their_order():
    found = richtext.rich("<p>a</p><ul><li>b</li></ul><p>c</p>")
    assert [part["type"] for part in found] == ["paragraph", "list", "paragraph"]
    assert found[1]["items"][0]["number"] == "•"


@pytest.mark.parametrize(
    ("html", "code"),
    [
        ("<script>x</script>", "tag"),
        ("<h2>x</h2>", "tag"),
        ("<img src='x'>", "tag"),
        ("<table></table>", "tag"),
        ("<!-- x -->", "tag"),
        ("<!doctype html>", "tag"),
        ("<?php x ?>", "tag"),
        ("<b>x", "tag"),
        ("x</b>", "tag"),
        ("<b><i>x</b></i>", "tag"),
        ('<a href="javascript:x">x</a>', "link"),
        ('<a href="http://example.com">x</a>', "link"),
        ('<a href="https://">x</a>', "link"),
        ('<a href="https://e.example/a b">x</a>', "link"),
        ('<a linktype="page" id="3">x</a>', "link"),
        ('<a href="https://a.example">x<a href="https://b.example">y</a></a>', "link"),
        ("<span>x</span>", "chip"),
        (chip("Price"), "chip"),
        (chip("a.b.c"), "chip"),
        (chip("customer.secret"), "chip"),
        ('<span data-contract-field="price"><b>x</b></span>', "chip"),
        ("<ol>x</ol>", "place"),
        ("<ol><li>a<ol><li>b</li></ol>c</li></ol>", "place"),
        ("<p>a<p>b</p></p>", "place"),
        ("<li>x</li>", "place"),
        ("<ul><li>" * 5 + "x" + "</li></ul>" * 5, "depth"),
    ],
)
def test_what_has_no_place_is_refused_by_name(html, code):
    with pytest.raises(richtext.Unreadable) as refused:
        richtext.rich(html)
    assert refused.value.code == code


def test_a_list_has_no_place_in_a_line():
    assert line("<p>x</p>")
    with pytest.raises(richtext.Unreadable):
        line("<ul><li>x</li></ul>")


def test_four_levels_are_not_too_deep():
    [found] = richtext.rich("<ul><li>x" * 4 + "</li></ul>" * 4)
    assert [item["level"] for item in found["items"]] == [1, 2, 3, 4]
