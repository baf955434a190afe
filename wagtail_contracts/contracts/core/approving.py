"""Which rules ask for approval of a contract, who may give it, and what is still missing.

A rule asks where all that it names holds of the contract. One person counts once for each rule, so
that two steps are two people, and whoever is barred, because the contract is their own work, counts
for none, neither by themselves nor for somebody nor through somebody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from wagtail_contracts.contracts.core import trees, worth

PERSON, GROUP, MANAGER = "person", "group", "manager"


@dataclass(frozen=True)
class Step:
    """One yes: `who` is the key of a person or a group, None where there is nobody any more."""

    kind: str
    who: int | None


@dataclass(frozen=True)
class Rule:
    """When it asks: for contracts of `template`, worth more than `over`, with `party`, changed."""

    key: int
    steps: tuple[Step, ...]
    in_order: bool = False
    template: int | None = None
    over: Decimal | None = None
    currency: str = ""
    party: str = ""
    on_deviation: bool = False

    def data(self) -> dict[str, Any]:
        """What a digest is made of, and what `read` takes."""
        return {
            "rule": self.key,
            "steps": [{"kind": step.kind, "who": step.who} for step in self.steps],
            "in_order": self.in_order,
            "template": self.template,
            "over": None if self.over is None else f"{self.over:.2f}",
            "currency": self.currency,
            "party": self.party,
            "on_deviation": self.on_deviation,
        }


def read(data: Mapping[str, Any]) -> Rule:
    """The rule behind its data."""
    over = data["over"]
    steps = tuple(Step(step["kind"], step["who"]) for step in data["steps"])
    kept = {name: data[name] for name in ("in_order", "template", "currency", "party")}
    return Rule(
        data["rule"],
        steps,
        over=None if over is None else Decimal(over),
        on_deviation=data["on_deviation"],
        **kept,
    )


@dataclass(frozen=True)
class Subject:
    """What rules look at: `amounts` by currency, names and numbers of the parties."""

    template: int | None
    amounts: Mapping[str, Decimal]
    parties: frozenset[str]
    deviates: bool


@dataclass(frozen=True)
class Person:
    """Somebody who may approve in the workspace, and the groups that they are in."""

    key: int
    groups: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Yes:
    """A yes to one step of one rule; `instead_of` is whoever the person stood in for."""

    rule: int
    step: int
    by: int
    instead_of: int | None = None

    @property
    def people(self) -> frozenset[int]:
        """Who is used up by it."""
        return frozenset({self.by} | ({self.instead_of} if self.instead_of else set()))


# -- which rules ask ------------------------------------------------------------------------------


def grown(old: trees.Content | None, new: trees.Content) -> set[str]:
    """The currencies in which a content is worth more than another, or than none."""
    before, after = worth.amounts(old) if old is not None else {}, worth.amounts(new)
    return {currency for currency, amount in after.items() if amount > before.get(currency, 0)}


def parties(content: trees.Content) -> frozenset[str]:
    """What a rule may call one of the parties: its name or its organisation number."""
    told = [party[part] for party in content["parties"] for part in ("name", "organisation_number")]
    return frozenset(plain(word) for word in told if word)


def plain(word: str) -> str:
    """A name or number as it is compared: without case, and numbers without what groups them."""
    said = " ".join(word.split()).casefold()
    digits = said.replace(" ", "").replace(".", "")
    return digits if digits.isdigit() else said


def applying(rules: Iterable[Rule], subject: Subject) -> list[Rule]:
    """The rules that ask, in their order."""
    return [rule for rule in rules if _concerns(rule, subject) and _reaches(rule, subject)]


def unjudged(rules: Iterable[Rule], subject: Subject) -> list[str]:
    """Currencies in which the contract is worth something, and that no rule on its value counts.

    Nobody may send it then: whether it needs an approval can't be said.
    """
    counting = [rule for rule in rules if rule.over is not None and _concerns(rule, subject)]
    known = {rule.currency for rule in counting}
    return sorted(subject.amounts.keys() - known) if counting else []


def _concerns(rule: Rule, subject: Subject) -> bool:
    return (
        rule.template in (None, subject.template)
        and (not rule.party or plain(rule.party) in subject.parties)
        and (not rule.on_deviation or subject.deviates)
    )


def _reaches(rule: Rule, subject: Subject) -> bool:
    return rule.over is None or subject.amounts.get(rule.currency, Decimal(0)) > rule.over


# -- who may give it ------------------------------------------------------------------------------


def counting(given: Iterable[Yes], barred: Collection[int]) -> list[Yes]:
    """The yeses that count: not one's own work, nor that of whom one stood in for."""
    return [yes for yes in given if not yes.people & set(barred)]


def waiting(rules: Sequence[Rule], given: Collection[Yes]) -> Iterator[tuple[Rule, int]]:
    """The steps that can be decided now; of a rule in order the first that is missing."""
    for rule in rules:
        missing = _missing(rule, given)
        yield from ((rule, step) for step in (missing[:1] if rule.in_order else missing))


def is_complete(rules: Sequence[Rule], given: Collection[Yes]) -> bool:
    """Say whether every step of every rule has its yes. A rule without steps never has."""
    return all(rule.steps and not _missing(rule, given) for rule in rules)


def decidable(
    rules: Sequence[Rule], given: Collection[Yes], hands: Sequence[Person], barred: Collection[int]
) -> list[Yes]:
    """The yeses that somebody could give now, one for each rule at most.

    `hands` begins with themselves; those for whom they stand in today follow.
    """
    me, found = hands[0], dict[int, Yes]()
    for rule, step in waiting(rules, given):
        used = {key for yes in given if yes.rule == rule.key for key in yes.people}
        for person in hands:
            yes = Yes(rule.key, step, me.key, None if person is me else person.key)
            if fits(rule.steps[step], person) and not yes.people & {*used, *barred}:
                found.setdefault(rule.key, yes)
                break
    return list(found.values())


def unmanned(
    rules: Sequence[Rule], given: Collection[Yes], people: Sequence[Person], barred: Collection[int]
) -> list[tuple[Rule, int]]:
    """The missing steps for which nobody is left, if everybody decides where they are needed."""
    return [
        (rule, step)
        for rule in rules
        for step in ([] if rule.steps else [0]) or _left(rule, given, people, barred)
    ]


def _left(
    rule: Rule, given: Collection[Yes], people: Sequence[Person], barred: Collection[int]
) -> list[int]:
    used = {key for yes in given if yes.rule == rule.key for key in yes.people}
    free = [person for person in people if person.key not in {*used, *barred}]
    taken: dict[int, int] = {}  # the step that each person takes
    return [step for step in _missing(rule, given) if not _place(rule, step, free, taken, set())]


def fits(step: Step, person: Person) -> bool:
    """Say whether a step names this person, or a group that they are in."""
    if step.who is None:
        return False
    return step.who in person.groups if step.kind == GROUP else step.who == person.key


def _place(
    rule: Rule, step: int, free: Sequence[Person], taken: dict[int, int], tried: set[int]
) -> bool:
    """Find somebody for a step, if need be by giving whoever has one another."""
    for person in free:
        if person.key in tried or not fits(rule.steps[step], person):
            continue
        tried.add(person.key)
        held = taken.get(person.key)
        if held is None or _place(rule, held, free, taken, tried):
            taken[person.key] = step
            return True
    return False


def _missing(rule: Rule, given: Collection[Yes]) -> list[int]:
    done = {yes.step for yes in given if yes.rule == rule.key}
    return [step for step in range(len(rule.steps)) if step not in done]
