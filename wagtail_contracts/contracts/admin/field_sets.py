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
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList, Panel
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
)
from wagtail.snippets.views.snippets import CreateView, DeleteView, EditView, SnippetViewSet

from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin import field_keys
from wagtail_contracts.contracts.admin.scoping import ScopedChooserMixin, ScopedViewSetMixin
from wagtail_contracts.contracts.admin.template_forms import problems
from wagtail_contracts.contracts.blocks import definitions, expanded, plain
from wagtail_contracts.contracts.blocks.streams import SHARED
from wagtail_contracts.contracts.models import FieldSet
from wagtail_contracts.contracts.models.field_sets import templates_of


class FieldSetForm(WagtailAdminModelForm):
    """A set fits all templates that take it in, and its keys keep their meaning."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("workspace"):
            field.queryset = permissions.template_workspaces(self.for_user)
            field.disabled = bool(self.instance.pk)  # its templates are there

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
        yield from field_keys.changed(stored, after, {page.pk for page in pages})
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


def _scoped(view_class: Any) -> Any:
    return type(view_class.__name__, (ScopedChooserMixin, view_class), {})


class FieldSetChooserViewSet(SnippetChooserViewSet):
    """For the data fields of a template."""

    choose_view_class = _scoped(ChooseView)
    choose_results_view_class = _scoped(ChooseResultsView)
    chosen_view_class = _scoped(SnippetChosenView)
    chosen_multiple_view_class = _scoped(SnippetChosenMultipleView)

    def get_urlpatterns(self) -> list[Any]:
        """Nothing that makes one."""
        return [url for url in super().get_urlpatterns() if url.name != "create"]


METHODS = ("get", "head", "options", "post")  # the stock views write on others, too


class FieldSetAddView(CreateView):
    """Makes one, by the posted form alone."""

    http_method_names = METHODS


class FieldSetEditView(EditView):
    """Changes one, by the posted form alone."""

    http_method_names = METHODS


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
    chooser_viewset_class = FieldSetChooserViewSet
    add_view_class = FieldSetAddView
    edit_view_class = FieldSetEditView
    delete_view_class = FieldSetDeleteView
    list_display = ["name", "workspace"]

    @cached_property
    def edit_handler(self) -> Any:
        """Name, workspace, who uses it, definitions."""
        return EDITOR
