"""Keeping a view of the list under a name, for oneself or for a workspace."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin.creating.steps import NAMESPACE
from wagtail_contracts.contracts.admin.scoping import one_or_404
from wagtail_contracts.contracts.models import SavedView
from wagtail_contracts.contracts.models.desk import NAME
from wagtail_contracts.errors import Refusal

VIEWS = "wagtail_contracts_views"


class SaveForm(forms.Form):
    """The name of a view, and for whom it is."""

    name = forms.CharField(max_length=NAME, label=gettext_lazy("Name"))
    workspace: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        None, label=gettext_lazy("For"), required=False, empty_label=gettext_lazy("Me alone")
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["workspace"]
        field.queryset = permissions.workspaces(user, ["change"])
        field.label_from_instance = lambda place: _("Everybody in %s") % place.name


class ViewsView(View):
    """Keeps what the list shows, or takes away a view of one's own."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """What the post names: `remove`, or a name and a query."""
        return self.remove(request) if "remove" in request.POST else self.keep(request)

    def keep(self, request: HttpRequest) -> HttpResponse:
        """Save it, and show it."""
        form = SaveForm(request.POST, user=request.user)
        query = request.POST.get("query", "")
        if not form.is_valid():
            messages.error(request, _("The view was not saved: give it a name."))
            return _list(query)
        said, by = form.cleaned_data, permissions.actor(request.user)
        try:
            view = contracts.save_view(
                request.user, said["name"], query, workspace=said["workspace"], by=by
            )
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return _list(query)
        messages.success(request, _("The view “%s” is a tab of the list now.") % view.name)
        return _list(view.query)

    def remove(self, request: HttpRequest) -> HttpResponse:
        """Take it from whoever has it. Raises Http404 for what is not one's own."""
        user: Any = request.user
        view = one_or_404(SavedView.objects.filter(user=user), request.POST["remove"])
        contracts.remove_view(view, by=permissions.actor(user))
        messages.success(request, _("The view “%s” is gone.") % view.name)
        return _list("")


def _list(query: str) -> HttpResponse:
    """The list with this query, as far as it is one."""
    return redirect(f"{redirect(f'{NAMESPACE}:list').url}?{QueryDict(query).urlencode()}")
