"""What the examination found: where, since when, what to do; and saying what became of it.

For those who administer a workspace, about its contracts; what is about no contract is for
superusers alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.models import person_name
from wagtail_contracts.contracts.permissions.doors import ActorMixin
from wagtail_contracts.contracts.rendering.said import SaidField
from wagtail_contracts.errors import Refusal
from wagtail_contracts.examining import AWAY, SLOW
from wagtail_contracts.signing.admin.deliveries import detour
from wagtail_contracts.signing.admin.pages import ROOM, address
from wagtail_contracts.signing.flows import examining
from wagtail_contracts.signing.rendering import alarms

LIST, SETTLE = alarms.PAGE, "wagtail_contracts_settle"
WALKS = {
    "trails": gettext_lazy("Records of what happened"),
    "log": gettext_lazy("Checkpoints, here and where they are kept"),
    "files": gettext_lazy("Sealed files, byte by byte"),
    "seals": gettext_lazy("Seals, and what is inside the files"),
    "contracts": gettext_lazy("Contracts, against their records"),
    "due": gettext_lazy("What should have happened by now"),
}
STANDS = {
    AWAY: gettext_lazy("Nobody looks. Is the worker running?"),
    SLOW: gettext_lazy("It does not get through in time."),
}


@dataclass(frozen=True)
class Row:
    """One finding in words."""

    what: str
    cure: str
    detail: str
    found_at: datetime
    gone_at: datetime | None
    grave: bool
    number: str
    url: str
    settle: str
    settled_at: datetime | None
    settled_by: str
    reason: str


@dataclass(frozen=True)
class Walked:
    """How far one walk has come."""

    what: str
    begun_at: datetime | None
    done_at: datetime | None
    fault: str


def answers_for(user: Any, found: list[Any]) -> list[Any]:
    """Those that one may settle."""
    if user.is_active and user.is_superuser:
        return found
    about = {one.contract.pk for one in found if one.contract}
    held = permissions.having(user, ["administer"]).filter(pk__in=about)
    mine = set(held.values_list("pk", flat=True))
    return [one for one in found if one.contract and one.contract.pk in mine]


def rows(found: list[Any]) -> list[Row]:
    """Findings in the active language."""
    keys = {one.alarm.settled_by for one in found if one.alarm.settled_by.isdecimal()}
    people = get_user_model()._default_manager.filter(pk__in=keys)
    names = {str(user.pk): person_name(user) for user in people}
    return [_row(one, names.get(one.alarm.settled_by, one.alarm.settled_by)) for one in found]


def _row(one: Any, settled_by: str) -> Row:
    alarm, contract = one.alarm, one.contract
    return Row(
        what=alarms.what(alarm.code),
        cure=alarms.cure(alarm.code),
        detail=alarm.why,
        found_at=alarm.found_at,
        gone_at=alarm.gone_at,
        grave=one.is_grave,
        number=contract.number if contract else "",
        url=address("inspect", contract) if contract else "",
        settle=reverse(SETTLE, args=[one.key]),
        settled_at=alarm.settled_at,
        settled_by=settled_by,
        reason=alarm.reason,
    )


class ExaminationPage(ActorMixin, WagtailAdminTemplateMixin):
    """A page about findings."""

    page_title = gettext_lazy("Self-examination")
    header_icon = "view"
    request: HttpRequest


class ExaminationView(PermissionCheckedMixin, ExaminationPage, TemplateView):
    """The list, and how far the examination has come."""

    permission_policy = permissions.POLICIES["Contract"]
    permission_required = "administer"
    template_name = f"{ROOM}/examination.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, here."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What is to settle, what was settled, and how far each walk has come."""
        user = self.request.user
        there = answers_for(user, examining.everything())
        settled = answers_for(user, examining.everything(settled=True))
        return super().get_context_data(
            rows=rows(there),
            settled=rows(settled),
            walks=[_walked(one) for one in examining.standing_of_walks()],
            **kwargs,
        )


class SettleForm(forms.Form):
    """Why it need ring no more."""

    reason = SaidField(
        label=gettext_lazy("What became of it"),
        help_text=gettext_lazy("Who did what, what you mended, and whom you told. It is recorded."),
    )


class SettleView(ExaminationPage, FormView):
    """One finding, and what became of it; whoever does not answer for it finds none."""

    http_method_names = ["get", "head", "post", "options"]
    template_name = f"{ROOM}/settle.html"
    form_class = SettleForm

    def get_page_subtitle(self) -> str:
        """Which finding."""
        return alarms.what(self.found.alarm.code)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the list, here."""
        listed = {"url": reverse(LIST), "label": self.page_title}
        return [*self.breadcrumbs_items, listed, {"url": "", "label": _("Settle")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The finding."""
        return super().get_context_data(row=rows([self.found])[0], back=reverse(LIST), **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Settle it, or say why not; the page of one's second factor first, where it is asked."""
        contract, actions = self.found.contract, ["administer"]
        if contract and (way := detour(self.request.user, contract, actions, reverse(LIST))):
            return way
        try:
            examining.settle_alarm(self.found, form.cleaned_data["reason"], by=self.by)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("It is settled. It stays in the list below."))
        return redirect(LIST)

    @cached_property
    def found(self) -> Any:
        """The finding, if one answers for it. Raises Http404."""
        one = examining.find(self.kwargs["key"])
        if one is None or not answers_for(self.request.user, [one]):
            raise Http404
        return one


def _walked(one: Any) -> Walked:
    begun, done = (one.row.begun_at, one.row.done_at) if one.row else (None, None)
    return Walked(str(WALKS[one.walk.kind]), begun, done, str(STANDS.get(one.word, "")))


class ExaminationMenuItem(MenuItem):
    """Under “Reports”, for those who may open it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether there is something to answer for."""
        policy = permissions.POLICIES["Contract"]
        return bool(policy.user_has_permission(request.user, "administer"))
