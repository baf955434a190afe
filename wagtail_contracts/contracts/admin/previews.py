"""What the other side will see, before anything is sent: as a page, wide and narrow, and on paper.

The page itself comes from above by the hook `show_counterparty_page`, a function of the request,
the content, the participant and the fields that this person fills in.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.generic import TemplateView, View
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.models import Page

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin import imagining
from wagtail_contracts.contracts.admin.acts import ROOM
from wagtail_contracts.contracts.admin.creating.steps import address
from wagtail_contracts.contracts.core import resolving, states
from wagtail_contracts.contracts.core.shown import BLANK
from wagtail_contracts.contracts.models import Contract, ContractTemplateMixin, Participant
from wagtail_contracts.contracts.rendering import print as paper
from wagtail_contracts.errors import Refusal
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.rendering import Bundle

WIDTHS = ("wide", "narrow")
TEMPLATE = "wagtail_contracts_template_preview"  # the name of the address, and of its two parts


@dataclass(frozen=True)
class Look:
    """A contract as it would leave now, saved or not, and where it is looked at.

    `named` is the name of its file without the ending; `frame`, `page` and `paper` are addresses.
    """

    contract: Contract
    named: str
    frame: str
    page: str
    paper: str


class Preview(ABC):
    """One contract, and who of the others looks at it. Mixed into views."""

    request: HttpRequest

    @property
    @abstractmethod
    def look(self) -> Look:
        """What is looked at, or 404."""

    def readable(self, content: dict[str, Any]) -> dict[str, Any]:
        """The content as whoever asks may read it."""
        user: Any = self.request.user
        return contracts.seen(self.look.contract, content, user, by=permissions.actor(user))

    @cached_property
    def readers(self) -> list[Participant]:
        """Those who may look."""
        return self.signing()

    def signing(self) -> list[Participant]:
        """Those on the other sides who sign."""
        own = self.look.contract.own_roles
        return [
            person
            for party in self.look.contract.parties.all()
            if party.role not in own
            for person in party.people.all()
            if person.role == Participant.Role.SIGNATORY
        ]

    @cached_property
    def place(self) -> int:
        """Which of them, counted from 0."""
        asked = self.request.GET.get("reader", "")
        known = asked.isascii() and asked.isdecimal() and len(asked) < 4
        return min(int(asked) if known else 0, max(len(self.readers) - 1, 0))

    @property
    def width(self) -> str:
        """How wide the window is."""
        asked = self.request.GET.get("width")
        return asked if asked in WIDTHS else WIDTHS[0]


class FrameMixin(Preview):
    """The page around it, with the ways to look at it."""

    template_name: str | None = f"{ROOM}/preview_frame.html"
    header_icon = "view"

    def get_page_title(self) -> str:
        """What this is."""
        return _("Preview")

    def get_page_subtitle(self) -> str:
        """Of what."""
        return self.look.contract.title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Who looks, how wide, and where page and paper are."""
        named = list(enumerate(self.readers))
        return super().get_context_data(  # type: ignore[misc]
            readers=named if len(named) > 1 else [],
            place=self.place,
            width=self.width,
            page_url=self.look.page,
            paper_url=self.look.paper,
            **kwargs,
        )


@method_decorator(xframe_options_sameorigin, name="get")
class PageMixin(Preview, View):
    """The contract as its reader will find it; nothing on it does anything."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, or why there can be none."""
        try:
            whole = contracts.whole(self.look.contract)
            return self._page(self.readable(resolving.offered(whole, self._unanswered)))
        except Refusal as refusal:
            return render(request, f"{ROOM}/preview_refused.html", {"refusal": refusal})

    @property
    def _unanswered(self) -> dict[str, None]:
        """The others' answers to a contract that is only imagined: they begin with none."""
        contract = self.look.contract
        if not contract._state.adding:
            return {}
        others = {role["key"] for role in contract.roles if not role["own"]}
        return {item["key"]: None for item in contract.fields if item.get("role") in others}

    def _page(self, content: dict[str, Any]) -> HttpResponse:
        """Ask the app above for its page; without one, or without a reader, the text alone."""
        found: list[Callable[..., HttpResponse]] = hooks.get_hooks("show_counterparty_page")
        if not found or not self.readers:
            return render(self.request, f"{ROOM}/_preview.html", {"content": content})
        reader = self.readers[self.place]
        fields = contracts.fields_of(reader, content)
        return found[0](self.request, self.look.contract, content, reader, fields)


class PaperMixin(Preview, View):
    """The PDF, as sending would rehearse it."""

    http_method_names = ["post"]  # it costs seconds, and a link to it would be followed

    @classmethod
    def as_view(cls, **kwargs: Any) -> Callable[..., HttpResponseBase]:
        """Nothing is held while it is printed."""
        return transaction.non_atomic_requests(super().as_view(**kwargs))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Print it, or say why not."""
        try:
            made = sealing.render(self._bundle())
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect(self.look.frame)
        response = HttpResponse(made, content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="{self.look.named}.pdf"'
        response["Cache-Control"] = "no-store, private"
        return response

    def _bundle(self) -> Bundle:
        """What is printed. Raises NotReady, FileWaits."""
        contract = self.look.contract
        content = self.readable(contracts.compose(contract))
        pictures = contracts.enclosed(content).pictures
        number, look = contract.number or BLANK, contracts.paper_of(contract.workspace)
        return paper.draft_bundle(content, number, look, pictures=pictures)


class OfContract:
    """A working copy that something can still be sent of, behind the viewset's gate."""

    model = Contract
    permission_required = "view"
    gated: Any = None

    @cached_property
    def look(self) -> Look:
        """The contract that the gate found, or 404."""
        contract: Contract = self.gated
        if contract.state not in states.INSIDE | states.OPEN:
            raise Http404
        names = ("as_they_see_it", "preview_page", "preview_paper")
        return Look(contract, contract.number, *(address(name, contract) for name in names))


class ContractPreviewView(
    OfContract, PermissionCheckedMixin, FrameMixin, WagtailAdminTemplateMixin, TemplateView
):
    """How a contract would leave now."""

    index_url_name: Any = None  # filled in by the viewset, like the one below
    edit_url_name: Any = None

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Contracts, this one, its preview."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": _("Contracts")},
            {"url": address("edit", self.look.contract), "label": self.look.contract.title},
            {"url": "", "label": self.get_page_title()},
        ]


class ContractPageView(OfContract, PermissionCheckedMixin, PageMixin):
    """The page of one of its readers."""


class ContractPaperView(OfContract, PermissionCheckedMixin, PaperMixin):
    """The PDF of a draft."""


class OfTemplate:
    """A template with example data, for whoever may learn of the template."""

    kwargs: dict[str, Any]
    request: HttpRequest

    @cached_property
    def template(self) -> Any:
        """The page, with the changes that are not live for whoever may edit it; or 404."""
        found = Page.objects.filter(pk=self.kwargs["pk"]).specific().first()
        if not isinstance(found, ContractTemplateMixin) or not found.is_known_to(self.request.user):
            raise Http404
        page: Any = found
        if page.permissions_for_user(self.request.user).can_edit():
            page = page.get_latest_revision_as_object()
        if page.workspace is None:
            raise Http404
        return page

    @cached_property
    def look(self) -> Look:
        """A contract that would be made of it."""
        names = (TEMPLATE, f"{TEMPLATE}_page", f"{TEMPLATE}_paper")
        places = (reverse(name, args=[self.kwargs["pk"]]) for name in names)
        return Look(imagining.example(self.template), self.template.slug, *places)


class TemplatePreviewView(OfTemplate, FrameMixin, WagtailAdminTemplateMixin, TemplateView):
    """What contracts from a template look like."""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The template, its preview."""
        edit = reverse("wagtailadmin_pages:edit", args=[self.kwargs["pk"]])
        return [
            *self.breadcrumbs_items,
            {"url": edit, "label": self.template.title},
            {"url": "", "label": self.get_page_title()},
        ]


class TemplatePageView(OfTemplate, PageMixin):
    """The page of one of the other sides."""


class TemplatePaperView(OfTemplate, PaperMixin):
    """The PDF."""
