"""A new contract: choose a template, say who takes part, look at it, make it.

Each step is a page and a form; nothing is stored before the last one.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.utils import quote
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
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
from wagtail_contracts.contracts.admin import imagining, values
from wagtail_contracts.contracts.admin.parties import Side, typed
from wagtail_contracts.contracts.admin.scoping import numbers
from wagtail_contracts.contracts.blocks import definitions, plain
from wagtail_contracts.contracts.core import locks
from wagtail_contracts.contracts.errors import AnswersRefused, TemplateUnusable
from wagtail_contracts.contracts.models import Contract, Workspace

ROOM = "wagtail_contracts/contracts/admin"


class DetailsForm(forms.Form):
    """The title, and the data fields of our own side."""

    title = forms.CharField(max_length=120, label=gettext_lazy("Title"))

    def __init__(self, *args: Any, fields: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= values.fields_for(fields, values.suggested(fields))

    def clean(self) -> dict[str, Any]:
        """Read the data fields."""
        cleaned = super().clean() or {}
        self.values = values.read(self)
        return cleaned


class NewContractView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Without `template` in the address the choice, with it the form."""

    model = Contract
    permission_required = "add"
    edit_url_name: Any = None  # filled in by the viewset, like the two below
    index_url_name: Any = None
    add_url_name: Any = None
    header_icon = "doc-full"
    preview = False

    @cached_property
    def template(self) -> Any:
        """The chosen template, among those that one may use."""
        pk = self.request.GET.get("template")
        if pk is None:
            return None
        found = [
            page for page in permissions.templates(self.request.user) if [page.pk] == numbers([pk])
        ]
        if not found:
            raise Http404
        return found[0]

    @cached_property
    def fields(self) -> list[Any]:
        """The data fields of our own side."""
        own = {role["key"] for role in self.roles if role["own"]}
        return [item for item in definitions(self.template.fields) if item.get("role") in own]

    @cached_property
    def roles(self) -> list[Any]:
        """The parties that the template has room for."""
        return definitions(self.template.roles)

    @cached_property
    def data(self) -> Any:
        """What was posted, or nothing yet."""
        return self.request.POST if self.request.method == "POST" else None

    @cached_property
    def details(self) -> DetailsForm:
        """Title and values."""
        initial = {"title": self.template.title}
        made = DetailsForm(self.data, initial=initial, fields=self.fields)
        return made if self.more is None else DetailsForm(initial=typed(made), fields=self.fields)

    @cached_property
    def sides(self) -> list[Side]:
        """The parties' forms."""
        return [Side(role, _start(role, self), self.data, more=self.more) for role in self.roles]

    @property
    def more(self) -> Any:
        """The role for which one person more is asked for; None where all is to be judged."""
        return self.data.get("more") if self.data else None

    def get_template_names(self) -> list[str]:
        """The step's page."""
        if self.template is None:
            return [f"{ROOM}/new_template.html"]
        return [f"{ROOM}/new_{'check' if self.preview else 'details'}.html"]

    def get_page_title(self) -> str:
        """Say which step this is."""
        if self.template is None:
            return _("New contract: choose a template")
        title = {"title": self.template.title}
        if self.preview:
            return _("Look at the contract from “%(title)s”") % title
        return _("New contract from “%(title)s”") % title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Contracts, new, and what was chosen."""
        places = [(reverse(self.index_url_name), _("Contracts"))]
        if self.template is not None:
            places.append((reverse(self.add_url_name), _("New contract")))
        last = self.template.title if self.template else _("New contract")
        return [
            *self.breadcrumbs_items,
            *({"url": url, "label": label} for url, label in places),
            {"url": "", "label": last},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The forms, or the templates."""
        context = super().get_context_data(**kwargs)
        if self.template is None:
            return {**context, "cards": _cards(self.request.user)}
        made = {"template": self.template, "details": self.details, "sides": self.sides}
        if self.preview:
            made |= self.preview_context()
        return {**context, **made}

    def preview_context(self) -> dict[str, Any]:
        """The text as it would be, and what was typed so far, to be sent again."""
        content = imagining.content(
            self.template,
            title=self.details.cleaned_data["title"],
            parties=[side.draft() for side in self.sides],
            values=self.details.values,
        )
        kept = [
            (name, value)
            for name, found in self.data.lists()
            for value in found
            if name not in ("csrfmiddlewaretoken", "do")
        ]
        return {"content": content, "kept": kept}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form again, the preview, or the contract that was made."""
        if self.template is None:
            return redirect(request.path)
        wanted = request.POST.get("do")
        if self.more is not None or wanted == "change":
            return self.get(request)
        valid = [self.details.is_valid(), *(side.is_valid() for side in self.sides)]
        if not all(valid):
            messages.error(request, _("There is something to correct. Nothing was stored."))
            return self.get(request)
        if wanted == "preview":
            self.preview = True
            return self.get(request)
        return self.make()

    def make(self) -> HttpResponse:
        """Call the flow."""
        try:
            contract = contracts.create(
                self.template,
                title=self.details.cleaned_data["title"],
                parties=[side.draft() for side in self.sides],
                values=self.details.values,
                owner=self.request.user,
                by=permissions.actor(self.request.user),
            )
        except (AnswersRefused, TemplateUnusable) as refusal:
            messages.error(self.request, str(refusal))
            return self.get(self.request)
        words = {"number": contract.number}
        messages.success(
            self.request, _("Contract %(number)s was made. Nobody sees it yet.") % words
        )
        return redirect(reverse(self.edit_url_name, args=[quote(contract.pk)]))


def _start(role: dict[str, Any], view: NewContractView) -> dict[str, Any]:
    """What the forms of one party begin with."""
    workspace: Workspace = view.template.workspace
    filled_in = {item.get("role") for item in definitions(view.template.fields)} - {None}
    last = role["own"] and any(key != role["key"] for key in filled_in)
    language = view.template.language or workspace.language
    another = {"role": "signatory", "language": language, "position": 2 if last else 1}
    if not role["own"]:
        return {"workspace": workspace, "party": {}, "people": [another], "another": another}
    me: Any = view.request.user
    mine = {**another, "name": permissions.actor(me).label, "email": me.email}
    if permissions.colleagues(workspace).filter(pk=me.pk).exists():
        mine["user"] = me.pk
    party = {"name": workspace.legal_name, "organisation_number": workspace.organisation_number}
    return {"workspace": workspace, "party": party, "people": [mine], "another": another}


def _cards(user: Any) -> list[dict[str, Any]]:
    """The templates with what one wants to know before choosing, those used last first."""
    pages = permissions.templates(user)
    used = dict(
        permissions.visible(user)
        .filter(template__in=[page.pk for page in pages])
        .order_by()
        .values_list("template")
        .annotate(Max("made_at"))
    )
    cards = [{"page": page, "used": used.get(page.pk), **_locked(page)} for page in pages]
    return sorted(cards, key=lambda card: -card["used"].timestamp() if card["used"] else 0)


def _locked(page: Any) -> dict[str, int]:
    blocks = plain(page.body)
    locked = [block for block in blocks if locks.policy_of(block) == locks.LOCKED]
    return {"blocks": len(blocks), "locked": len(locked)}
