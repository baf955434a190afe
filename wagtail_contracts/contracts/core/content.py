"""From stored streams to the canonical content of a contract.

References to data fields and parties stay references; values stand once, in `values`. What is
shown, compared, signed and printed is made from this tree alone. Its JSON Schema is
docs/reference/contract.schema.json. `FORMAT` changes when its meaning does; readers of old formats
stay.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from wagtail_contracts.contracts.core import numbering, richtext, trees
from wagtail_contracts.contracts.core.numbering import BULLET, PATH, STYLE, Place
from wagtail_contracts.contracts.core.text import normal

FORMAT = 1
LARGEST = 100_000  # inline nodes, with those of options where they are shown
# Room for what comes: the shape stays the same when they are filled.
ROOM = ("products", "exhibits", "conditions", "alternatives", "dates")
Entry = Mapping[str, Any]
Tree = dict[str, Any]


def content(
    *,
    title: str,
    language: str,
    template: str,
    roles: Sequence[Mapping[str, Any]],
    parties: Sequence[Mapping[str, Any]],
    **streams: Any,
) -> Tree:
    """The content of a contract; `streams` are fields, values and body. Raises Unreadable.

    `template` is the digest of the template's streams. `fields` are definitions as `definitions`
    gives them, `values` canonical values by key, `body` stored stream entries.
    """
    fields = [field(definition) for definition in streams["fields"]]
    values: Mapping[str, Any] = streams["values"]
    made = {
        "format": FORMAT,
        "title": normal(title).strip(),
        "language": language,
        "template": template,
        "parties": [made for role in roles for made in _of_role(role, parties)],
        "fields": fields,
        "values": [{"key": item["key"], "value": values.get(item["key"])} for item in fields],
        "body": body(streams["body"]),
        **{name: [] for name in ROOM},
    }
    if trees.size(made) > LARGEST:
        raise richtext.Unreadable("size", str(LARGEST))
    return made


def _of_role(role: Mapping[str, Any], parties: Sequence[Mapping[str, Any]]) -> Iterator[Tree]:
    for party in parties:
        if party["role"] == role["key"]:
            own = bool(role["own"])
            yield {**party, "label": normal(role["label"]).strip(), "own": own}


def field(definition: Mapping[str, Any]) -> Tree:
    """The definition of a data field; what its kind does not have is null or empty."""
    options = [
        {"key": option["key"], "content": richtext.inline(option["text"])}
        for option in definition.get("options") or []
    ]
    return {
        "key": definition["key"],
        "kind": definition["kind"],
        "label": normal(definition["label"]).strip(),
        "help": normal(definition.get("help")).strip(),
        "role": definition["role"],
        "required": bool(definition["required"]),
        "sensitive": False,
        "currency": definition.get("currency"),
        "max_length": definition.get("max_length"),
        "options": options,
    }


def body(entries: Sequence[Entry]) -> list[Tree]:
    """The blocks of a stored stream, numbered. Raises Unreadable."""
    numbers = clause_numbers(entries)
    return [_block(entry, numbers) for entry in entries]


def clause_numbers(entries: Sequence[Entry]) -> dict[str, str]:
    """The printed number of each clause and definition by id, those in open areas too."""
    counted = [entry for entry in _flat(entries) if is_counted(entry)]
    numbers = numbering.numbers(place(entry["value"], PATH) for entry in counted)
    return {entry["id"]: number for entry, number in zip(counted, numbers, strict=True)}


def is_counted(entry: Entry) -> bool:
    """Whether it has a number of its own."""
    return entry["type"] == "clause" or bool(entry["value"].get("numbered"))


def place(value: Entry, style: str) -> Place:
    """Where a stored number stands; `style` is what it has unless told otherwise."""
    chosen = value.get("style") or style
    if chosen != BULLET and not STYLE.fullmatch(chosen):
        raise richtext.Unreadable("style", chosen)
    return Place(int(value["level"]), chosen, value.get("start"))


def _flat(entries: Sequence[Entry]) -> Iterator[Entry]:
    for entry in entries:
        yield entry
        if entry["type"] == "area":
            yield from _flat(entry["value"].get("blocks") or [])


def _block(entry: Entry, numbers: Mapping[str, str]) -> Tree:
    value = entry["value"]
    return {
        "id": entry["id"],
        "type": entry["type"],
        "policy": value.get("policy"),
        "number": numbers.get(entry["id"]),
        **PARTS[entry["type"]](value, numbers),
    }


def _heading(value: Entry, numbers: Mapping[str, str]) -> Tree:
    return {"level": int(value["level"]), "content": richtext.inline(value["text"])}


def _clause(value: Entry, numbers: Mapping[str, str]) -> Tree:
    level, style, start = place(value, PATH)
    return {
        "level": level,
        "style": style,
        "start": start,
        "heading": richtext.inline(value.get("heading") or ""),
        "content": richtext.rich(value.get("text") or ""),
    }


def _definition(value: Entry, numbers: Mapping[str, str]) -> Tree:
    level, style, start = place(value, PATH)
    numbered = bool(value.get("numbered"))
    return {
        "level": level,
        "style": style if numbered else None,
        "start": start if numbered else None,
        "term": richtext.inline(value["term"]),
        "content": richtext.rich(value["text"]),
    }


def _text(value: Entry, numbers: Mapping[str, str]) -> Tree:
    return {"content": richtext.rich(value["text"])}


def _list(value: Entry, numbers: Mapping[str, str]) -> Tree:
    items, ordered = values_of(value["items"]), bool(value["ordered"])
    places = [
        place(item, numbering.by_level(int(item["level"]), ordered=ordered)) for item in items
    ]
    marked = zip(items, places, numbering.numbers(places), strict=True)
    return {
        "ordered": ordered,
        "items": [
            {**at._asdict(), "number": mark, "content": richtext.inline(item["text"])}
            for item, at, mark in marked
        ],
    }


def _table(value: Entry, numbers: Mapping[str, str]) -> Tree:
    rows = [values_of(row["cells"]) for row in values_of(value["rows"])]
    width = max(map(len, rows), default=0)
    return {
        "caption": normal(value.get("caption")).strip(),
        "header_row": bool(value["header_row"]),
        "header_column": bool(value["header_column"]),
        "rows": [
            [richtext.inline(cell) for cell in row] + [[] for _ in range(width - len(row))]
            for row in rows
        ],
    }


def _field_place(value: Entry, numbers: Mapping[str, str]) -> Tree:
    return {"key": value["key"]}


def _area(value: Entry, numbers: Mapping[str, str]) -> Tree:
    blocks = [_block(entry, numbers) for entry in value.get("blocks") or []]
    return {"title": normal(value["title"]).strip(), "blocks": blocks}


def _signatures(value: Entry, numbers: Mapping[str, str]) -> Tree:
    return {"title": normal(value["title"]).strip()}


PARTS: dict[str, Callable[[Entry, Mapping[str, str]], Tree]] = {
    "heading": _heading,
    "clause": _clause,
    "definition": _definition,
    "text": _text,
    "list": _list,
    "table": _table,
    "field_place": _field_place,
    "area": _area,
    "signatures": _signatures,
}


def values_of(items: Sequence[Any]) -> list[Any]:
    """The values of a stored list, with or without an id of their own."""
    return [
        item["value"] if isinstance(item, dict) and item.keys() >= {"type", "value"} else item
        for item in items
    ]
