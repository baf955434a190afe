"""From everything that a contract offers to what is signed: conditions applied, choices made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from wagtail_contracts import canonical
from wagtail_contracts.contracts.core import computing, expressions, numbering, products, trees
from wagtail_contracts.contracts.core.kinds import KINDS
from wagtail_contracts.contracts.core.kinds.base import Scope
from wagtail_contracts.contracts.core.numbering import Place

Tree = dict[str, Any]
Values = Mapping[str, Any]
# Lists beside the body, always there: the shape stays the same when they are filled.
LISTS = ("products", "exhibits", "conditions", "alternatives", "dates")


def published(whole: trees.Content) -> Tree:
    """What is signed: nothing in it is hidden or not chosen. `offer` is the digest of the whole."""
    made = _seen(whole, open_=False)
    told: dict[str, list[Tree]] = {name: [] for name in LISTS}
    for name, entry in _told(made["body"]):
        told[name].append(entry)
    kept = {field["key"] for field in made["fields"]}
    made["values"] = [item for item in made["values"] if item["key"] in kept]
    offer = canonical.digest(canonical.CONTRACT_OFFER, whole)
    return {**made, **told, "value": products.value(made["body"]), "offer": offer}


def offered(whole: trees.Content, values: Values) -> Tree:
    """What is seen by somebody who fills in: as `published`, but what may be chosen is all there.

    `values` are those typed so far, by key; the rest is taken from the whole.
    """
    return _seen(trees.with_values(whole, values), open_=True)


def follows_answers(whole: trees.Content) -> bool:
    """Whether anything in it depends on values: a condition, a choice, a computed field."""
    blocks = list(trees.blocks(whole["body"]))
    asked = any(True for _ in trees.asked(whole["body"]))
    computed = any(computing.is_computed(field) for field in whole["fields"])
    return asked or computed or any(block["condition"] for block in blocks)


def numbered(body: Sequence[trees.Node]) -> list[Tree]:
    """The blocks with the numbers that they have in this order."""
    counted = [block for block in trees.blocks(body) if block.get("style")]
    places = (Place(block["level"], block["style"], block["start"]) for block in counted)
    return list(_with(body, iter(numbering.numbers(places)), numbering.letters()))


def hidden(whole: trees.Content, body: Sequence[trees.Node]) -> set[str]:
    """Keys of the fields whose every place in the text is hidden; `body` is what is seen of it."""
    return placed(whole["fields"], whole["body"]) - placed(whole["fields"], body)


def _seen(whole: trees.Content, *, open_: bool) -> Tree:
    stored = trees.values_by_key(whole)
    fields = [*whole["fields"], *trees.asked(whole["body"])]
    values = computing.computed(fields, stored)
    body: list[trees.Node] = []
    gone: set[str] = set()
    # What hides a field may depend on another one; without cycles this ends sooner.
    for _ in range(len(fields) + 1):
        body = list(_shown(whole["body"], Scope(values, open_)))
        found = hidden(whole, body) | _undecided(whole, values)
        if found == gone:
            break
        gone = found
        values = computing.computed(fields, stored, without=gone)
    return {
        **{name: part for name, part in whole.items() if name != "salt"},
        "fields": [field for field in whole["fields"] if field["key"] not in gone],
        "values": [{"key": key, "value": values[key]} for key in stored if key not in gone],
        "body": numbered(body),
    }


def _undecided(whole: trees.Content, values: Values) -> set[str]:
    """Keys of what is decided in blocks that a condition hides."""
    return {item["key"] for item in trees.asked(list(_unmet(whole["body"], values)))}


def _unmet(blocks: Sequence[trees.Node], values: Values) -> Iterator[trees.Node]:
    for block in blocks:
        if _met(block["condition"], values):
            yield from _unmet(block.get("blocks", ()), values)
        else:
            yield block


def _shown(blocks: Sequence[trees.Node], scope: Scope) -> Iterator[trees.Node]:
    for block in blocks:
        if not _met(block["condition"], scope.values):
            continue
        if "blocks" in block:
            block = {**block, "blocks": list(_shown(block["blocks"], scope))}
        if made := KINDS[block["type"]].resolved(block, scope):
            yield made


def _met(condition: str | None, values: Values) -> bool:
    """Whether a block is there; one whose condition is wrong isn't, and can't be published."""
    try:
        return condition is None or expressions.holds(condition, values)
    except expressions.Invalid:
        return False


def placed(fields: Sequence[trees.Node], body: Sequence[trees.Node]) -> set[str]:
    """Keys of the fields that the text names, those inside the options of a named choice too."""
    named = trees.placed({"body": body})
    inside: dict[str, set[str]] = {}
    for choice, _option, nodes in trees.option_lines({"fields": fields}):
        inside.setdefault(choice, set()).update(trees.keys(nodes))
    waiting = list(named)
    while waiting:
        more = inside.get(waiting.pop(), set()) - named
        named |= more
        waiting += more
    return named


def _with(
    body: Sequence[trees.Node], numbers: Iterator[str], letters: Iterator[str]
) -> Iterator[Tree]:
    for block in body:
        made = {**block, "number": next(numbers) if block.get("style") else None}
        if block["type"] == "exhibit":
            made["number"] = next(letters)
        if "blocks" in made:
            made["blocks"] = list(_with(made["blocks"], numbers, letters))
        yield made


def _told(body: Sequence[trees.Node]) -> Iterator[tuple[str, Tree]]:
    for block in trees.blocks(body):
        if block["condition"]:
            yield "conditions", {"block": block["id"], "condition": block["condition"]}
        yield from KINDS[block["type"]].told(block)
