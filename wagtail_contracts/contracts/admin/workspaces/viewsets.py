"""The doors to workspaces: a page for members, settings for those who administer them.

Views that come from above are handed in by the hook `register_workspace_views`.
"""

from __future__ import annotations

from typing import Any

from django.db.models import ProtectedError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.generic import CreateView, DeleteView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin.gate import WorkspaceGate
from wagtail_contracts.contracts.admin.scoping import ScopedViewSetMixin, visible
from wagtail_contracts.contracts.admin.workspaces.settings import EDITOR
from wagtail_contracts.contracts.core.files import sorts
from wagtail_contracts.contracts.errors import TrainingFixed, UploadRefused
from wagtail_contracts.contracts.models import StoredFile, Workspace


class WorkspaceIndexView(IndexView):
    """The workspaces that one administers; the stock view lists all there are."""

    def get_base_queryset(self) -> Any:
        """Only those."""
        return visible(self.request.user, self.model)


class SettingsMixin:
    """Keeps an uploaded logo before the form is saved: a refusal then stands at its field."""

    logo: StoredFile | None = None

    def is_valid(self, form: Any) -> bool:
        """Judge the file, too."""
        view: Any = super()
        valid: bool = view.is_valid(form)
        file = form.cleaned_data.get("logo_file") if valid else None
        try:
            if file and self.logo is None:
                by = permissions.actor(self.request.user)  # type: ignore[attr-defined]
                self.logo = contracts.keep_file(file, sort=sorts.LOGO, by=by)
        except UploadRefused as refused:
            form.add_error("logo_file", str(refused))
            valid = view.is_valid(form)
        return valid

    def values(self) -> dict[str, Any]:
        """What the columns become."""
        form: Any = self.form  # type: ignore[attr-defined]
        gone = {"logo": None} if form.cleaned_data.get("logo_gone") else {}
        return {**form.columns, **gone, **({"logo": self.logo} if self.logo else {})}


class WorkspaceAddView(SettingsMixin, CreateView):
    """A new one."""

    def save_instance(self) -> Any:
        """By the flow."""
        self.form.instance.logo = self.logo
        by = permissions.actor(self.request.user)
        return contracts.open_workspace(self.form.instance, by=by)


class WorkspaceEditView(SettingsMixin, EditView):
    """The settings."""

    asks_code = True

    def form_valid(self, form: Any) -> HttpResponse:
        """Say what the flow refuses."""
        try:
            return super().form_valid(form)
        except TrainingFixed as refused:
            form.add_error("training", str(refused))
            self.is_valid(form)
            refusal: HttpResponse = self.form_invalid(form)
            return refusal

    def save_instance(self) -> Any:
        """By the flow: what changed goes into the workspace's trail."""
        by = permissions.actor(self.request.user)
        return contracts.change_workspace(self.object, self.values(), by=by)


class WorkspaceDeleteView(DeleteView):
    """Deletes what nothing hangs on, by the confirmed form alone."""

    asks_code = True
    http_method_names = ("get", "head", "options", "post")

    def form_valid(self, form: Any) -> HttpResponse:
        """Say so where contracts or templates hang on it."""
        try:
            answer: HttpResponse = super().form_valid(form)
        except ProtectedError:
            messages.error(self.request, _("The workspace has contracts or templates: it stays."))
            return redirect(self.get_success_url())
        return answer


class WorkspaceViewSet(ScopedViewSetMixin, ModelViewSet):
    """Teams: made by superusers, changed by those who administer them."""

    model = Workspace
    gate = WorkspaceGate
    name = "wagtail_contracts_workspace"
    url_prefix = "contract-workspaces"
    icon = "group"
    menu_label = _("Workspaces")
    index_view_class = WorkspaceIndexView
    add_view_class = WorkspaceAddView
    edit_view_class = WorkspaceEditView
    delete_view_class = WorkspaceDeleteView
    copy_view_enabled = False
    list_display = ["name", "code", "legal_name"]
    search_fields = ["name", "code", "legal_name"]

    @cached_property
    def edit_handler(self) -> Any:
        """The tabs."""
        return EDITOR

    def get_urlpatterns(self) -> list[Any]:
        """The stock ones, and those from above; all behind the gate."""
        found = [function() for function in hooks.get_hooks("register_workspace_views")]
        made = [
            path(f"{name.replace('_', '-')}/<str:pk>/", self.construct_view(view), name=name)
            for views in found
            for name, view in views.items()
        ]
        return [*super().get_urlpatterns(), *made]
