"""The steps of a new contract: what they have in common once there is a draft."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.utils import quote
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.errors import Refusal

NAMESPACE = "wagtail_contracts_contract"
TEMPLATE, PARTIES, DETAILS, SEND = STEPS = ("template", "parties", "details", "send")
ASKED = gettext_lazy("It waits for an approval, or has one: take the request back to change it.")
CLOSED = {
    **dict.fromkeys((states.IN_APPROVAL, states.APPROVED), ASKED),
    "": gettext_lazy("This contract has been sent."),
}
LABELS = {
    TEMPLATE: gettext_lazy("Template"),
    PARTIES: gettext_lazy("Parties"),
    DETAILS: gettext_lazy("Details"),
    SEND: gettext_lazy("Check and send"),
}


@dataclass(frozen=True)
class Step:
    """One of them, as the bar on top of each shows it."""

    name: str
    label: Any
    url: str
    now: bool
    done: bool


def address(name: str, contract: Any) -> str:
    """The address of one of the viewset's pages about a contract: a step, the editor, an act."""
    return reverse(f"{NAMESPACE}:{name}", args=[quote(contract.pk)])


def bar(contract: Any, now: str, *, may_send: bool) -> list[Step]:
    """All steps; those of a draft have an address, but for the one where one is."""
    place = STEPS.index(now)
    found = []
    for at, name in enumerate(STEPS):
        leads = contract and name not in (now, TEMPLATE) and (may_send or name != SEND)
        url = address(name, contract) if leads else ""
        found.append(Step(name, LABELS[name], url, at == place, at < place))
    return found


class StepView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView, ABC):
    """A page and a form; what was typed is stored with each step that one leaves by a button."""

    model = Contract
    permission_required = "change"
    step = ""
    header_icon = "doc-full"
    index_url_name: Any = None  # filled in by the viewset, like the one below
    overview_url_name: Any = None
    gated: Any

    def user_has_permission(self, permission: str) -> bool:
        """Whoever edits, and the one who makes this contract."""
        return permissions.makes(self.user, self.gated)

    @property
    def contract(self) -> Any:
        """The draft that the gate found."""
        return self.gated

    @property
    def user(self) -> Any:
        """Who fills it in."""
        return self.request.user

    @cached_property
    def data(self) -> Any:
        """What was posted, or nothing yet."""
        return self.request.POST if self.request.method == "POST" else None

    @cached_property
    def may_send(self) -> bool:
        """Whether there is a last step for whoever asks."""
        return permissions.may(self.user, "send", self.contract)

    @property
    def overview(self) -> str:
        """Where one leaves to."""
        if self.overview_url_name:
            return reverse(self.overview_url_name, args=[quote(self.contract.pk)])
        return reverse(self.index_url_name)

    @property
    @abstractmethod
    def shown(self) -> str:
        """The digest of what is stored, for the flow to compare."""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Contracts, this one, new."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": _("Contracts")},
            {"url": self.overview, "label": self.contract.title},
            {"url": "", "label": LABELS[self.step]},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The draft, and where one is."""
        return super().get_context_data(
            contract=self.contract,
            saved=self.contract.latest_revision,
            shown=self.shown,
            newer=contracts.newer_template(self.contract),
            may_send=self.may_send,
            steps=bar(self.contract, self.step, may_send=self.may_send),
            **kwargs,
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, as long as it is a draft."""
        if self.contract.state != states.DRAFT:
            messages.warning(request, str(CLOSED.get(self.contract.state, CLOSED[""])))
            return redirect(self.overview)
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Store it and go where the button says, or show the form again."""
        if self.shows_again():
            return self.get(request)
        if not self.is_valid():
            messages.error(request, _("There is something to correct. Nothing was stored."))
            return self.get(request)
        try:
            self.store()
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return self.get(request)
        return redirect(self.target(request.POST.get("do", "")))

    def shows_again(self) -> bool:
        """Whether the button only changes the form."""
        return False

    @abstractmethod
    def is_valid(self) -> bool:
        """Whether all of it is."""

    @abstractmethod
    def store(self) -> None:
        """Call the flow."""

    def target(self, wanted: str) -> str:
        """The step that a button names; the overview where it is none, or none for this user."""
        if wanted not in (PARTIES, DETAILS, SEND) or (wanted == SEND and not self.may_send):
            return self.overview
        return address(wanted, self.contract)
