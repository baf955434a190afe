"""The forms of template pages and of their index: what must hold before they are published.

A draft may be unfinished; what is published makes contracts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin import faults, field_keys, tongues
from wagtail_contracts.contracts.admin.basis import BasisForm
from wagtail_contracts.contracts.admin.faults import Finding
from wagtail_contracts.contracts.blocks import LIBRARY, defined, definitions, expanded, has, plain
from wagtail_contracts.contracts.core import content, readiness, trees
from wagtail_contracts.contracts.core.richtext import Unreadable
from wagtail_contracts.contracts.flows.composing import unreadable
from wagtail_contracts.contracts.flows.missing import MESSAGES
from wagtail_contracts.contracts.models import (
    ContractTemplateMixin,
    TemplateIndexMixin,
    Workspace,
)

# Where each of these problems is mended.
PLACES = {
    "chooser": "body",
    "field_role": "fields",
    "nobody": "fields",
    "unknown_clause": "body",
    "unknown_field": "body",
    "unknown_party": "body",
}
WHOLE = ("roles", "fields", "body", "second_language")  # each in itself, before they are compared


class TemplateForm(BasisForm, WagtailAdminPageForm):
    """A template names only data fields and parties that it defines, and one of them is us."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tongues.pick(self)

    def clean(self) -> dict[str, Any]:
        """Look at the streams together, once each of them is whole in itself."""
        cleaned: dict[str, Any] = super().clean() or {}
        for said in field_keys.foreign(self.place, cleaned.get("fields") or ()):
            self.add_error("fields", ValidationError(said))
        for said in self._foreign(cleaned.get("body") or ()):
            self.add_error("body", ValidationError(said))
        if self.is_deferred_validation or set(WHOLE) & self.errors.keys():
            return cleaned
        fields = cleaned["fields"]
        found = problems(cleaned["roles"], expanded(fields), cleaned["body"])
        renamed = (("fields", said) for said in field_keys.faults(self.instance, fields))
        for place, said in [*_parties(cleaned), *found, *_languages(cleaned), *renamed]:
            self.add_error(place, ValidationError(said))
        return cleaned

    @property
    def place(self) -> Any:
        """The page, or where a new one is to be, which knows the workspace."""
        return self.instance if self.instance.pk else self.parent_page.specific

    def _foreign(self, body: Any) -> Iterator[str]:
        """Clauses of the library that are not for this workspace, which not even a draft has."""
        clauses = [child.value["clause"] for child in body if child.block_type == LIBRARY]
        place = self.place.workspace if any(clauses) else None
        for clause in filter(None, clauses):
            if clause.workspace != place:
                yield _("A clause of the library belongs to another workspace.")


class TemplateIndexForm(WagtailAdminPageForm):
    """Who may see the page is limited before it is published: titles would be public otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("workspace"):
            mine = permissions.whole(self.for_user, ["administer"])
            here = Workspace.objects.filter(pk=self.instance.workspace_id)
            field.queryset = mine | here
            # With the page go its templates: whoever edits them doesn't give them away by that.
            field.disabled = here.exists() and not mine.filter(pk__in=here).exists()

    def clean(self) -> dict[str, Any]:
        """Ask for the restriction."""
        cleaned: dict[str, Any] = super().clean()
        if self.is_deferred_validation or self._restricted():
            return cleaned
        self.add_error(
            None,
            _(
                "Anybody could read the titles of the templates through the site's API. Save a "
                "draft, set its privacy in the status panel to logged-in users or groups, and "
                "publish it then."
            ),
        )
        return cleaned

    def _restricted(self) -> bool:
        page = self.instance if self.instance.pk else self.parent_page
        return bool(page and page.get_view_restrictions().exists())


def adapt() -> None:
    """Give the page types that mix in our classes their forms."""
    ContractTemplateMixin.base_form_class = TemplateForm  # type: ignore[attr-defined]
    TemplateIndexMixin.base_form_class = TemplateIndexForm  # type: ignore[attr-defined]


def _languages(cleaned: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """A second language is one, and another one; clauses in two languages have it."""
    second = cleaned.get("second_language") or ""
    if second and second == cleaned.get("language"):
        yield "second_language", _("That is the first language already.")
    if not second and has(plain(cleaned["body"]), "bilingual"):
        place = "second_language" if "second_language" in cleaned else "body"
        yield place, _("Say what the second language of the clauses in two languages is.")


def _parties(cleaned: dict[str, Any]) -> Iterator[tuple[str, str]]:
    own = [role for role in definitions(cleaned["roles"]) if role["own"]]
    if len(own) != 1:
        yield "roles", _("Say of exactly one party that it is our own side.")
    if len(cleaned["roles"]) == len(own):
        yield "roles", str(MESSAGES["counterparty"])
    if not cleaned["body"]:
        yield "body", str(MESSAGES["text"])


def problems(roles: Any, fields: Sequence[Any], body: Any) -> Iterator[tuple[str, str]]:
    """What refers to something that is not there: (name of a stream, sentence).

    `roles` and `body` are streams, `fields` the stored definitions, those of shared sets too.
    """
    try:
        found = tree(roles, fields, body)
    except Unreadable as error:
        yield "fields" if error.code == "size" else "body", unreadable(error)
        return
    for finding in references(found):
        yield finding.stream, finding.sentence


def references(found: trees.Content) -> Iterator[Finding]:
    """The same of the content of a template, with the places where it is mended."""
    for code, said in readiness.problems(found):
        if code in PLACES:
            yield Finding(str(MESSAGES[code]) % said, PLACES[code])
    yield from faults.refused(found)


def tree(roles: Any, fields: Sequence[Any], body: Any) -> dict[str, Any]:
    """The content of a template that calls its parties by their labels. Raises Unreadable."""
    return tree_of(roles, fields, expanded(body))


def tree_of(roles: Any, fields: Sequence[Any], entries: Sequence[Any]) -> dict[str, Any]:
    """The same of stored blocks."""
    known = definitions(roles)
    parties = [
        {
            "id": role["key"],
            "role": role["key"],
            "name": role["label"],
            "kind": role["kind"],
            "organisation_number": "",
            "address": None,
            "rule": {"kind": role["rule"], "count": role["count"]},
            "people": [],
        }
        for role in known
    ]
    return content.whole(
        title="",
        language="en",
        template="",
        roles=known,
        parties=parties,
        fields=defined(fields),
        values={},
        body=entries,
    )
