"""Questions to a content tree: its blocks, its text, and what it refers to."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from wagtail_contracts.contracts.core.fields import KINDS as FIELDS
from wagtail_contracts.contracts.core.fields import strings
from wagtail_contracts.contracts.core.fields.addresses import postal
from wagtail_contracts.contracts.core.fields.choices import is_chosen
from wagtail_contracts.contracts.core.kinds import KINDS

Node = Mapping[str, Any]
Content = Mapping[str, Any]
DEEPEST = 3  # options in options are put into the text so deep, so that it can't grow beyond bounds


def blocks(body: Sequence[Node]) -> Iterator[Node]:
    """Every block in order, those in open areas after their area."""
    for block in body:
        yield block
        yield from blocks(block.get("blocks", ()))


def lines(block: Node) -> Iterable[Sequence[Node]]:
    """Every run of inline nodes of one block, in order."""
    return KINDS[block["type"]].lines(block)


def asked(body: Sequence[Node]) -> Iterator[Node]:
    """Definitions of what participants decide inside the blocks."""
    for block in blocks(body):
        yield from KINDS[block["type"]].asks(block)


def inlines(nodes: Sequence[Node]) -> Iterator[Node]:
    """Every inline node, those in links after their link."""
    for node in nodes:
        yield node
        if node["type"] == "link":
            yield from inlines(node["content"])


def keys(nodes: Sequence[Node]) -> list[str]:
    """Keys of the data fields that inline nodes name."""
    return [node["key"] for node in inlines(nodes) if node["type"] == "field"]


def option_lines(content: Content) -> Iterator[tuple[str, str, Sequence[Node]]]:
    """(key of the choice, key of the option, its inline nodes) of all options."""
    for field in content["fields"]:
        for option in field["options"]:
            yield field["key"], option["key"], option["content"]


def body_nodes(content: Content) -> Iterator[Node]:
    """Every inline node of the text."""
    for block in blocks(content["body"]):
        for line in lines(block):
            yield from inlines(line)


def all_nodes(content: Content) -> Iterator[Node]:
    """Every inline node of the text and of the options."""
    yield from body_nodes(content)
    for _field, _option, nodes in option_lines(content):
        yield from inlines(nodes)


def size(content: Content) -> int:
    """At most so many inline nodes are shown once options stand in the places of their choices."""
    return _measured(content, lambda node: 1)


def length(content: Content) -> int:
    """At most so many characters are shown once values and options stand in all their places."""
    said = {key: sum(map(len, strings(value))) for key, value in values_by_key(content).items()}
    return _measured(content, lambda node: len(node.get("text", "")) + said.get(_key(node), 0))


def _measured(content: Content, own: Callable[[Node], int]) -> int:
    """The sum of all inline nodes, each as `own` says, those of options at each of their places."""
    options: dict[str, list[Sequence[Node]]] = {}
    for key, _option, nodes in option_lines(content):
        options.setdefault(key, []).append(nodes)
    within: dict[str, int] = {}
    for _ in range(DEEPEST):
        within = {
            key: sum(
                own(node) + within.get(_key(node), 0) for line in runs for node in inlines(line)
            )
            for key, runs in options.items()
        }
    places = [block for block in blocks(content["body"]) if block["type"] == "field_place"]
    nodes = [*body_nodes(content), *({"type": "field", "key": item["key"]} for item in places)]
    return sum(own(node) + within.get(_key(node), 0) for node in nodes)


def _key(node: Node) -> str:
    return str(node["key"]) if node["type"] == "field" else ""


def placed(content: Content) -> set[str]:
    """Keys of the fields that the text shows, whatever is chosen."""
    places = {block["key"] for block in blocks(content["body"]) if block["type"] == "field_place"}
    return places | {node["key"] for node in body_nodes(content) if node["type"] == "field"}


def fields_by_key(content: Content) -> dict[str, Node]:
    """The definitions of data fields."""
    return {field["key"]: field for field in content["fields"]}


def values_by_key(content: Content) -> dict[str, Any]:
    """The values of data fields, None where there is none."""
    return {item["key"]: item["value"] for item in content["values"]}


def answered_files(content: Content) -> dict[str, Node]:
    """The files that were filled in, by key of their field."""
    values = values_by_key(content)
    keys = [field["key"] for field in content["fields"] if field["kind"] == "file"]
    return {key: values[key] for key in keys if values.get(key) is not None}


def parties_by_role(content: Content) -> dict[str, Node]:
    """The parties."""
    return {party["role"]: party for party in content["parties"]}


def needed(content: Content) -> set[str]:
    """Keys of the required fields that must have a value as things are chosen now.

    A field that stands in options only is needed once one of them is chosen.
    """
    values, always = values_by_key(content), placed(content)
    inside: dict[str, bool] = {}
    for choice, option, nodes in option_lines(content):
        for node in inlines(nodes):
            if node["type"] == "field":
                chosen = is_chosen(values.get(choice), option)
                inside[node["key"]] = inside.get(node["key"], False) or chosen
    return {
        field["key"]
        for field in content["fields"]
        if field["required"] and (field["key"] in always or inside.get(field["key"], True))
    }


def unanswered(content: Content) -> list[Node]:
    """The needed fields without a value, and what must still be decided inside blocks, in order."""
    values, keys = values_by_key(content), needed(content)
    fields = [field for field in content["fields"] if field["key"] in keys]
    decisions = [item for item in asked(content["body"]) if item["required"]]
    return [item for item in [*fields, *decisions] if values[item["key"]] is None]


def texts(content: Content) -> Iterator[str]:
    """Every text that will be printed, for the fonts to say whether they have it."""
    yield content["title"]
    for party in content["parties"]:
        yield from (party["name"], party["organisation_number"], party["label"])
        yield postal(party.get("address"), content["language"])
        for person in party["people"]:
            yield from (person["name"], person["capacity"])
    for field in content["fields"]:
        yield from (field["label"], field["help"])
    yield from _value_texts(content)
    for block in blocks(content["body"]):
        yield block["number"] or ""
        yield from KINDS[block["type"]].printed(block)
    for node in all_nodes(content):
        yield node.get("text", "")


def _value_texts(content: Content) -> Iterator[str]:
    fields = fields_by_key(content)
    for key, value in values_by_key(content).items():
        yield from strings(value)
        if value is not None and key in fields:
            yield FIELDS[fields[key]["kind"]].show(fields[key], value, content["language"])


def with_values(content: Content, values: Mapping[str, Any]) -> dict[str, Any]:
    """The content with other values; keys that it does not define are left out."""
    merged = [
        {"key": item["key"], "value": values.get(item["key"], item["value"])}
        for item in content["values"]
    ]
    return {**content, "values": merged}
