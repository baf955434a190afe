"""The first step of a new contract: choose a template. The draft exists from then on.

An address can name the template and fill in what is known; opening it changes nothing.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin import cards
from wagtail_contracts.contracts.admin.acts import ROOM
from wagtail_contracts.contracts.admin.creating import prefill, starting, steps
from wagtail_contracts.contracts.admin.scoping import numbers
from wagtail_contracts.contracts.blocks import definitions
from wagtail_contracts.contracts.errors import TemplateUnusable
from wagtail_contracts.contracts.flows.imagining import unsaved
from wagtail_contracts.contracts.models import Contract


class NewContractView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """The templates; with `template` in the address that one, and what else the address says."""

    model = Contract
    permission_required = "add"
    template_name = f"{ROOM}/new_template.html"
    index_url_name: Any = None  # filled in by the viewset
    header_icon = "doc-full"

    @cached_property
    def template(self) -> Any:
        """The chosen template, among those that one may use, or 404."""
        asked = self.request.POST.get(prefill.TEMPLATE, self.request.GET.get(prefill.TEMPLATE))
        if asked is None:
            return None
        known = permissions.templates(self.request.user)
        found = [page for page in known if [page.pk] == numbers([asked])]
        if not found:
            raise Http404
        return found[0]

    @cached_property
    def prefilled(self) -> prefill.Prefill:
        """What the address fills in."""
        roles, fields = definitions(self.template.roles), definitions(self.template.fields)
        return prefill.read(self.request.GET, roles, fields)

    def get_page_title(self) -> str:
        """Say which step this is."""
        if self.template is None:
            return _("New contract: choose a template")
        return _("New contract from “%(title)s”") % {"title": self.template.title}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Contracts, new."""
        listed = {"url": reverse(self.index_url_name), "label": _("Contracts")}
        return [*self.breadcrumbs_items, listed, {"url": "", "label": _("New contract")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The templates that are searched for; a choice keeps what the address fills in."""
        search = self.request.GET.get("q", "")
        kept = self.request.GET.copy()
        for name in ("q", prefill.TEMPLATE):
            kept.pop(name, None)
        chosen = self.template and [self.template]
        return super().get_context_data(
            cards=cards.cards(self.request.user, search, chosen),
            search=search,
            kept=kept.urlencode(),
            chosen=self.template,
            prefilled=self.prefilled if chosen else None,
            steps=steps.bar(None, steps.TEMPLATE, may_send=True),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make the draft, and go on with its parties."""
        if self.template is None:
            return redirect(request.path)
        try:
            contract = self.make()
        except TemplateUnusable as refusal:
            messages.error(request, str(refusal))
            return redirect(request.path)
        for problem in self.prefilled.problems:
            messages.warning(request, problem)
        words = {"number": contract.number}
        messages.success(
            request, _("Contract %(number)s is a draft now. Nobody sees it yet.") % words
        )
        return redirect(steps.address(steps.PARTIES, contract))

    def make(self) -> Contract:
        """Call the flow. Raises TemplateUnusable."""
        user, said = self.request.user, self.prefilled
        imagined = unsaved(self.template, title="", parties=[], values={})
        parties = starting.parties(imagined, said.parties, user)
        own = imagined.own_roles
        others = [party.name for party in parties if party.role not in own]
        return contracts.create(
            self.template,
            title=said.title or starting.title(self.template, others),
            parties=parties,
            values=said.values,
            owner=user,
            by=permissions.actor(user),
        )
