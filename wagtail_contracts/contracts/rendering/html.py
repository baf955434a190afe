"""The text of a contract as HTML, from its content tree alone; templates write all markup."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wagtail_contracts.contracts.core import shown, trees
from wagtail_contracts.contracts.core.kinds.alternatives import chosen
from wagtail_contracts.contracts.rendering.answers import Input
from wagtail_contracts.contracts.rendering.around import spoken
from wagtail_contracts.contracts.rendering.parts import Part, Parts, Rendered, Shelf, Standing

TEMPLATES = "wagtail_contracts/contracts/html"
FILES = "wagtail_contracts_upload"  # the address below which the admin has files
VERSIONS = 32  # whose text a process keeps


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
    digest: str = "",
    language: str | None = None,
    inputs: Mapping[str, Input] | None = None,
    signatures: Mapping[str, Standing] | None = None,
    shelf: Shelf | None = None,
) -> SafeString:
    """The whole text as an article; its headings begin at h2.

    `inputs` (of `answers.answer_inputs`) turn the first place of their fields into a control.
    `language` is the reader's, for the words around controls; the rest is in the contract's.
    `signatures` says by a person's id where their signature stands. With the `digest` of a frozen
    version, what is the same for all its readers is rendered once in a process. `shelf` says where
    its reader finds the files; unless told otherwise, in the admin.
    """
    shelf = shelf or Shelf(reverse(FILES))
    known = kept(digest)
    parts = Parts(content, inputs or {}, signatures or {}, shelf.words).whole(known)
    with translation.override(spoken(content["language"])):
        context = _context(content, language or content["language"], shelf)
        texts = _texts(parts, context, known, shelf.below)
        return render_to_string(f"{TEMPLATES}/document.html", {**context, "texts": texts})


def _context(content: trees.Content, reader: str, shelf: Shelf) -> dict[str, Any]:
    return {
        "content": content,
        "reader": reader,
        "mark": f"{TEMPLATES}/_mark.html",
        "anchors": True,
        "linked": True,
        "shelf": shelf.address,
        "downloads": shelf.form,
        "withheld": shelf.withheld,
        "unfilled": _("not filled in"),
    }


def contents(content: trees.Content) -> list[Entry]:
    """The list of contents: what has a heading on level 1, and definitions with a number there."""
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
    if block["type"] in ("area", "party_details", "signatures"):
        return str(block["title"])
    if block["type"] == "exhibit":
        return _("Exhibit %s") % f"{block['number']}: {block['title']}"
    if block["type"] == "alternatives":
        return _named({**(chosen(block) or {}), "type": "clause"}, content)
    if block["type"] == "definition" and block["number"]:
        return _words(block["term"], content)
    nodes = {"heading": "content", "clause": "heading", "bilingual": "heading"}.get(block["type"])
    return _words(block[nodes], content) if nodes else ""


def _words(nodes: list[trees.Node], content: trees.Content) -> str:
    return " ".join(shown.words(nodes, content).split())


Kept = dict[tuple[int | str, str], Rendered]


def kept(digest: str) -> Kept:
    """What has been rendered of a version, to be added to; nothing without a digest."""
    # While a site is being developed, a template may change under a version.
    return _kept(digest) if digest and not settings.DEBUG else {}


@lru_cache(maxsize=VERSIONS)
def _kept(digest: str) -> Kept:
    """What has been rendered of a version, by position and id. A digest has one text for ever."""
    return {}


def _texts(
    parts: list[Part], context: dict[str, Any], kept: Kept, below: Mapping[str, SafeString]
) -> list[SafeString]:
    made = []
    for position, part in enumerate(parts):
        made.append(_text(position, part, context, kept))
        if part["id"] in below:
            made.append(below[part["id"]])
    return made


def _text(position: int, part: Part, context: dict[str, Any], kept: Kept) -> SafeString:
    place, fixed = (position, part["id"]), "text" in part or _is_fixed(part)
    if fixed and place in kept:
        return kept[place].text
    text = render_to_string(f"{TEMPLATES}/_parts.html", {**context, "parts": [part]})
    if fixed:
        kept[place] = Rendered(text, part.get("after"))
    return text


def _is_fixed(part: Part) -> bool:
    """Whether nothing differs by reader: no control, no signature, no rest, no file's address."""
    waiting: list[Any] = [part]
    while waiting:
        node = waiting.pop()
        if type(node) is list:
            waiting += node
        elif type(node) is dict:
            if "file" in node or node.get("boxes") or node.get("type") in ("signatures", "details"):
                return False
            waiting += node.values()
    return True
