"""The list of contracts: find one quickly, see where it stands."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

import django_filters
from django import forms
from django.contrib.admin.utils import quote
from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import IndexView

from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin import valuing
from wagtail_contracts.contracts.admin.creating import copying
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.models import Contract, Participant, Party
from wagtail_contracts.contracts.models.contracts import LABELS

ROOM = "wagtail_contracts/contracts/admin"
PEOPLE = Prefetch("people", Participant.objects.order_by("pk").defer("email"))
WIDE = "wc-wide"  # left out on a phone; the overview has it


class ContractColumn(Column):
    """Title and counterparty in one cell, with what may be done."""

    cell_template_name = f"{ROOM}/_cell_contract.html"

    def __init__(self, view: Any, **kwargs: Any) -> None:
        super().__init__("title", label=_("Contract"), sort_key="title", **kwargs)
        self.view = view

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        """Add the counterparties and the address of what a click opens."""
        own = {role["key"] for role in instance.roles if role["own"]}
        others = [party.name for party in instance.parties.all() if party.role not in own]
        return {
            **super().get_cell_context_data(instance, parent_context),
            "others": ", ".join(filter(None, others)),
            "url": self.view.get_overview_url(instance),
            "buttons": self.view.get_list_buttons(instance),
        }


class StateColumn(Column):
    """The chip."""

    cell_template_name = f"{ROOM}/_cell_state.html"


class ValueColumn(Column):
    """What the product tables come to, an amount for each currency."""

    def prepare(self, rows: Any) -> Any:
        """Fetch what all rows need at once."""
        return rows.select_related("current_version")

    def get_value(self, instance: Contract) -> str:
        """In words; nothing where nothing has a price."""
        return ", ".join(valuing.quickly(instance))


class DeadlineColumn(Column):
    """How long there is, and the date."""

    cell_template_name = f"{ROOM}/_cell_deadline.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        """Add the words, where a deadline still matters."""
        context = super().get_cell_context_data(instance, parent_context)
        if instance.deadline is None or instance.state not in states.OPEN:
            return context
        zone = ZoneInfo(instance.workspace.timezone)
        days = (instance.deadline - timezone.now().astimezone(zone).date()).days
        return {**context, "words": _until(days), "soon": days <= 3}


class ContractFilterSet(WagtailFilterSet):
    """By state, and by those workspaces that one sees."""

    state = django_filters.MultipleChoiceFilter(
        choices=LABELS, label=gettext_lazy("State"), widget=forms.CheckboxSelectMultiple
    )
    workspace = django_filters.ModelMultipleChoiceFilter(
        queryset=lambda request: permissions.workspaces(request.user, ["view"]),
        label=gettext_lazy("Workspace"),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Contract
        fields = ["state", "workspace"]


class ContractIndexView(IndexView):
    """A row leads to the contract's overview, or to its editor where nothing gives an overview."""

    filterset_class = ContractFilterSet
    search_backend_name = None
    search_fields = ["title", "number", "parties__name", "parties__people__name"]
    add_item_label = gettext_lazy("New contract")
    page_title = gettext_lazy("Contracts")
    overview_url_name: Any = None
    default_ordering = "-pk"

    @cached_property
    def columns(self) -> list[Any]:
        """Ours, then what comes from above."""
        made = [
            ContractColumn(self),
            Column("number", label=_("Number"), sort_key="number", classname=WIDE),
            StateColumn("state", label=_("State"), sort_key="state"),
            ValueColumn("value", label=_("Value"), classname=WIDE),
            Column(
                "owner",
                label=_("Owner"),
                accessor=_owner,
                sort_key="owner__last_name",
                classname=WIDE,
            ),
            DeadlineColumn("deadline", label=_("Answer by"), sort_key="deadline"),
        ]
        for function in hooks.get_hooks("construct_contract_columns"):
            function(made, self.request)
        return made

    def search_queryset(self, queryset: Any) -> Any:
        """One row for each contract, however many of its people match."""
        found = super().search_queryset(queryset)
        if self.is_searching:
            found = queryset.filter(pk__in=found.order_by().values("pk"))
        found = found.select_related("owner", "workspace").prefetch_related(
            Prefetch("parties", Party.objects.order_by("pk").prefetch_related(PEOPLE))
        )
        for column in self.columns:  # those from above fetch what they need for all rows at once
            found = column.prepare(found) if hasattr(column, "prepare") else found
        return found

    def get_edit_url(self, instance: Any) -> str | None:
        """Where somebody may edit."""
        open_here = instance.state in states.MAY_EDIT and self.editable.cover(instance)
        return reverse(self.edit_url_name, args=[quote(instance.pk)]) if open_here else None

    def get_delete_url(self, instance: Any) -> str | None:
        """Where it is a draft."""
        draft = instance.state == states.DRAFT and self.editable.cover(instance)
        return reverse(self.delete_url_name, args=[quote(instance.pk)]) if draft else None

    def get_overview_url(self, instance: Any) -> str | None:
        """The overview, else the editor."""
        if self.overview_url_name:
            return reverse(self.overview_url_name, args=[quote(instance.pk)])
        return self.get_edit_url(instance)

    def get_list_more_buttons(self, instance: Any) -> list[Any]:
        """The stock ones, by what may be done with this contract."""
        buttons = []
        if url := self.get_edit_url(instance):
            buttons.append(Button(_("Edit"), url=url, icon_name="edit", priority=10))
        if url := self.get_delete_url(instance):
            buttons.append(Button(_("Delete"), url=url, icon_name="bin", priority=30))
        if self.creatable.cover(instance):
            buttons += copying.buttons(instance)
        return buttons

    @cached_property
    def editable(self) -> permissions.Places:
        """The workspaces in which one may edit."""
        return permissions.places(self.request.user, "change")

    @cached_property
    def creatable(self) -> permissions.Places:
        """The workspaces in which one may make contracts."""
        return permissions.places(self.request.user, "add")


def _owner(contract: Contract) -> str:
    return contract.owner.get_full_name() or contract.owner.get_username()


def _until(days: int) -> str:
    if days < 0:
        return _("Overdue")
    return {0: _("Today"), 1: _("Tomorrow")}.get(days) or _("In %(days)d days") % {"days": days}
