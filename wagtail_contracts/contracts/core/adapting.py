"""A proposal on another text than it was made on: what was changed since stays as it is today."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from wagtail_contracts.contracts.core import boxes, suggesting, trees, weaving
from wagtail_contracts.contracts.core.boxes import Box
from wagtail_contracts.contracts.core.matching import Matcher
from wagtail_contracts.contracts.core.numbering import Place
from wagtail_contracts.contracts.core.richtext import Unreadable
from wagtail_contracts.contracts.core.suggesting import Misfit, Proposal
from wagtail_contracts.contracts.core.typed_text import Written

SIGN = "\0"  # no text has it: it begins what tells boxes apart
ROW, CELL, COLUMN = (f"{SIGN}{name}" for name in ("row", "cell", "column"))


class Part(NamedTuple):
    """The words of one box, with the sign before them."""

    sign: str
    words: str


def adapted(then: trees.Content, now: trees.Content, proposal: Proposal) -> Proposal:
    """A proposal that was made on `then`, for today's text. Raises Misfit.

    One at the same words, or those next to them, does not fit any more.
    """
    if proposal["kind"] == suggesting.WORDING:
        return _reworded(then, now, proposal)
    if proposal["kind"] == suggesting.VALUES:
        before, after = _stated(then, proposal), _stated(now, proposal)
        wanted = {name: part for name, part in _wanted(proposal).items() if after.get(name) != part}
        if any(before.get(name) != after.get(name) for name in wanted):
            raise Misfit("meets")
    if proposal["kind"] == suggesting.ALTERNATIVE:
        at, chosen = proposal["block"], proposal["chosen"]
        was, stands = (
            suggesting.places(one).choices.get(at, {}).get("chosen") for one in (then, now)
        )
        if stands not in (was, chosen):
            raise Misfit("meets")
    return proposal


def retyped(then: trees.Content, now: trees.Content, proposal: Proposal) -> dict[str, str]:
    """What stands in the boxes of today's block once a proposal is in it. Raises Misfit."""
    parts = _reworded(then, now, proposal)["parts"]
    today = suggesting.places(now).wordings[proposal["block"]]
    said = Written({**today, **parts}, now).text()
    return laid_over(today, now, said)


def laid_over(
    block: trees.Node, content: trees.Content, typed: Mapping[str, str]
) -> dict[str, str]:
    """What somebody typed for another state of a block, by the names of its boxes as it is.

    Nothing that was typed is lost: items that have no box there are added where they belong.
    """
    if block["type"] != "list":
        return dict(typed)
    now = list(Written(block, content).text().values())
    wanted = [typed[name] for name in sorted(typed, key=boxes.standing) if typed[name].strip()]
    made = {f"item-{at}": "" for at in range(1, len(now) + 1)}
    steps = Matcher(now, wanted, autojunk=False).get_opcodes()
    for _kind, start, end, begin, stop in steps:
        for place, text in enumerate(wanted[begin:stop], start):
            name = f"item-{place + 1}" if place < end else f"item-{end}-{place - end + 1}"
            made[name] = text
    return made


def _reworded(then: trees.Content, now: trees.Content, proposal: Proposal) -> Proposal:
    before = {block["id"]: block for block in trees.blocks(then["body"])}[proposal["block"]]
    today = suggesting.opened(suggesting.places(now).wordings, now, proposal["block"])
    if today["type"] != before["type"]:
        raise Misfit("gone")
    parts = boxes.parts_of(today["type"])
    if all(today[part] == before[part] for part in parts):
        return proposal
    sides = (before, today, {**today, **proposal["parts"]})
    # Formatting and tokens are taken from whichever of them has the words, today's first.
    known = {part: [node for one in (*sides[1:], before) for node in one[part]] for part in parts}
    written = Written({**today, **known}, now)
    weave = _strung if today["type"] in boxes.ROWS else _beside
    try:
        return {**proposal, "parts": weave(written, sides)}
    except Unreadable as error:
        raise Misfit("meets") from error


def _beside(written: Written, sides: Sequence[trees.Node]) -> dict[str, Any]:
    """Each part of the block for itself."""
    said = [{name: written.said(box) for name, box in boxes.boxes(one).items()} for one in sides]
    made = {part: weaving.woven(*(each[part] for each in said)) for part in written.boxes}
    if None in made.values():
        raise Misfit("meets")
    return written.read({part: made[part] or "" for part in made})


# -- one box after the other --------------------------------------------------------------------


def _strung(written: Written, sides: Sequence[trees.Node]) -> dict[str, Any]:
    """Items, cells or columns as one row of words, so that they may come and go in between."""
    made = weaving.woven_words(*(_words(_parts(written, one)) for one in sides))
    if made is None:
        raise Misfit("meets")
    found = list(_told_apart(made))
    kind = sides[1]["type"]
    how = boxes.RICH if kind == "columns" else boxes.LINE
    known = {written.said(box): box.now for box in written.boxes.values()}
    pool = [node for box in written.boxes.values() for node in box.now]
    read = [
        (part.sign, written.read_box(Box(how, known.get(part.words, pool)), part.words))
        for part in found
    ]
    return _GATHERED[kind](read)


def _parts(written: Written, block: trees.Node) -> Iterator[Part]:
    if block["type"] == "list":
        for item, box in zip(block["items"], boxes.boxes(block).values(), strict=True):
            place = Place(item["level"], item["style"], item["start"])
            yield Part(f"{SIGN}{json.dumps(place)}", written.said(box))
        return
    for name, box in boxes.boxes(block).items():
        if block["type"] == "columns":
            yield Part(COLUMN, written.said(box))
        else:
            yield Part(ROW if name.endswith("-1") else CELL, written.said(box))


def _words(parts: Iterator[Part]) -> list[str]:
    return [word for part in parts for word in (part.sign, *weaving.words(part.words))]


def _told_apart(words: Sequence[str]) -> Iterator[Part]:
    part: Part | None = None
    for word in words:
        if not word.startswith(SIGN):
            if part is None:
                raise Misfit("meets")
            part = part._replace(words=part.words + word)
            continue
        if part is not None:
            yield part
        part = Part(word, "")
    if part is not None:
        yield part


Read = Sequence[tuple[str, Any]]


def _items(read: Read) -> dict[str, Any]:
    made = [
        {**Place(*json.loads(sign.removeprefix(SIGN)))._asdict(), "content": content}
        for sign, content in read
        if content
    ]
    if not 0 < len(made) <= boxes.MOST_ITEMS:
        raise Misfit("meets")
    return {"items": boxes.renumbered(made)}


def _rows(read: Read) -> dict[str, Any]:
    rows: list[list[Any]] = []
    for sign, content in read:
        if sign == ROW:
            rows.append([])
        if not rows:
            raise Misfit("meets")
        rows[-1].append(content)
    if len({len(row) for row in rows}) != 1:
        raise Misfit("meets")
    return {"rows": rows}


def _columns(read: Read) -> dict[str, Any]:
    if not all(content for _sign, content in read):
        raise Misfit("meets")
    return {"columns": [content for _sign, content in read]}


_GATHERED = {"list": _items, "table": _rows, "columns": _columns}


# -- values -------------------------------------------------------------------------------------


def _wanted(proposal: Proposal) -> dict[str, Any]:
    values = {item["key"]: item["value"] for item in proposal["values"]}
    return values | {item["row"]: item["quantity"] for item in proposal["quantities"]}


def _stated(whole: trees.Content, proposal: Proposal) -> dict[str, Any]:
    """What there is where a proposal of values would change something."""
    rows = [
        row
        for block in trees.blocks(whole["body"])
        for row in block.get("rows", ())
        if block["type"] == "products"
    ]
    found = {row["id"]: row["quantity"] for row in rows}
    return {**found, **trees.values_by_key(whole)}
