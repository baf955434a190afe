"""What people read where a content tree has a reference, a value, a condition or a formula."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

from wagtail_contracts.contracts.core import references, trees
from wagtail_contracts.contracts.core.expressions.saying import said
from wagtail_contracts.contracts.core.fields import KINDS as FIELDS
from wagtail_contracts.contracts.core.fields import choices
from wagtail_contracts.contracts.core.fields.addresses import postal
from wagtail_contracts.contracts.core.kinds import KINDS
from wagtail_contracts.contracts.core.kinds.products import quantity_key

BLANK = "…"
NO_NUMBER = "–"
SHOWN_IF = {"nb": "Vises hvis {}", "nn": "Blir vist om {}", "en": "Shown if {}"}
ALWAYS = {"nb": "Vises alltid", "nn": "Blir alltid vist", "en": "Always shown"}
LEFT_OUT = {"nb": "(utelatt)", "nn": "(utelate)", "en": "(left out)"}


def value(field: Mapping[str, Any], stored: Any, language: str) -> str:
    """The words for a value of a data field in the contract's language; "" for none."""
    return "" if stored is None else FIELDS[field["kind"]].show(field, stored, language)


def answer(field: Mapping[str, Any], stored: Any, content: trees.Content) -> str:
    """The words for a value; those of a chosen option with what it names filled in."""
    return _answer(field, stored, content, frozenset())


def _answer(
    field: Mapping[str, Any], stored: Any, content: trees.Content, within: frozenset[str]
) -> str:
    key, options = field["key"], choices.chosen(field, stored)
    if not options or key in within or len(within) >= trees.DEEPEST:
        return value(field, stored, content["language"])
    # An option may name other fields, and by mistake its own.
    said = [_words(option["content"], content, within | {key}) for option in options]
    return choices.joined(said, content["language"])


def words(nodes: Sequence[trees.Node], content: trees.Content) -> str:
    """The plain words of inline nodes, with values and names filled in."""
    return _words(nodes, content, frozenset())


def _words(nodes: Sequence[trees.Node], content: trees.Content, within: frozenset[str]) -> str:
    return "".join(_word(node, content, within) for node in nodes)


def _word(node: trees.Node, content: trees.Content, within: frozenset[str]) -> str:
    kind = node["type"]
    if kind == "text":
        return str(node["text"])
    if kind == "break":
        return "\n"
    if kind == "link":
        return _words(node["content"], content, within)
    return _reference(node, content, within)


def reference(node: trees.Node, content: trees.Content) -> str:
    """What a title, party, field or reference reads as; one without a value is "…"."""
    return _reference(node, content, frozenset())


def _reference(node: trees.Node, content: trees.Content, within: frozenset[str]) -> str:
    if node["type"] == "title":
        return str(content["title"])
    if node["type"] == "reference":
        return references.cite(content, node["block"]) or left_out(content["language"])
    if node["type"] == "party":
        named = trees.parties_by_role(content).get(node["role"])
        return party(named, node["part"], content["language"]) or BLANK
    key = node["key"]
    field = trees.fields_by_key(content).get(key)
    stored = trees.values_by_key(content).get(key)
    if field is None or stored is None:
        return BLANK
    return _answer(field, stored, content, within)


def left_out(language: str) -> str:
    """What a reference prints whose target a condition hides."""
    return _of(LEFT_OUT, language)


def condition(block: trees.Node, content: trees.Content) -> str:
    """When a block is shown, with the labels of what that depends on."""
    language = content["language"]
    if not block["condition"]:
        return _of(ALWAYS, language)
    return _of(SHOWN_IF, language).format(said(block["condition"], _labels(content), language))


def formula(field: trees.Node, content: trees.Content) -> str:
    """What a data field is computed from; "" for one that is filled in."""
    if not field.get("expression"):
        return ""
    return f"= {said(field['expression'], _labels(content), content['language'])}"


def _labels(content: trees.Content) -> dict[str, str]:
    """What people call all that an expression can name, by key."""
    labels: dict[str, str] = {}
    for field in content["fields"]:
        labels |= {option["key"]: words(option["content"], content) for option in field["options"]}
    for block in trees.blocks(content["body"]):
        for row in block["rows"] if block["type"] == "products" else ():
            labels |= {row["id"]: row["name"], quantity_key(row): row["name"]}
    return labels | {field["key"]: field["label"] for field in content["fields"]}


def _of(texts: Mapping[str, str], language: str) -> str:
    base = language.split("-")[0]
    return texts.get("nb" if base == "no" else base, texts["en"])


def party(found: trees.Node | None, part: str, language: str) -> str:
    """The name, number or address of a party, or those who sign for it; "" for none.

    A private person without a number has none to fill in.
    """
    if found is None:
        return ""
    if part == "name":
        return str(found["name"])
    if part == "address":
        return postal(found.get(part), language)
    if part == "organisation_number":
        return str(found[part]) or (NO_NUMBER if found["kind"] == "person" else "")
    names = [person["name"] for person in found["people"] if person["role"] == "signatory"]
    return ", ".join(names)


def name(block: trees.Node, content: trees.Content) -> str:
    """What people call a block: its heading or title, else its first words."""
    if title := block.get("title") or block.get("caption"):
        return str(title)
    if block["type"] == "field_place":
        return text(block, content)
    lines = (words(nodes, content) for nodes in trees.lines(block))
    return " ".join(next((line for line in lines if line.strip()), "").split())


def text(block: trees.Node, content: trees.Content) -> str:
    """The words of a block, one line for each of its lines, values and names filled in."""
    return KINDS[block["type"]].text(block, Words(content))


def in_second(content: trees.Content) -> trees.Content:
    """The content as its texts in the second language show its values."""
    return {**content, "language": content["second_language"] or content["language"]}


class Words:
    """Puts the values and names of a content into words."""

    def __init__(self, content: trees.Content) -> None:
        self.content = content
        self.language = str(content["language"])
        self.parties: Sequence[trees.Node] = content["parties"]

    @property
    def second(self) -> Self:
        """The same in the contract's second language, if it has one."""
        return type(self)(in_second(self.content))

    def words(self, nodes: Sequence[trees.Node]) -> str:
        """The words of inline nodes."""
        return words(nodes, self.content)

    def label(self, key: str) -> str:
        """The label of a data field; "" for an unknown one."""
        return str(trees.fields_by_key(self.content).get(key, {}).get("label", ""))
