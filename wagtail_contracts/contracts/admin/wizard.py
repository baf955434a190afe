"""A new contract: choose a template, say who takes part, look at it, make it.

Each step is a page and a form; nothing is stored before the last one.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.utils import quote
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
from wagtail_contracts.contracts.admin import cards, known, looking, prefill, starting, values
from wagtail_contracts.contracts.admin.parties import BUTTONS, Again, Side, typed
from wagtail_contracts.contracts.admin.scoping import numbers
from wagtail_contracts.contracts.blocks import definitions
from wagtail_contracts.contracts.errors import AnswersRefused, TemplateUnusable
from wagtail_contracts.contracts.models import Contract

ROOM = "wagtail_contracts/contracts/admin"
TOGETHER, NUMBERED = "together", "numbered"
ORDERS = [
    (TOGETHER, gettext_lazy("Everybody at the same time")),
    (NUMBERED, gettext_lazy("One after another, by the numbers below")),
]


class DetailsForm(forms.Form):
    """The title, the order of signing, and the data fields of our own side."""

    title = forms.CharField(
        max_length=120,
        required=False,
        label=gettext_lazy("Title"),
        help_text=gettext_lazy("Left empty: the template's title and the other side's name."),
    )
    order = forms.ChoiceField(
        choices=ORDERS,
        required=False,
        initial=NUMBERED,
        widget=forms.RadioSelect,
        label=gettext_lazy("Order of signing"),
    )

    def __init__(self, *args: Any, fields: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= values.fields_for(fields, values.suggested(fields))

    def value_fields(self) -> list[Any]:
        """The data fields, bound."""
        return [self[name] for name in self.fields if name.startswith(values.PREFIX)]

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
        pk = self.request.GET.get(prefill.TEMPLATE)
        if pk is None:
            return None
        found = [
            page for page in permissions.templates(self.request.user) if [page.pk] == numbers([pk])
        ]
        if not found:
            raise Http404
        return found[0]

    @cached_property
    def all_fields(self) -> list[Any]:
        """The data fields of all sides."""
        return definitions(self.template.fields)

    @cached_property
    def fields(self) -> list[Any]:
        """The data fields of our own side."""
        own = {role["key"] for role in self.roles if role["own"]}
        return [item for item in self.all_fields if item.get("role") in own]

    @cached_property
    def roles(self) -> list[Any]:
        """The parties that the template has room for."""
        return definitions(self.template.roles)

    @cached_property
    def data(self) -> Any:
        """What was posted, or nothing yet."""
        return self.request.POST if self.request.method == "POST" else None

    @cached_property
    def prefilled(self) -> prefill.Prefill:
        """What the address fills in, as long as nothing was posted."""
        if self.data is not None:
            return prefill.Prefill()
        return prefill.read(self.request.GET, self.roles, self.all_fields)

    @cached_property
    def details(self) -> DetailsForm:
        """Title, order and values."""
        said = {f"{values.PREFIX}{key}": value for key, value in self.prefilled.values.items()}
        initial = {"title": self.prefilled.title, **said}
        made = DetailsForm(self.data, initial=initial, fields=self.fields)
        return made if self.again is None else DetailsForm(initial=typed(made), fields=self.fields)

    @cached_property
    def sides(self) -> list[Side]:
        """The parties' forms."""
        user, workspace = self.request.user, self.template.workspace
        together = bool(self.data) and self.data.get("order") == TOGETHER
        common = {"known": known.earlier(user, workspace), "together": together}
        made = []
        for role in self.roles:
            start = {**starting.of(role, self.template, self.all_fields, user), **common}
            start["party"] = {**start["party"], **self.prefilled.parties.get(role["key"], {})}
            made.append(Side(role, start, self.data, again=self.again))
        return made

    @cached_property
    def again(self) -> Again | None:
        """The button that only shows the form again; None where all is to be judged."""
        found = ((button, self.data.get(button)) for button in BUTTONS) if self.data else ()
        return next((Again(button, role) for button, role in found if role is not None), None)

    @property
    def title(self) -> str:
        """What was typed, else the suggestion."""
        said = self.details.cleaned_data["title"]
        return said or starting.title(self.template, [side.draft() for side in self.sides])

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
            return {**context, **self.choice_context()}
        made = {
            "template": self.template,
            "details": self.details,
            "sides": self.sides,
            "problems": self.prefilled.problems,
        }
        if self.preview:
            made |= self.preview_context()
        return {**context, **made}

    def choice_context(self) -> dict[str, Any]:
        """The templates that are searched for; a choice keeps what the address fills in."""
        search = self.request.GET.get("q", "")
        kept = self.request.GET.copy()
        kept.pop("q", None)
        found = cards.cards(self.request.user, search)
        return {"cards": found, "search": search, "kept": kept.urlencode()}

    def preview_context(self) -> dict[str, Any]:
        """The text as it would be, and what was typed so far, to be sent again."""
        kept = [
            (name, value)
            for name, found in self.data.lists()
            for value in found
            if name not in ("csrfmiddlewaretoken", "do")
        ]
        return {"kept": kept, **looking.looks(self.request, self.template, **self.said())}

    def said(self) -> dict[str, Any]:
        """What the flow wants to know."""
        return {
            "title": self.title,
            "parties": [side.draft() for side in self.sides],
            "values": self.details.values,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form again, the preview, or the contract that was made."""
        if self.template is None:
            return redirect(request.path)
        wanted = request.POST.get("do")
        if self.again is not None or wanted == "change":
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
        user = self.request.user
        try:
            contract = contracts.create(
                self.template, **self.said(), owner=user, by=permissions.actor(user)
            )
        except (AnswersRefused, TemplateUnusable) as refusal:
            messages.error(self.request, str(refusal))
            return self.get(self.request)
        words = {"number": contract.number}
        messages.success(
            self.request, _("Contract %(number)s was made. Nobody sees it yet.") % words
        )
        return redirect(reverse(self.edit_url_name, args=[quote(contract.pk)]))
