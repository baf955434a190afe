"""Blocks of Markdown as lines of text, for places that hold nothing else: items, options, cells."""

import re
from collections.abc import Iterable, Iterator
from html import escape, unescape

from markdown_it.tree import SyntaxTreeNode

from wagtail_contracts.contracts.core.importing.drafts import Draft
from wagtail_contracts.contracts.core.importing.inline import line, rich, words

# What begins and ends so is not shown.
UNSHOWN = (("<!--", "-->"), (r"<script\b", r"</script\s*>"), (r"<style\b", r"</style\s*>"))
TAG = re.compile(r"<[^<>]*>")
Node = SyntaxTreeNode


def lines(parts: Iterable[Node], draft: Draft) -> list[str]:
    """What the parts say, line by line, as stored rich text; what changed its form is reported."""
    return [text for part in parts for text in _lines(part, draft) if text]


def _lines(part: Node, draft: Draft) -> Iterator[str]:
    if part.type == "paragraph":
        yield rich(part, draft)
    elif part.type in ("fence", "html_block"):
        yield from preformatted(part, draft)
    elif part.type == "table":
        draft.note(line(part), "as_lines", kind=part.type, words=words(part))
        for row in rows(part):
            yield " – ".join(filter(None, (rich(cell, draft) for cell in row.children)))
    elif part.type == "hr":
        draft.note(line(part), "rule")
    elif part.type == "heading":
        draft.note(line(part), "as_lines", kind=part.type, words=words(part))
        yield rich(part, draft)
    else:
        if part.type != "list_item":
            draft.note(line(part), "as_lines", kind=part.type, words=words(part))
        yield from lines(part.children, draft)


def rows(table: Node) -> list[Node]:
    """The rows of a table, that of its heading first."""
    return [row for part in table.children for row in part.children]


def preformatted(node: Node, draft: Draft) -> list[str]:
    """The lines of code or markup as plain text."""
    if node.type == "fence":
        draft.note(line(node), "fence", words=" ".join([node.info, node.content.strip()]).strip())
        found = node.content.splitlines()
    else:
        draft.note(line(node), "html", words=node.content.strip())
        found = [unescape(text) for text in _shown(node.content).splitlines()]
    return [escape(" ".join(text.split()), quote=False) for text in found if text.strip()]


def _shown(markup: str) -> str:
    """What a browser would show of it."""
    for begins, ends in UNSHOWN:
        # Behind the last end none is looked for: each search would go on to the end of the text.
        closes = [found.end() for found in re.finditer(ends, markup, re.IGNORECASE)]
        last = closes[-1] if closes else 0
        whole = re.compile(f"{begins}.*?{ends}", re.DOTALL | re.IGNORECASE)
        markup = whole.sub(" ", markup[:last]) + markup[last:]
    return TAG.sub(" ", markup)
