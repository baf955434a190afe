"""The clause library in the admin, and taking a newer wording over into a template."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page
from wagtail.snippets.views.snippets import SnippetViewSet

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin import template_forms
from wagtail_contracts.contracts.admin.faults import Finding
from wagtail_contracts.contracts.admin.scoping import ScopedViewSetMixin
from wagtail_contracts.contracts.admin.template_parts import (
    ADD,
    EDIT,
    METHODS,
    AddPartView,
    EditPartView,
    PartChooserViewSet,
    PartForm,
)
from wagtail_contracts.contracts.blocks import LIBRARY, expanded, version_of
from wagtail_contracts.contracts.core import resolving, richtext
from wagtail_contracts.contracts.core.richtext import Unreadable
from wagtail_contracts.contracts.core.text import words
from wagtail_contracts.contracts.models import ContractTemplateMixin, LibraryClause
from wagtail_contracts.contracts.rendering import changes

TAKE_OVER = "wagtail_contracts_take_over"


class LibraryClauseForm(PartForm):
    """A clause that says something a contract can hold."""

    def clean(self) -> dict[str, Any]:
        """Refuse what could not be frozen, and a clause without a word."""
        cleaned: dict[str, Any] = super().clean()
        for part in ("heading", "text"):
            try:
                richtext.rich(cleaned.get(part) or "")
            except Unreadable:
                self.add_error(part, _("This text has formatting that a contract can't hold."))
        if not any(words(cleaned.get(part) or "") for part in ("heading", "text")):
            self.add_error("text", ValidationError(_("Write a heading or a text.")))
        return cleaned

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 - Wagtail's signature
        """As a new version, where it reads otherwise."""
        made = super().save(commit=False)
        return contracts.write_clause(made, by=permissions.actor(self.for_user)) if commit else made


class LibraryClauseViewSet(ScopedViewSetMixin, SnippetViewSet):
    """For whoever edits the templates of a workspace. A clause stays: templates use it."""

    model = LibraryClause
    icon = "list-ol"
    menu_label = gettext_lazy("Clause library")
    admin_url_namespace = "wagtail_contracts_library"
    base_url_path = "contract-library"
    copy_view_enabled = False
    inspect_view_enabled = False
    chooser_viewset_class = PartChooserViewSet
    add_view_class = AddPartView
    edit_view_class = EditPartView
    create_template_name = ADD
    edit_template_name = EDIT
    list_display = ["name", "workspace", "version"]

    @cached_property
    def edit_handler(self) -> Any:
        """What it is called, where it belongs, how it reads."""
        panels = [FieldPanel(name) for name in ("name", "workspace", "heading", "text")]
        return ObjectList(panels, base_form_class=LibraryClauseForm)


def newer(page: Any) -> Iterator[Finding]:
    """The clauses of a template of which there is a newer wording."""
    for child in page.body:
        if child.block_type != LIBRARY or not (clause := child.value["clause"]):
            continue
        if version_of(child.value) < clause.version:
            said = _("There is a newer wording of “%(name)s”: version %(version)d. Compare it.")
            sentence = said % {"name": clause.name, "version": clause.version}
            url = reverse(TAKE_OVER, args=[page.pk, child.id])
            yield Finding(sentence, "body", child.id, url)


class TakeOverView(WagtailAdminTemplateMixin, TemplateView):
    """A template's wording of a clause beside the library's; one press takes it over."""

    template_name = "wagtail_contracts/contracts/admin/take_over.html"
    page_title = gettext_lazy("A newer wording")
    header_icon = "list-ol"
    http_method_names = METHODS
    kwargs: dict[str, Any]

    @cached_property
    def page(self) -> Any:
        """The newest draft of a template that one may edit, or 404."""
        found = Page.objects.filter(pk=self.kwargs["pk"]).specific().first()
        if not isinstance(found, ContractTemplateMixin):
            raise Http404
        page: Any = found
        if not page.permissions_for_user(self.request.user).can_edit():
            raise Http404
        return page.get_latest_revision_as_object()

    @cached_property
    def block(self) -> Any:
        """The block that is asked about, or 404."""
        for child in self.page.body:
            if (child.id, child.block_type) == (self.kwargs["block"], LIBRARY):
                return child
        raise Http404

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Take the wording that was shown, if it still is the newest."""
        clause = self.block.value["clause"]
        if request.POST.get("version") != str(clause.version):
            messages.error(request, _("The clause has changed meanwhile. Nothing was stored."))
            return self.get(request, **kwargs)
        by = permissions.actor(request.user)
        contracts.take_wording(self.page, self.block.id, clause.version, user=request.user, by=by)
        messages.success(request, _("Taken over into the draft. Publish it to make contracts."))
        return redirect(self.edit_url)

    def get_page_subtitle(self) -> str:
        """Which clause."""
        return str(self.block.value["clause"])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The template, here."""
        template = {"url": self.edit_url, "label": self.page.title}
        return [*self.breadcrumbs_items, template, {"url": "", "label": self.page_title}]

    @property
    def edit_url(self) -> str:
        """Where the template is edited."""
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """How it read, how it reads."""
        clause = self.block.value["clause"]
        mine = version_of(self.block.value)
        old, new = (self._content(clause, version) for version in (mine, clause.version))
        return super().get_context_data(
            clause=clause,
            mine=mine,
            edit=self.edit_url,
            comparison=changes.comparison(old, new, language=get_language()),
            **kwargs,
        )

    def _content(self, clause: LibraryClause, version: int) -> dict[str, Any]:
        """The template with this clause alone."""
        [entry] = [one for one in expanded(self.page.body) if one["id"] == self.block.id]
        entry = {**entry, "value": {**entry["value"], **clause.wording(version)}}
        page = self.page
        whole = template_forms.tree_of(page.roles, expanded(page.fields), [entry])
        return resolving.published(whole)
