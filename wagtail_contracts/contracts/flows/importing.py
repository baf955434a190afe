"""Templates from text that people already have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.models import Page

from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts.conf import contracts
from wagtail_contracts.contracts.core import importing
from wagtail_contracts.contracts.errors import ImportRefused
from wagtail_contracts.contracts.flows.acting import staff
from wagtail_contracts.contracts.models import TemplateIndexMixin, Workspace
from wagtail_contracts.sealing.rendering import unprintable

Source = tuple[str, str]
STREAMS = ("roles", "fields", "body")
LINE_END = re.compile(r"\r\n?|\n")
NOTES = {
    "after_clause": gettext_lazy("This stands by itself after the numbered text: %(words)s"),
    "after_list": gettext_lazy("Words after a list within this item end its last line: %(words)s"),
    "as_lines": gettext_lazy("Kept as plain lines, a %(kind)s has no place here: %(words)s"),
    "bracket": gettext_lazy("Brackets that are no placeholder are kept as text: %(words)s"),
    "code": gettext_lazy("Code is kept as plain text: %(words)s"),
    "definition": gettext_lazy("No link uses this address; it is kept as text: %(words)s"),
    "direction": gettext_lazy("Marks that turn the order of letters are left out: %(words)s"),
    "empty": gettext_lazy("Nothing is said here, so it is left out."),
    "fence": gettext_lazy("Preformatted text is kept as plain lines: %(words)s"),
    "html": gettext_lazy("Of this markup only the words are kept: %(words)s"),
    "image": gettext_lazy("A picture is left out: %(words)s %(src)s %(title)s"),
    "level": gettext_lazy("Level %(level)s is shown as level 4."),
    "link_https": gettext_lazy("The link to %(given)s leads to %(href)s now."),
    "link_target": gettext_lazy("“%(words)s” is no link any more, it led to: %(href)s"),
    "link_title": gettext_lazy("The note on the link “%(words)s” is left out: %(title)s"),
    "prompt": gettext_lazy("What the field “%(label)s” asks for is shortened: %(prompt)s"),
    "quote": gettext_lazy("A quotation stands as ordinary text: %(words)s"),
    "rule": gettext_lazy("A line across the page is left out."),
    "single_box": gettext_lazy("A single box became a question of yes or no."),
    "tag": gettext_lazy("The tag %(words)s is left out."),
    "ticked": gettext_lazy("%(count)s boxes are ticked; only the first is suggested."),
    "title_late": gettext_lazy("The title stands after other text in the source: %(words)s"),
    "title_prompt": gettext_lazy("The title keeps its brackets: %(words)s"),
    "unprintable": gettext_lazy("These characters can't be printed: %(characters)s"),
    "wide_row": gettext_lazy("This row has more cells than the heading: %(words)s"),
    "zero": gettext_lazy("The list that begins with 0 begins with 1 now."),
}
REFUSALS = {
    "control": gettext_lazy("this is no text, it holds the character %(character)s."),
    "list_long": gettext_lazy("a list has at most %(most)s items, this one has %(has)s."),
    "nested": gettext_lazy("this is nested too deeply."),
    "no_text": gettext_lazy("there is no text."),
    "no_title": gettext_lazy("no heading of level 1, which would be the title."),
    "table_large": gettext_lazy("a table has at most %(rows)s rows and %(columns)s columns."),
    "title_long": gettext_lazy("a title has at most %(most)s characters, this has %(has)s."),
}


@dataclass(frozen=True)
class Remark:
    """What an editor should look at; `line` counts from 1 within `source`."""

    source: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.source}:{self.line}: {self.text}"


@transaction.atomic
def import_template(
    sources: Iterable[Source],
    *,
    workspace: Workspace,
    parent: Page,
    by: Actor,
    language: str = "",
    fields: Mapping[str, str] | None = None,
) -> tuple[Page, list[Remark]]:
    """Make a live template page below `parent` from (name, Markdown) pairs, in their order.

    `fields` says which role fills in a field, by key; the rest our own side does. Returns the page
    and what could not be placed as it stood. Raises ImportRefused.
    """
    sources = list(sources)
    model = template_type()
    _insist_on_place(model, parent, workspace)
    _insist_on_language(language)
    read = _assigned(_read(sources, language or workspace.language), fields or {})

    page = model(title=read.title, language=language)
    for name in STREAMS:
        setattr(page, name, _cleaned(page, name, getattr(read, name)))
    _add(page, parent, by=by)

    notes = [
        Remark(note.source, note.line, str(NOTES[note.code]) % note.words) for note in read.notes
    ]
    return page, [*notes, *_unprintable(sources)]


def template_type() -> Any:
    """The page type that the setting TEMPLATE_PAGE names."""
    return apps.get_model(contracts().template_page)


def _add(page: Page, parent: Page, *, by: Actor) -> None:
    author = staff(by)
    try:
        parent.add_child(instance=page)
    except ValidationError as error:
        words = {"error": " ".join(error.messages)}
        raise ImportRefused(_("The page can't be made: %(error)s") % words) from error
    page.save_revision(user=author).publish()


def _read(sources: Sequence[Source], language: str) -> importing.Imported:
    with translation.override(language):
        words = importing.Words(party=_("Party"), signatures=_("Signatures"))
    try:
        return importing.read(sources, words)
    except importing.Unplaceable as error:
        sentence = str(REFUSALS[error.code]) % error.words
        raise ImportRefused(f"{error.source}:{error.line}: {sentence}") from error


def _assigned(read: importing.Imported, fields: Mapping[str, str]) -> importing.Imported:
    try:
        return importing.assign(read, fields)
    except importing.UnknownKey as error:
        words = {"key": error.key, "known": ", ".join(error.known) or _("none")}
        if error.kind == "field":
            raise ImportRefused(
                _("There is no field “%(key)s”; there are: %(known)s.") % words
            ) from error
        raise ImportRefused(
            _("There is no role “%(key)s”; there are: %(known)s.") % words
        ) from error


def _insist_on_place(model: Any, parent: Page, workspace: Workspace) -> None:
    places = parent.get_ancestors(inclusive=True).specific()
    indexes = [page for page in places if isinstance(page, TemplateIndexMixin)]
    words = {"page": parent.title, "workspace": workspace}
    if not any(page.workspace == workspace for page in indexes):
        raise ImportRefused(
            _("“%(page)s” is not below the template index of the workspace “%(workspace)s”.")
            % words
        )
    if not model.can_create_at(parent):
        raise ImportRefused(_("“%(page)s” takes no template below it.") % words)


def _insist_on_language(language: str) -> None:
    try:
        get_language_info(language or "en")
    except KeyError as error:
        raise ImportRefused(_("“%s” is no code of a language.") % language) from error


def _cleaned(page: Page, name: str, entries: list[dict[str, Any]]) -> Any:
    stream = page._meta.get_field(name).stream_block
    try:
        return stream.clean(stream.to_python(entries))
    except ValidationError as error:
        raise ImportRefused(
            _("The template's stream “%(name)s” refuses what was read: %(error)s")
            % {"name": name, "error": getattr(error, "as_json_data", error.__str__)()}
        ) from error


def _unprintable(sources: Iterable[Source]) -> Iterable[Remark]:
    for name, text in sources:
        for number, row in enumerate(LINE_END.split(text), 1):
            found = [
                letter if letter.isprintable() else f"U+{ord(letter):04X}"
                for letter in unprintable(row)
            ]
            if found:
                yield Remark(name, number, NOTES["unprintable"] % {"characters": " ".join(found)})
