"""From stored streams to the canonical content of a contract.

References to data fields and parties stay references; values stand once, in `values`. What is
shown, compared, signed and printed is made from this tree alone. Its JSON Schema is
docs/reference/contract.schema.json. `FORMAT` changes when its meaning does; readers of old formats
stay.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from wagtail_contracts.contracts.core import computing, conditions, resolving, richtext, trees
from wagtail_contracts.contracts.core.fields.defining import field
from wagtail_contracts.contracts.core.kinds import KINDS
from wagtail_contracts.contracts.core.kinds.places import inside
from wagtail_contracts.contracts.core.text import normal

__all__ = ["FORMAT", "body", "content", "field", "insist_on_size", "whole"]

FORMAT = 1
LARGEST = 100_000  # inline nodes, with those of options where they are shown
LONGEST = 1_000_000  # characters, with those of values in all their places
Entry = Mapping[str, Any]
Tree = dict[str, Any]


def content(**given: Any) -> Tree:
    """The content of a contract as it is signed, from what `whole` takes. Raises Unreadable."""
    return resolving.published(whole(**given))


def whole(
    *,
    title: str,
    language: str,
    template: str,
    roles: Sequence[Mapping[str, Any]],
    parties: Sequence[Mapping[str, Any]],
    **more: Any,
) -> Tree:
    """Everything that a contract offers: `more` has fields, values and body. Raises Unreadable.

    Blocks that a condition hides, wordings and products that are not chosen stand in it, too.
    `template` is the digest of the template's streams. `fields` are definitions as `definitions`
    gives them, `values` canonical values by key, `body` stored stream entries. May be left out:
    `salt`, a secret that keeps what is hidden from being guessed; `second_language` and
    `governing`, the language that governs if both do not.
    """
    fields, blocks = _fields(more["fields"]), body(more["body"])
    keys = [item["key"] for item in [*fields, *trees.asked(blocks)]]
    made = {
        "format": FORMAT,
        "title": normal(title).strip(),
        "language": language,
        "template": template,
        **{name: more.get(name, "") for name in ("salt", "second_language", "governing")},
        "parties": [made for role in roles for made in _of_role(role, parties)],
        "fields": fields,
        "values": [{"key": key, "value": more["values"].get(key)} for key in keys],
        "body": blocks,
    }
    insist_on_size(made)
    return made


def insist_on_size(whole: trees.Content) -> None:
    """Raise Unreadable for a text that is too large to be shown, whatever is chosen in it."""
    if trees.size(whole) > LARGEST:
        raise richtext.Unreadable("size", str(LARGEST))
    if trees.length(whole) > LONGEST:
        raise richtext.Unreadable("length", str(LONGEST))


def _fields(definitions: Sequence[Entry]) -> list[Tree]:
    return computing.guarded([field(definition) for definition in definitions])


def _of_role(role: Mapping[str, Any], parties: Sequence[Mapping[str, Any]]) -> Iterator[Tree]:
    for party in parties:
        if party["role"] == role["key"]:
            own = bool(role["own"])
            yield {**party, "label": normal(role["label"]).strip(), "own": own}


def body(entries: Sequence[Entry]) -> list[Tree]:
    """All blocks of a stored stream, numbered as if none was hidden. Raises Unreadable."""
    return resolving.numbered([_block(entry) for entry in entries])


def _block(entry: Entry) -> Tree:
    value = entry["value"]
    made = {
        "id": entry["id"],
        "type": entry["type"],
        "policy": value.get("policy"),
        "number": None,
        "condition": conditions.compiled(value.get("condition")),
        **KINDS[entry["type"]].tree(value),
    }
    if "blocks" in value:
        made["blocks"] = inside(made, [_block(nested) for nested in value["blocks"] or ()])
    return made
