"""What is wrong with a template, and what its author may have overlooked."""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

from wagtail_contracts.contracts.core import (
    computing,
    cycles,
    references,
    resolving,
    showing,
    shown,
    trees,
)
from wagtail_contracts.contracts.core.expressions import Invalid, Type, check, names

SAID = re.compile(r"\s*([^\W\d_]+|[€$£])")
KRONE = ("kr", "krone", "kroner", "krona", "kronor", "crowns")
CALLED = {
    **dict.fromkeys(("NOK", "SEK", "DKK"), KRONE),
    "EUR": ("€", "euro", "euros"),
    "USD": ("$", "dollar", "dollars"),
    "GBP": ("£", "pound", "pounds"),
}


class Fault(NamedTuple):
    """One of them: why, and the block or the data field that it is about.

    `wrong` is what an expression was refused with.
    """

    code: str
    block: str = ""
    field: str = ""
    words: Mapping[str, Any] = {}
    wrong: Invalid | None = None


def refused(whole: trees.Content) -> list[Fault]:
    """What must not be published: conditions and formulas that can't be used, or go in a circle."""
    fields = [*whole["fields"], *trees.asked(whole["body"])]
    kinds = computing.types(fields)
    found = [*_conditions(whole, kinds), *_formulas(whole, kinds)]
    return found or list(_circles(whole))


def warnings(whole: trees.Content) -> list[Fault]:
    """What may be published and is hardly meant; `whole` has nothing that is refused."""
    never = (Fault("never", block=block) for block in showing.never(whole))
    return [*never, *_dangling(whole), *_useless(whole), *_doubled(whole), *_unsigned(whole)]


def _conditions(whole: trees.Content, kinds: Mapping[str, Type]) -> Iterator[Fault]:
    for block in trees.blocks(whole["body"]):
        if block["condition"] is None:
            continue
        try:
            if check(block["condition"], kinds).kind != "yes_no":
                yield Fault("condition", block["id"], wrong=Invalid("condition", 0))
        except Invalid as wrong:
            yield Fault("condition", block["id"], wrong=wrong)


def _formulas(whole: trees.Content, kinds: Mapping[str, Type]) -> Iterator[Fault]:
    for field in filter(computing.is_computed, whole["fields"]):
        try:
            found = check(field["expression"], kinds)
        except Invalid as wrong:
            yield Fault("formula", field=field["key"], wrong=wrong)
        else:
            if not computing.fits(field, found):
                words = {"found": found.kind, "currency": found.currency or ""}
                yield Fault("result", field=field["key"], words=words)


def _circles(whole: trees.Content) -> Iterator[Fault]:
    """A value that is made from itself; a field that is shown only if it is filled in."""
    if keys := cycles.cycle(showing.depends(whole)):
        labels = {item["key"]: item["label"] for item in whole["fields"]}
        words = {"labels": ", ".join(str(labels.get(key, key)) for key in keys)}
        asked = not computing.is_computed(trees.fields_by_key(whole)[keys[0]])
        code = "itself" if asked and len(set(keys)) == 1 else "circle"
        yield Fault(code, field=keys[0], words=words)


def _dangling(whole: trees.Content) -> Iterator[Fault]:
    """References that may print that their clause is left out."""
    blocks = {block["id"]: block for block in trees.blocks(whole["body"])}
    cites = references.cites(whole)
    for block, target in showing.dangling(whole):
        named = f"{cites.get(target, '')} {shown.name(blocks[target], whole)}".strip()
        yield Fault("dangling", block=block, words={"target": named})


def _useless(whole: trees.Content) -> Iterator[Fault]:
    placed = resolving.placed(whole["fields"], whole["body"])
    texts = [block["condition"] for block in trees.blocks(whole["body"]) if block["condition"]]
    texts += [item["expression"] for item in whole["fields"] if computing.is_computed(item)]
    asked = {key for text in texts for key in names(text)}
    own = {party["role"] for party in whole["parties"] if party["own"]}
    for field in whole["fields"]:
        if field["key"] in placed:
            continue
        if field["key"] not in asked:
            yield Fault("unused", field=field["key"])
        elif field["role"] and field["role"] not in own:
            yield Fault("unplaced", field=field["key"])


def _doubled(whole: trees.Content) -> Iterator[Fault]:
    """A currency that is written after an amount, which is printed with its own."""
    currencies = {key: found.currency for key, found in computing.types(whole["fields"]).items()}
    fields = trees.fields_by_key(whole)
    for block in trees.blocks(whole["body"]):
        for line in trees.lines(block):
            for node, after in pairwise(trees.inlines(line)):
                currency = currencies.get(node.get("key", ""))
                said = SAID.match(after.get("text", "")) if currency else None
                if currency and said and said[1].casefold() in _names(currency):
                    label = fields[node["key"]]["label"]
                    words = {"label": label, "currency": said[1], "prints": currency}
                    yield Fault("doubled", block=block["id"], words=words)


def _names(currency: str) -> set[str]:
    return {currency.casefold(), *CALLED.get(currency, ())}


def _unsigned(whole: trees.Content) -> Iterator[Fault]:
    places = [block for block in trees.blocks(whole["body"]) if block["type"] == "signatures"]
    if not places:
        yield Fault("unsigned")
    elif all(block["condition"] for block in places):
        yield Fault("perhaps_unsigned", block=places[0]["id"])
