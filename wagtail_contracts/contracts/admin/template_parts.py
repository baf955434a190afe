"""Parts that the templates of a workspace share: how they are written and chosen in the admin."""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
)
from wagtail.snippets.views.snippets import CreateView, EditView

from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin.scoping import ScopedChooserMixin

METHODS = ("get", "head", "options", "post")  # the stock views write on others, too
ROOM = "wagtail_contracts/contracts/admin"
ADD, EDIT = f"{ROOM}/part_add.html", f"{ROOM}/part_edit.html"


class PartForm(WagtailAdminModelForm):
    """A part stays in its workspace, one of those whose templates its author edits."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("workspace"):
            field.queryset = permissions.template_workspaces(self.for_user)
            field.disabled = bool(self.instance.pk)  # its templates are there


class AddPartView(CreateView):
    """Makes one, by the posted form alone."""

    http_method_names = METHODS


class EditPartView(EditView):
    """Changes one, by the posted form alone."""

    http_method_names = METHODS


def _scoped(view_class: Any) -> Any:
    return type(view_class.__name__, (ScopedChooserMixin, view_class), {})


class PartChooserViewSet(SnippetChooserViewSet):
    """For the editor of a template."""

    choose_view_class = _scoped(ChooseView)
    choose_results_view_class = _scoped(ChooseResultsView)
    chosen_view_class = _scoped(SnippetChosenView)
    chosen_multiple_view_class = _scoped(SnippetChosenMultipleView)

    def get_urlpatterns(self) -> list[Any]:
        """Nothing that makes one."""
        return [url for url in super().get_urlpatterns() if url.name != "create"]
