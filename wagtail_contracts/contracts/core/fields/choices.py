"""One of several answers, several of them, yes or no."""

from collections.abc import Mapping, Sequence
from typing import Any

from wagtail_contracts.contracts.core.fields.kind import Field, Kind, Wrong
from wagtail_contracts.contracts.core.fields.languages import between

YES_NO = {"nb": ("Ja", "Nei"), "nn": ("Ja", "Nei"), "en": ("Yes", "No")}


def chosen(field: Field, stored: Any) -> list[Mapping[str, Any]]:
    """The options that a value names, in the order of their definition; none for other kinds."""
    return [option for option in field["options"] if is_chosen(stored, option["key"])]


def is_chosen(stored: Any, key: str) -> bool:
    """Whether the value of a choice, or of a multiple one, names an option."""
    return key in stored if isinstance(stored, list) else stored == key


def yes_no(language: str) -> tuple[str, str]:
    """The words for yes and no."""
    return YES_NO.get(language.split("-")[0], YES_NO["en"])


def plain(nodes: Sequence[Mapping[str, Any]]) -> str:
    """The words of inline nodes, references left out."""
    parts = (
        plain(node["content"]) if node["type"] == "link" else node.get("text", "") for node in nodes
    )
    return " ".join("".join(parts).split())


def _choice(field: Field, text: str) -> str:
    if text not in {option["key"] for option in field["options"]}:
        raise Wrong("choice")
    return text


def _multiple(field: Field, typed: Sequence[str]) -> list[str]:
    keys = [option["key"] for option in field["options"]]
    if set(typed) - set(keys):
        raise Wrong("multiple")
    return [key for key in keys if key in typed]


def _raw_multiple(field: Field, value: Sequence[str]) -> list[str]:
    return list(value)


def _shown_options(field: Field, stored: Any, language: str) -> str:
    words = [plain(option["content"]) for option in chosen(field, stored)]
    return joined(words, language) or str(stored)


def joined(words: Sequence[str], language: str) -> str:
    """Words as a list in a sentence."""
    pairs = zip(words, links(len(words), language), strict=True)
    return "".join(word + link for word, link in pairs)


def links(count: int, language: str) -> list[str]:
    """What follows each entry of a list in a sentence; nothing after the last."""
    return [*between(count, language), ""] if count > 1 else [""] * count


def _yes_no(field: Field, text: str) -> bool:
    if text not in ("yes", "no"):
        raise Wrong("yes_no")
    return text == "yes"


def _raw_yes_no(field: Field, value: bool) -> str:  # noqa: FBT001 - a value
    return "yes" if value else "no"


def _shown_yes_no(field: Field, stored: bool, language: str) -> str:  # noqa: FBT001 - a value
    yes, no = yes_no(language)
    return yes if stored else no


KINDS = {
    "choice": Kind(_choice, show=_shown_options),
    "multiple": Kind(_multiple, raw=_raw_multiple, show=_shown_options, several=True),
    "yes_no": Kind(_yes_no, raw=_raw_yes_no, show=_shown_yes_no),
}
