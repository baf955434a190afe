"""Whatever an agreement in Markdown looks like: each word is placed, in order, or reported."""

import re
from collections.abc import Iterator
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from wagtail_contracts.contracts.blocks import ContractStream, FieldStream, RoleStream
from wagtail_contracts.contracts.core import content, richtext, trees
from wagtail_contracts.contracts.core.importing import read
from wagtail_contracts.contracts.core.kinds.base import rich_lines

WORD = re.compile(r"w\d+q")
# W becomes a word of its own. What a parser could swallow is among them: notes on links, pictures,
# comments, addresses that nothing uses, boxes, cells beyond the last column, deep indents.
RUNS = [
    "W",
    "W W",
    "**W W**",
    "***W** W*",
    "[W W]",
    "[**W** W]",
    "[W](https://a.example)",
    '[W](http://a.example "W")',
    "[W](W/x)",
    "[W](javascript:W)",
    "[W][W]",
    "[](https://a.example)",
    "`W [W]`",
    "<span class='t'>W</span>",
    "<b>W</b>",
    "<!-- W -->",
    '![W](https://a.example/p.png "W")',
    "\\[W\\]",
    "&amp;W&#91;",
    "[W",
    "W]",
    "[[W] W]",
    "[ ] W",
    "[x]",
    "[^W]",
    "[W]:",
    "W:",
    "W<br>W",
    "W  ",
    "W\\",
    "~~W~~",
    "<script>W</script>",
    "W | W",
    "W \\| W",
    "_W_",
    "*",
    "**",
    "<",
    "`",
    "](",
]
STARTS = [
    "",
    "# ",
    "## ",
    "###### ",
    "#",
    "- ",
    "* ",
    "1. ",
    "2. ",
    "7) ",
    "- [ ] ",
    "- [x] ",
    "1. [ ] ",
    "1. ## ",
    "- 1. ",
    "> ",
    "> - ",
    "| ",
    "|W|W|\n|--|--|\n|",
    "W | W\n--|--\n",
    "```",
    "---",
    "===",
    "[W]: ",
    "<div>",
    "a. ",
    "iv) ",
    "\t",
    "-",
]
LINES = st.tuples(
    st.sampled_from(["", "", "  ", "   ", "    ", "      ", "          "]),
    st.sampled_from(STARTS),
    st.lists(st.sampled_from(RUNS), max_size=3).map(" ".join),
    st.sampled_from(["\n", "\n", "\n\n"]),
).map("".join)


@st.composite
def agreements(draw: st.DrawFn) -> str:
    """A text whose words are all different and in the order of their numbers."""
    drawn = "# W\n" + "".join(draw(st.lists(LINES, max_size=14)))
    numbers = count(1)
    return re.sub("W", lambda _found: f"w{next(numbers)}q", drawn)


@settings(max_examples=400, deadline=None)
@given(agreements())
def test_every_word_is_placed_in_order_or_reported(text):
    imported = read([("a.md", text)])
    definitions = [item["value"] | {"kind": item["type"]} for item in imported.fields]

    placed = [number(word) for word in WORD.findall(" ".join(told(imported, definitions)))]
    assert placed == sorted(set(placed))
    reported = WORD.findall(str([note.words for note in imported.notes]))
    asked = WORD.findall(str([(item["help"], item["label"]) for item in definitions]))
    known = {*placed, *map(number, reported), *map(number, asked)}
    assert {number(word) for word in visible(text)} <= known


@settings(max_examples=60, deadline=None)
@given(agreements())
def test_whatever_was_read_is_a_template(text):
    imported = read([("a.md", text)])
    for stream, entries in (
        (ContractStream(), imported.body),
        (FieldStream(required=False), imported.fields),
        (RoleStream(), imported.roles),
    ):
        stream.clean(stream.to_python(entries))


def visible(text: str) -> list[str]:
    """The words of a text without the targets of its links."""
    return WORD.findall(re.sub(r"\]\(\S+|\]\[\S+\]", "]", text))


def number(word: str) -> int:
    return int(word[1:-1])


def told(imported, definitions) -> Iterator[str]:
    """What the canonical text says, each field in its place with what it asks for."""
    fields = {item["key"]: item for item in definitions}
    yield imported.title
    for block in trees.blocks(content.body(imported.body)):
        for line in trees.lines(block):
            yield from said(line, fields)
        if block["type"] == "field_place":
            for option in fields[block["key"]].get("options", []):
                [line] = rich_lines(richtext.rich(option["value"]["text"]))
                yield from said(line, fields)


def said(nodes, fields) -> Iterator[str]:
    for node in trees.inlines(nodes):
        yield fields[node["key"]]["help"] if node["type"] == "field" else node.get("text", " ")
