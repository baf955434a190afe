"""The inputs for data fields: one description for each, which templates turn into a control."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wagtail_contracts.contracts.core import answers, trees
from wagtail_contracts.contracts.core.fields import choices
from wagtail_contracts.contracts.rendering import several
from wagtail_contracts.contracts.rendering.file_inputs import FILE, REMOVE, FileInput, file_input
from wagtail_contracts.contracts.rendering.lines import Line, Lines, Piece

PREFIX = "a-"
CONTROLS = "wagtail_contracts/contracts/html/controls"
RADIOS = ("choice", "yes_no")
OWN_CONTROL = ("date", "file", "long_text", "money")
# How a browser helps with one line: keyboard, what it may fill in, whether it spells. What WCAG
# calls the purpose of an input is given where it is about the reader, and about nobody else.
LINES: dict[str, dict[str, str]] = {
    "text": {},
    "number": {"inputmode": "decimal", "autocomplete": "off"},
    "quantity": {"inputmode": "decimal", "autocomplete": "off"},
    "email": {"type": "email", "autocomplete": "email"},
    "phone": {"type": "tel", "autocomplete": "tel"},
    "url": {"inputmode": "url", "autocomplete": "url", "spellcheck": "false"},
    "organisation_number": {"autocomplete": "off", "spellcheck": "false"},
    "iban": {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    "national_id": {"inputmode": "numeric", "autocomplete": "off"},
    "address.street": {"autocomplete": "street-address"},
    "address.postcode": {"autocomplete": "postal-code"},
    "address.city": {"autocomplete": "address-level2"},
    "address.country": {"autocomplete": "country"},
    "period.number": {"inputmode": "numeric", "autocomplete": "off"},
    "period.unit": {},
}


@dataclass(frozen=True)
class Option:
    """One radio button: its words as pieces, and the inputs that belong to it."""

    key: str
    id: str
    chosen: bool
    line: Line
    boxes: tuple[Input, ...] = ()


@dataclass(frozen=True)
class PartInput:
    """One of several inputs of a field: `form` is its control, `wrong` says that it is at fault."""

    name: str
    id: str
    label: str
    form: str
    value: str
    attributes: Mapping[str, str]
    choices: tuple[tuple[str, str], ...] = ()
    wrong: bool = False


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
    value: Any
    language: str
    currency: str = ""
    options: tuple[Option, ...] = field(default=())
    parts: tuple[PartInput, ...] = ()
    file: FileInput | None = None
    is_filled: bool = False
    inside: bool = False

    @property
    def name(self) -> str:
        """Its name in the posted form."""
        return PREFIX + self.key

    @property
    def id(self) -> str:
        """The id of the control which takes the focus."""
        if self.parts:
            return next((part.id for part in self.parts if part.wrong), self.parts[0].id)
        return self.options[0].id if self.options else self.name

    @property
    def needed(self) -> list[str]:
        """The names of the controls that must not stay empty, where it is required."""
        if not self.required:
            return []
        if self.file:
            return [self.name + FILE]
        return [part.name for part in self.parts if not part.choices] or [self.name]

    @property
    def is_open(self) -> bool:
        """Say whether it waits for an answer, whatever is chosen elsewhere."""
        return self.required and not self.is_filled and not self.inside

    @property
    def grouped(self) -> bool:
        """Say whether it is several controls, which need a legend."""
        return bool(self.options or self.parts)

    @property
    def described_by(self) -> str:
        """The ids of the texts that belong to it."""
        parts = [
            ("unit", self.currency),
            ("help", self.help),
            ("limits", self.file),
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
        if self.options:
            return f"{CONTROLS}/{'radios' if self.kind in RADIOS else 'checkboxes'}.html"
        if self.parts:
            return f"{CONTROLS}/parts.html"
        return f"{CONTROLS}/{self.kind if self.kind in OWN_CONTROL else 'line'}.html"

    @property
    def attributes(self) -> Mapping[str, str]:
        """How a browser helps with the one line of it."""
        return LINES.get(self.kind, LINES["text"])

    @property
    def control(self) -> SafeString:
        """The control as HTML."""
        return render_to_string(self.template, {"input": self})


def answer_inputs(
    fields: Sequence[trees.Node],
    typed: Mapping[str, Any] | None,
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
            parts=tuple(_parts(item, value, language, wrong=item["key"] in (problems or {}))),
            file=file_input(item, value, language),
            is_filled=not answers.is_empty(item, value),
        )
    return made


def typed_from(post: QueryDict, fields: Sequence[trees.Node]) -> dict[str, Any]:
    """What was typed, by key: "" for each field that was not sent.

    A name that belongs to no field is passed on, so that the flow refuses it.
    """
    sent = {name.removeprefix(PREFIX): post[name] for name in post if name.startswith(PREFIX)}
    typed: dict[str, Any] = {}
    for item in fields:
        key, kind = item["key"], answers.KINDS[item["kind"]]
        typed[key], every = sent.pop(key, ""), post.getlist(PREFIX + key)
        if kind.several or (len(every) > 1 and item["kind"] != "yes_no"):
            typed[key] = every  # where one is expected, nobody decides for them which of two
        if item["kind"] == "file":
            sent.pop(key + FILE, "")  # what a browser sends where no file is chosen
            typed[key] = "" if sent.pop(key + REMOVE, "") else typed[key]
        if kind.parts:
            there = [part for part in kind.parts if f"{key}.{part}" in sent]
            typed[key] = {part: sent.pop(f"{key}.{part}") for part in there} or typed[key]
    return typed | sent


def flat(typed: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Names and values of the inputs in which `typed_from` finds the same again."""
    made = []
    for key, value in typed.items():
        if isinstance(value, Mapping):
            made += [(f"{PREFIX}{key}.{part}", str(text)) for part, text in value.items()]
        else:
            texts = value if isinstance(value, list) else [value]
            made += [(PREFIX + key, str(text)) for text in texts]
    return made


def _tidied(item: trees.Node, raw: Any) -> Any:
    """A date as a date input takes it; everything else as it was typed."""
    if item["kind"] != "date":
        return answers.tidied(item, raw)
    try:
        return answers.raw(item, answers.read(item, raw))
    except answers.Wrong:
        return answers.tidied(item, raw)


def _parts(item: trees.Node, value: Any, language: str, *, wrong: bool) -> Iterator[PartInput]:
    parts = answers.KINDS[item["kind"]].parts
    faulty = answers.faulty(item, value) if parts and wrong else ""
    for part in parts:
        name, picked = f"{PREFIX}{item['key']}.{part}", several.choices(part, language)
        with translation.override(language):
            label = str(several.LABELS[part])
        yield PartInput(
            name=name,
            id=name.replace(".", "-"),
            label=label,
            form="select" if picked else "lines" if part == "street" else "line",
            value=value[part] or several.preset(item, part),
            attributes=LINES[f"{item['kind']}.{part}"],
            choices=picked,
            wrong=part == faulty,
        )


def _options(
    item: trees.Node, value: Any, content: trees.Content | None, language: str
) -> Iterator[Option]:
    texts = dict(_texts(item, content, language))
    if texts and not item["required"] and item["kind"] in RADIOS:
        with translation.override(language):
            texts = {"": [Piece(_("No answer"))]} | texts
    for number, (key, line) in enumerate(texts.items()):
        id = f"{PREFIX}{item['key']}" + (f"-{number}" if number else "")
        yield Option(key, id, choices.is_chosen(value, key), line)


def _texts(
    item: trees.Node, content: trees.Content | None, language: str
) -> Iterator[tuple[str, Line]]:
    if item["kind"] == "yes_no":
        yes, no = choices.yes_no(content["language"] if content else language)
        yield from (("yes", [Piece(yes)]), ("no", [Piece(no)]))
    lines = Lines(content) if content else None
    for option in item["options"]:
        plain = [Piece(choices.plain(option["content"]))]
        yield option["key"], lines.line(option["content"]) if lines else plain
