"""Sets of data fields that templates share: what must hold before one is saved, and who uses it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, ObjectList, Panel
from wagtail.snippets.views.snippets import DeleteView, SnippetViewSet

from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin import field_keys
from wagtail_contracts.contracts.admin.scoping import ScopedViewSetMixin
from wagtail_contracts.contracts.admin.template_forms import problems
from wagtail_contracts.contracts.admin.template_parts import (
    ADD,
    EDIT,
    METHODS,
    AddPartView,
    EditPartView,
    PartChooserViewSet,
    PartForm,
)
from wagtail_contracts.contracts.blocks import definitions, expanded, plain
from wagtail_contracts.contracts.blocks.streams import SHARED
from wagtail_contracts.contracts.models import FieldSet
from wagtail_contracts.contracts.models.field_sets import templates_of


class FieldSetForm(PartForm):
    """A set fits all templates that take it in, and its keys keep their meaning."""

    def clean(self) -> dict[str, Any]:
        """Ask the templates."""
        cleaned: dict[str, Any] = super().clean()
        if not self.errors:
            for sentence in dict.fromkeys(self._faults(plain(cleaned["fields"]))):
                self.add_error("fields", sentence)
        return cleaned

    def _faults(self, after: list[Any]) -> Iterator[str]:
        yield from field_keys.suggestions(after)
        if not self.instance.pk:
            return
        pages = self.instance.templates()
        stored = plain(FieldSet.objects.get(pk=self.instance.pk).fields)
        made = {page.pk for page in pages}
        yield from field_keys.changed(stored, after, made)
        yield from field_keys.options_changed(stored, after, made)
        for page in pages:
            for sentence in _disturbed(page, self.instance, after):
                yield _("In the template “%(title)s”: %(problem)s") % {
                    "title": page.title,
                    "problem": sentence,
                }


def _disturbed(page: Any, field_set: FieldSet, after: list[Any]) -> Iterator[str]:
    """What would be wrong with a template that isn't now."""
    others = [
        entry
        for child, own in zip(page.fields, plain(page.fields), strict=True)
        if own["type"] != SHARED or child.value != field_set
        for entry in (plain(child.value.fields) if own["type"] == SHARED else [own])
    ]
    yield from field_keys.twice([*others, *after])
    now = set(problems(page.roles, expanded(page.fields), page.body))
    yield from (
        sentence
        for place, sentence in problems(page.roles, [*others, *after], page.body)
        if (place, sentence) not in now
    )


class UsersPanel(Panel):
    """The templates that take a set in."""

    class BoundPanel(Panel.BoundPanel):
        """A list with links to those that one may edit."""

        template_name = "wagtail_contracts/contracts/admin/users_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add the templates, and the parties that a field of a set can be filled in by."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            found = self.instance.templates() if self.instance.pk else []
            pages = {page.pk: page for page in found}
            return {
                **context,
                "pages": list(pages.values()),
                "parties": _parties(self.request.user),
            }


def _parties(user: Any) -> list[dict[str, str]]:
    """The parties of the templates that one may edit, each key once."""
    places = permissions.template_workspaces(user).values_list("pk", flat=True)
    roles = {
        role["key"]: role["label"]
        for page in templates_of(places)
        for role in definitions(page.roles)
    }
    return [{"key": key, "label": label} for key, label in sorted(roles.items())]


EDITOR = ObjectList(
    [
        FieldPanel("name"),
        FieldPanel("workspace"),
        UsersPanel(heading=gettext_lazy("Templates that use it")),
        FieldPanel("fields"),
    ],
    base_form_class=FieldSetForm,
)


class FieldSetDeleteView(DeleteView):
    """Deletes what no template takes in."""

    http_method_names = METHODS

    def form_valid(self, form: Any) -> HttpResponse:
        """Say so where one does."""
        if not self.object.templates():
            answer: HttpResponse = super().form_valid(form)
            return answer
        messages.error(self.request, _("Templates use this set of data fields: it stays."))
        return redirect(self.get_success_url())


class FieldSetViewSet(ScopedViewSetMixin, SnippetViewSet):
    """For whoever edits the templates of a workspace."""

    model = FieldSet
    icon = "snippet"
    menu_label = gettext_lazy("Shared data fields")
    admin_url_namespace = "wagtail_contracts_field_set"
    base_url_path = "contract-field-sets"
    copy_view_enabled = False
    inspect_view_enabled = False
    chooser_viewset_class = PartChooserViewSet
    add_view_class = AddPartView
    edit_view_class = EditPartView
    create_template_name = ADD
    edit_template_name = EDIT
    delete_view_class = FieldSetDeleteView
    list_display = ["name", "workspace"]

    @cached_property
    def edit_handler(self) -> Any:
        """Name, workspace, who uses it, definitions."""
        return EDITOR
