"""The folders and tags of a workspace: what there is, another name for one, and taking one away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin.scoping import one_or_404
from wagtail_contracts.contracts.admin.workspaces.administered import AdministeredPage
from wagtail_contracts.contracts.admin.workspaces.pages import ROOM
from wagtail_contracts.contracts.models import Folder, Tag
from wagtail_contracts.contracts.models.desk import NAME
from wagtail_contracts.errors import Refusal

KINDS: dict[str, Any] = {"folder": Folder, "tag": Tag}
COUNTED = {"folder": "listing__folder", "tag": "tagged__tag"}


@dataclass(frozen=True)
class Row:
    """A folder or a tag, with how many contracts, and where it is changed."""

    name: str
    count: int
    url: str


class MarksView(AdministeredPage, TemplateView):
    """All of them."""

    template_name = f"{ROOM}/marks.html"
    page_title = gettext_lazy("Folders and tags")
    header_icon = "tag"
    http_method_names = ("get", "head", "options")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """By kind."""
        return super().get_context_data(
            workspace=self.place, folders=self._rows("folder"), tags=self._rows("tag"), **kwargs
        )

    def _rows(self, kind: str) -> list[Row]:
        """Two queries, however many there are."""
        seen = permissions.visible(self.request.user).filter(workspace=self.place).order_by()
        counts = dict(seen.values_list(COUNTED[kind]).annotate(Count("pk")))
        found, url = KINDS[kind].objects.filter(workspace=self.place), self.address("mark")
        return [Row(mark.name, counts.get(mark.pk, 0), f"{url}?{kind}={mark.pk}") for mark in found]


class NameForm(forms.Form):
    """What it is called."""

    name = forms.CharField(max_length=NAME, label=gettext_lazy("Name"))


class MarkView(AdministeredPage, FormView):
    """One of them: `?folder=` or `?tag=` says which."""

    template_name = f"{ROOM}/mark.html"
    header_icon = "tag"
    form_class = NameForm
    http_method_names = ("get", "head", "options", "post")

    @cached_property
    def kind(self) -> str:
        """The first of the kinds that the address names. Raises Http404 for none."""
        kind = next((kind for kind in KINDS if kind in self.request.GET), "")
        if not kind:
            raise Http404
        return kind

    @cached_property
    def mark(self) -> Any:
        """The row, among those of this workspace. Raises Http404."""
        found = KINDS[self.kind].objects.filter(workspace=self.place)
        return one_or_404(found, self.request.GET[self.kind])

    def get_page_title(self) -> str:
        """Its kind and name."""
        sentence = _("Folder “%s”") if self.kind == "folder" else _("Tag “%s”")
        return sentence % self.mark.name

    def get_initial(self) -> dict[str, Any]:
        """As it is called now."""
        return {"name": self.mark.name}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """How many contracts are concerned."""
        return super().get_context_data(
            mark=self.mark,
            is_folder=self.kind == "folder",
            count=contracts.marked(self.mark).count(),
            back=self.address("marks"),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take it away, or give it the name that was typed."""
        if request.POST.get("do") != "remove":
            return super().post(request, *args, **kwargs)
        return self._answer(self.get_form(), _("“%s” is gone."), self._remove)

    def form_valid(self, form: Any) -> HttpResponse:
        """Rename it."""
        return self._answer(form, _("It is called “%s” now."), lambda: self._rename(form))

    def _answer(self, form: Any, done: str, act: Any) -> HttpResponse:
        """The list with what was done, or this page with why not."""
        try:
            said = act()
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, done % said)
        return redirect(self.address("marks"))

    def _rename(self, form: Any) -> str:
        name: str = form.cleaned_data["name"]
        contracts.rename_mark(self.mark, name, by=self.by)
        return name

    def _remove(self) -> str:
        name: str = self.mark.name
        contracts.remove_mark(self.mark, by=self.by)
        return name


def views() -> dict[str, Any]:
    """For the hook `register_workspace_views`: its gate stands before them."""
    return {"marks": MarksView, "mark": MarkView}
