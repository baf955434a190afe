"""The text of a contract as HTML, from its content tree alone; templates write all markup."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString

from wagtail_contracts.contracts.core import shown, trees
from wagtail_contracts.contracts.rendering.answers import Input
from wagtail_contracts.contracts.rendering.parts import Parts, Standing

TEMPLATES = "wagtail_contracts/contracts/html"


@dataclass(frozen=True)
class Entry:
    """A line of the list of contents: where it leads, its number and its words."""

    anchor: str
    level: int
    number: str
    words: str


def document(
    content: trees.Content,
    *,
    language: str | None = None,
    inputs: Mapping[str, Input] | None = None,
    signatures: Mapping[str, Standing] | None = None,
) -> SafeString:
    """The whole text as an article; its headings begin at h2.

    `inputs` (of `answers.answer_inputs`) turn the first place of their fields into a control.
    `language` is the reader's, for the words around controls; the rest is in the contract's.
    `signatures` says by a person's id where their signature stands.
    """
    context = {
        "content": content,
        "parts": Parts(content, inputs or {}, signatures or {}).whole(),
        "reader": language or content["language"],
        "mark": f"{TEMPLATES}/_mark.html",
        "anchors": True,
    }
    with translation.override(content["language"]):
        return render_to_string(f"{TEMPLATES}/document.html", context)


def contents(content: trees.Content) -> list[Entry]:
    """The list of contents: headings, clauses that have one, areas and signatures of level 1."""
    made = []
    for block in trees.blocks(content["body"]):
        words = _named(block, content)
        if words and block.get("level", 1) == 1:
            made.append(Entry(anchor(block["id"]), 1, block["number"] or "", words))
    return made


def anchor(block_id: str) -> str:
    """The id of a block on the page; it stays when numbers change."""
    return f"b-{block_id}"


def _named(block: trees.Node, content: trees.Content) -> str:
    if block["type"] in ("area", "signatures"):
        return str(block["title"])
    nodes = {"heading": "content", "clause": "heading"}.get(block["type"])
    return " ".join(shown.words(block[nodes], content).split()) if nodes else ""
