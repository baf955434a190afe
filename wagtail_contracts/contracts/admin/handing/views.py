"""One page: who leaves, who takes over, what would move, and what became of each."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin.acts import ROOM
from wagtail_contracts.contracts.admin.stepup import StepUpMixin
from wagtail_contracts.contracts.models import person_name

PAGE = "wagtail_contracts_hand_over"


def concerned(user: Any) -> QuerySet[Any]:
    """Who sees contracts where `user` administers, or owns some there though they left."""
    places = permissions.whole(user, ["administer"])
    there = Q(groups__workspace_permissions__workspace__in=places)
    owners = permissions.having(user, ["administer"]).order_by().values("owner")
    users = get_user_model()._default_manager.filter(there | Q(pk__in=owners))
    return users.distinct().order_by("last_name", "first_name", "pk")


class WhoForm(forms.Form):
    """Two colleagues; one of them may have left already."""

    leaver: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        None, label=gettext_lazy("Who leaves")
    )
    to: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        None, label=gettext_lazy("Who takes over")
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = concerned(user)
        for name, people in (("leaver", found), ("to", found.filter(is_active=True))):
            field: Any = self.fields[name]
            field.queryset, field.label_from_instance = people, _named

    def clean(self) -> dict[str, Any]:
        """Two, not one."""
        cleaned = super().clean() or {}
        if cleaned.get("leaver") and cleaned.get("leaver") == cleaned.get("to"):
            self.add_error("to", _("Choose somebody else."))
        return cleaned


class HandOverView(PermissionCheckedMixin, StepUpMixin, WagtailAdminTemplateMixin, TemplateView):
    """GET shows what would move; POST moves what was shown and ticked."""

    stake = "administer"

    permission_policy = permissions.POLICIES["Contract"]
    permission_required = "administer"
    template_name = f"{ROOM}/handing/hand_over.html"
    page_title = gettext_lazy("When somebody leaves")
    header_icon = "user"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, here."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    @cached_property
    def form(self) -> WhoForm:
        """Whoever was chosen; nobody yet."""
        sent = self.request.POST if self.request.method == "POST" else self.request.GET
        return WhoForm(sent or None, user=self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the one who leaves holds."""
        context = {"form": self.form, "held": None, **kwargs}
        if self.form.is_valid() and "handed" not in kwargs:
            leaver = self.form.cleaned_data["leaver"]
            context["held"] = contracts.held_by(leaver, by=permissions.actor(self.request.user))
        return super().get_context_data(**context)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Row by row, and say what became of each."""
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data())
        said, by = self.form.cleaned_data, permissions.actor(request.user)
        keys = set(request.POST.getlist("row"))
        handed = contracts.hand_over(said["leaver"], said["to"], keys, by=by)
        return self.render_to_response(self.get_context_data(handed=handed))


class HandOverItem(MenuItem):
    """Under “Settings”, for those who administer a workspace."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether there is a workspace whose things they may hand over."""
        policy = permissions.POLICIES["Contract"]
        return bool(policy.user_has_permission(request.user, "administer"))


def item() -> HandOverItem:
    """For the hook."""
    label = gettext_lazy("When somebody leaves")
    return HandOverItem(label, reverse(PAGE), name="hand-over", icon_name="user", order=900)


def addresses() -> list[URLPattern]:
    """The page."""
    return [path("contract-hand-over/", HandOverView.as_view(), name=PAGE)]


def _named(user: Any) -> str:
    name = person_name(user)
    return name if user.is_active else _("%s (has left)") % name
