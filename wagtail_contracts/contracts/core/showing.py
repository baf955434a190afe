"""Which blocks of a template can never be shown, and which refer to one that may be hidden.

Found by trying all combinations of the answers that conditions ask for. Where there are too many of
them, or what can be typed is endless, a block counts as one that may be shown or hidden.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import product
from math import prod
from typing import Any

from wagtail_contracts.contracts.core import computing, resolving, trees
from wagtail_contracts.contracts.core.domains import domain
from wagtail_contracts.contracts.core.expressions import Invalid, holds, names

MOST = 4_000  # combinations of answers tried for one block
WORK = 20_000  # combinations tried for one template, which takes about a second
Chain = tuple[str, ...]


class Showing:
    """When the blocks of a whole are shown, and on what that depends."""

    def __init__(self, whole: trees.Content) -> None:
        self.fields = [*whole["fields"], *trees.asked(whole["body"])]
        self.kinds = computing.types(self.fields)
        self.formulas = {item["key"]: item for item in self.fields if computing.is_computed(item)}
        self.texts = [item["expression"] for item in self.formulas.values()]
        self.chains: dict[str, Chain] = {}
        self.places: dict[str, list[str]] = {}
        for block, chain in _chained(whole["body"], ()):
            self.chains[block["id"]] = chain
            self.texts += chain[-1:] if block["condition"] else ()
            alone = [{**block, "blocks": ()}]
            decided = {item["key"] for item in trees.asked(alone)}
            for key in resolving.placed(self.fields, alone) | decided:
                self.places.setdefault(key, []).append(block["id"])

    def needs(self, key: str) -> set[str]:
        """The keys that the value of a field depends on; a hidden field has none."""
        found = set(computing.asked(self.formulas[key])) if key in self.formulas else set()
        return found | {name for text in self._around(key) for name in names(text)}

    def asked(self, block: str) -> set[str]:
        """The keys that it depends on whether a block is shown."""
        found: set[str] = set()
        waiting = {name for text in self.chains[block] for name in names(text)}
        while waiting:
            found |= waiting
            waiting = {need for key in waiting for need in self.needs(key)} - found
        return found

    def combinations(self, keys: Collection[str]) -> Iterator[dict[str, Any]] | None:
        """All answers that may make a difference; None for too many, or if that isn't known."""
        typed = [key for key in sorted(keys) if key in self.kinds and key not in self.formulas]
        domains = [domain(key, self.kinds[key], self._texts(key)) for key in typed]
        known = [values for values in domains if values is not None]
        if len(known) < len(typed) or prod(map(len, known)) > MOST:
            return None
        return (dict(zip(typed, values, strict=True)) for values in product(*known))

    def shown(self, block: str, keys: Collection[str], answers: Mapping[str, Any]) -> bool:
        """Whether a block is shown with these answers for `keys`, on which it depends."""
        fields = [item for item in self.fields if item["key"] in keys]
        gone: set[str] = set()
        for _ in range(len(fields) + 1):
            values = computing.computed(fields, answers, without=gone)
            found = {key for key in keys if self._is_hidden(key, values)}
            if found == gone:
                break
            gone = found
        return _all_hold(self.chains[block], values)

    def stands_alone(self, block: str, target: str, work: int) -> tuple[int, bool]:
        """How many answers were tried, and whether `block` may be shown without `target`."""
        keys = self.asked(block) | self.asked(target)
        answers = self.combinations(keys) if work > 0 else None
        if answers is None:
            return 0, True
        return _tried(
            self.shown(block, keys, each) and not self.shown(target, keys, each) for each in answers
        )

    def _is_hidden(self, key: str, values: Mapping[str, Any]) -> bool:
        chains = [self.chains[block] for block in self.places.get(key, ())]
        return bool(chains) and not any(_all_hold(chain, values) for chain in chains)

    def _around(self, key: str) -> Iterator[str]:
        """The conditions that decide whether a field is there; none if it always is."""
        chains = [self.chains[block] for block in self.places.get(key, ())]
        if all(chains):
            yield from {text for chain in chains for text in chain}

    def _texts(self, key: str) -> list[str]:
        """Every expression that asks for a key."""
        return [text for text in self.texts if key in names(text)]


def never(whole: trees.Content) -> list[str]:
    """The ids of the blocks whose own conditions no answers meet, in their order."""
    showing, work = Showing(whole), WORK
    found = []
    for block in trees.blocks(whole["body"]):
        keys = showing.asked(block["id"])
        answers = showing.combinations(keys) if block["condition"] and work > 0 else None
        if answers is None:
            continue
        tried, seen = _tried(showing.shown(block["id"], keys, each) for each in answers)
        work -= tried
        found += [] if seen else [block["id"]]
    return found


def dangling(whole: trees.Content) -> list[tuple[str, str]]:
    """The ids of blocks with that of a block that they refer to and that may be hidden meanwhile.

    Also where there are too many answers to be sure.
    """
    showing, work = Showing(whole), WORK
    found = []
    for block in trees.blocks(whole["body"]):
        nodes = (node for line in trees.lines(block) for node in trees.inlines(line))
        targets = {node["block"] for node in nodes if node["type"] == "reference"}
        for target in sorted(targets & showing.chains.keys()):
            if set(showing.chains[target]) <= set(showing.chains[block["id"]]):
                continue
            tried, alone = showing.stands_alone(block["id"], target, work)
            work -= tried
            found += [(block["id"], target)] if alone else []
    return found


def depends(whole: trees.Content) -> dict[str, set[str]]:
    """What the value of each field depends on: itself, if whoever hides it asks for it."""
    showing = Showing(whole)
    return {item["key"]: showing.needs(item["key"]) for item in showing.fields}


def _tried(outcomes: Iterator[bool]) -> tuple[int, bool]:
    """How many were tried until one was right, and whether one was."""
    tried = 0
    for outcome in outcomes:
        tried += 1
        if outcome:
            return tried, True
    return tried, False


def _chained(body: Sequence[trees.Node], around: Chain) -> Iterator[tuple[trees.Node, Chain]]:
    """The blocks with the conditions that must all hold for them; one that is wrong is left out."""
    for block in body:
        chain = (*around, block["condition"]) if _is_readable(block["condition"]) else around
        yield block, chain
        yield from _chained(block.get("blocks", ()), chain)


def _is_readable(condition: str | None) -> bool:
    try:
        return condition is not None and names(condition) is not None
    except Invalid:
        return False


def _all_hold(chain: Chain, values: Mapping[str, Any]) -> bool:
    try:
        return all(holds(condition, values) for condition in chain)
    except Invalid:
        return False
