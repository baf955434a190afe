"""The inputs for data fields: one description for each, which templates turn into a control."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wagtail_contracts.contracts.core import answers, shown, trees
from wagtail_contracts.contracts.rendering.lines import Line, Lines, Piece

PREFIX = "a-"
CONTROLS = "wagtail_contracts/contracts/html/controls"
GROUPS = ("choice", "yes_no")


@dataclass(frozen=True)
class Option:
    """One radio button: its words as pieces, and the inputs that belong to it."""

    key: str
    id: str
    chosen: bool
    line: Line
    boxes: tuple[Input, ...] = ()


@dataclass(frozen=True)
class Input:
    """What a person sees to fill in one data field.

    `id` is that of the control which takes the focus, `value` what stands in it, as typed.
    `control` is the control alone. One `inside` an option is needed only if that is chosen.
    """

    key: str
    kind: str
    label: str
    help: str
    error: str
    required: bool
    value: str
    language: str
    currency: str = ""
    options: tuple[Option, ...] = field(default=())
    inside: bool = False

    @property
    def name(self) -> str:
        """Its name in the posted form."""
        return PREFIX + self.key

    @property
    def id(self) -> str:
        """The id of the control which takes the focus."""
        return self.options[0].id if self.options else self.name

    @property
    def is_open(self) -> bool:
        """Say whether it waits for an answer, whatever is chosen elsewhere."""
        return self.required and not self.value and not self.inside

    @property
    def grouped(self) -> bool:
        """Say whether it is several buttons, which need a legend."""
        return self.kind in GROUPS

    @property
    def described_by(self) -> str:
        """The ids of the texts that belong to it."""
        parts = [
            ("unit", self.currency),
            ("help", self.help),
            ("error", self.error),
        ]
        return " ".join(f"{self.name}-{part}" for part, there in parts if there)

    @property
    def is_day(self) -> bool:
        """Say whether a date input can show the value; what is no date stays as it was typed."""
        return not self.value or bool(answers.DAY.fullmatch(self.value))

    @property
    def template(self) -> str:
        """The template of the control."""
        return f"{CONTROLS}/{'radios' if self.grouped else self.kind}.html"

    @property
    def control(self) -> SafeString:
        """The control as HTML."""
        return render_to_string(self.template, {"input": self})


def answer_inputs(
    fields: Sequence[trees.Node],
    typed: Mapping[str, str] | None,
    problems: Mapping[str, str] | None,
    language: str,
    *,
    content: trees.Content | None = None,
) -> dict[str, Input]:
    """An input for each of `fields`, by key.

    `typed` is what somebody typed, `problems` a sentence for each faulty field, `language` that of
    the reader. What was not typed is taken from the values of `content`.
    """
    values = trees.values_by_key(content) if content else {}
    made = {}
    for item in fields:
        raw = (typed or {}).get(item["key"])
        value = answers.raw(item, values.get(item["key"])) if raw is None else _tidied(item, raw)
        made[item["key"]] = Input(
            **{name: item[name] for name in ("key", "kind", "label", "help", "required")},
            error=(problems or {}).get(item["key"], ""),
            value=value,
            language=language,
            currency=item["currency"] or "",
            options=tuple(_options(item, value, content, language)),
        )
    return made


def typed_from(post: Mapping[str, Any], fields: Sequence[trees.Node]) -> dict[str, str]:
    """What was typed, by key: "" for each field that was not sent.

    A key without a field is passed on, so that the flow refuses it.
    """
    typed = {item["key"]: "" for item in fields}
    sent = {name.removeprefix(PREFIX): post[name] for name in post if name.startswith(PREFIX)}
    return typed | sent


def _tidied(item: trees.Node, raw: str) -> str:
    """A date as a date input takes it; everything else as it was typed."""
    if item["kind"] != "date":
        return raw
    try:
        return answers.raw(item, answers.read(item, raw))
    except answers.Wrong:
        return raw


def _options(
    item: trees.Node, value: str, content: trees.Content | None, language: str
) -> Iterator[Option]:
    texts = dict(_texts(item, content, language))
    if texts and not item["required"]:
        with translation.override(language):
            texts = {"": [Piece(_("No answer"))]} | texts
    for number, (key, line) in enumerate(texts.items()):
        id = f"{PREFIX}{item['key']}" + (f"-{number}" if number else "")
        yield Option(key, id, key == value, line)


def _texts(
    item: trees.Node, content: trees.Content | None, language: str
) -> Iterator[tuple[str, Line]]:
    if item["kind"] == "yes_no":
        yes, no = shown.yes_no(content["language"] if content else language)
        yield from (("yes", [Piece(yes)]), ("no", [Piece(no)]))
    lines = Lines(content) if content else None
    for option in item["options"]:
        plain = [Piece(shown.plain(option["content"]))]
        yield option["key"], lines.line(option["content"]) if lines else plain
