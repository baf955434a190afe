"""The text of a contract as plain text, from its content tree alone: contract.txt."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from django.utils import translation
from django.utils.translation import gettext as _

from wagtail_contracts.contracts.core import shown, trees
from wagtail_contracts.contracts.core.fields import choices
from wagtail_contracts.contracts.core.fields.languages import called
from wagtail_contracts.contracts.rendering.acting import acting
from wagtail_contracts.contracts.rendering.around import spoken

NAME = "contract.txt"
WIDTH = 80
BREAK = "\n"


def plain(content: trees.Content) -> str:
    """Title, parties, all blocks with their numbers, and values that have no place in the text.

    Lines are at most 80 characters long, unless a word or the row of a table is longer.
    """
    with translation.override(spoken(content["language"])):
        parts = [_underlined(content["title"], "="), _languages(content), *_parties(content)]
        parts += [_block(block, content) for block in trees.blocks(content["body"])]
        parts += _rest(content)
    return "\n\n".join(filter(None, parts)) + "\n"


def _underlined(words: str, line: str) -> str:
    wrapped = _wrapped(words)
    return f"{wrapped}\n{line * max(map(len, wrapped.splitlines()), default=0)}"


def _languages(content: trees.Content) -> str:
    first, second, governing = (
        called(content[name], content["language"]) if content[name] else ""
        for name in ("language", "second_language", "governing")
    )
    if not second:
        return ""
    words = {"first": first, "second": second, "governing": governing}
    if governing:
        said = _(
            "This contract is written in %(first)s and %(second)s. If they differ, the text in "
            "%(governing)s governs."
        )
    else:
        said = _(
            "This contract is written in %(first)s and %(second)s. Both texts are equally valid."
        )
    return _wrapped(said % words)


def _parties(content: trees.Content) -> Iterator[str]:
    for party in content["parties"]:
        about = ", ".join(filter(None, (party["name"], party["organisation_number"])))
        people = (
            ", ".join(filter(None, (one["name"], one["capacity"], acting(one))))
            for one in party["people"]
        )
        yield BREAK.join([_wrapped(f"{party['label']}: {about}"), *map(_indented, people)])


def _block(block: trees.Node, content: trees.Content) -> str:
    if block["type"] == "heading":
        return _underlined(shown.text(block, content), "-")
    if block["type"] == "field_place":
        return _place(block["key"], content)
    if block["type"] == "table":
        return _table(block, content)
    if block["type"] == "signatures":
        return _signatures(block, content)
    if block["type"] == "area" and block["blocks"]:
        block = {**block, "empty": ""}
    number = f"{block['number']} " if block["number"] else ""
    nodes = (node for line in trees.lines(block) for node in trees.inlines(line))
    links = [f"<{node['href']}>" for node in nodes if node["type"] == "link"]
    return _wrapped(BREAK.join([f"{number}{shown.text(block, content)}", *links]), hang=len(number))


def _place(key: str, content: trees.Content) -> str:
    """The label, and the value or all options with a mark at those that are chosen."""
    field, value = trees.fields_by_key(content).get(key), trees.values_by_key(content).get(key)
    if field is None:
        return ""
    if not field["options"]:
        said = shown.answer(field, value, content) or shown.BLANK
        return _wrapped(f"{field['label']}: {said}", hang=2)
    lines = [
        _wrapped(f"[{'x' if choices.is_chosen(value, option['key']) else ' '}] {words}", hang=4)
        for option in field["options"]
        for words in [shown.words(option["content"], content)]
    ]
    return BREAK.join([_wrapped(field["label"]), *lines])


def _table(block: trees.Node, content: trees.Content) -> str:
    """Cells below each other where all rows fit, otherwise as a comparison shows them."""
    rows = [
        [shown.words(cell, content).replace(BREAK, " ") for cell in row] for row in block["rows"]
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    if sum(widths) + 2 * len(widths) > WIDTH:
        return shown.text(block, content)
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    if block["header_row"]:
        lines.insert(1, "  ".join("-" * width for width in widths))
    return BREAK.join([*filter(None, [block["caption"]]), *lines])


def _signatures(block: trees.Node, content: trees.Content) -> str:
    lines = [
        _indented(", ".join(filter(None, words)))
        for party in content["parties"]
        for one in party["people"]
        for words in [(one["name"], one["capacity"], party["name"], acting(one))]
    ]
    return BREAK.join([_underlined(block["title"], "-"), *lines])


def _rest(content: trees.Content) -> Sequence[str]:
    """Values that are part of what is agreed and stand nowhere in the text."""
    placed, values = trees.placed(content), trees.values_by_key(content)
    for choice, _option, nodes in trees.option_lines(content):
        if choice in placed:
            placed |= set(trees.keys(nodes))
    keys = [field["key"] for field in content["fields"] if field["key"] not in placed]
    found = [_place(key, content) for key in keys if values[key] is not None]
    return [_underlined(_("Further details"), "-"), *found] if found else []


def _indented(words: str) -> str:
    return textwrap.indent(_wrapped(words, WIDTH - 2), "  ")


def _wrapped(text: str, width: int = WIDTH, hang: int = 0) -> str:
    """Each line wrapped; all but the first stand `hang` characters further in."""
    made: list[str] = []
    for line in text.split(BREAK):
        made += textwrap.wrap(
            line,
            width,
            initial_indent=" " * hang if made else "",
            subsequent_indent=" " * hang,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]
    return BREAK.join(made)
