"""What a row of the list says. Below 64rem a row is a card, so each cell names its role.

What the floor above knows of a contract (whose turn it is, how many have signed) it tells for all
rows of a page at once, by the hook `tell_contracts`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, Table

from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.models import Contract, person_name
from wagtail_contracts.contracts.rendering import worth

ROOM = "wagtail_contracts/contracts/admin/lists"


@dataclass(frozen=True)
class Told:
    """What somebody is told of a contract: a phrase, and how far it has come: `done` of `all`."""

    phrase: str = ""
    progress: str = ""
    done: int = 0
    all: int = 0


def told(contracts: Sequence[Contract], user: Any) -> dict[int, Told]:
    """By primary key; the words after the chip and those of the progress."""
    found: dict[int, Told] = {}
    functions: Iterable[Callable[..., dict[int, dict[str, Any]]]] = hooks.get_hooks(
        "tell_contracts"
    )
    for function in functions:
        found |= {pk: Told(**said) for pk, said in function(contracts, user).items()}
    return found


class RowTable(Table):
    """A table whose rows, cells and headings keep their roles when they are laid out as cards."""

    template_name = f"{ROOM}/table.html"
    classname = "listing wc-list"


class RowColumn(Column):
    """A cell that says which column it belongs to."""

    header_template_name = f"{ROOM}/_header.html"
    cell_template_name = f"{ROOM}/_cell.html"


class ChosenColumn(BulkActionsCheckboxColumn):
    """The box that chooses a row for what is done with many."""

    header_template_name = f"{ROOM}/_header_chosen.html"
    cell_template_name = f"{ROOM}/_cell_chosen.html"


class ContractColumn(RowColumn):
    """Title and counterparty in one cell, with what may be done."""

    cell_template_name = f"{ROOM}/_cell_contract.html"

    def __init__(self, view: Any, **kwargs: Any) -> None:
        super().__init__("title", label=_("Contract"), sort_key="title", **kwargs)
        self.view = view

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        """Add the counterparties and the address of what a click opens."""
        return {
            **super().get_cell_context_data(instance, parent_context),
            "others": instance.counterparties,
            "url": self.view.get_overview_url(instance),
            "buttons": self.view.get_list_buttons(instance),
        }


class StateColumn(RowColumn):
    """The chip, and what it means to the one who looks."""

    cell_template_name = f"{ROOM}/_cell_state.html"


class ProgressColumn(RowColumn):
    """How far it has come, in words; the bar is for the eye alone."""

    cell_template_name = f"{ROOM}/_cell_progress.html"


class ValueColumn(RowColumn):
    """What it is worth, an amount for each currency."""

    def get_value(self, instance: Contract) -> str:
        """In words; nothing where nothing has a price."""
        language = get_language() or "en"
        amounts = [
            worth.amount(item.amount, item.currency, language) for item in instance.worth.all()
        ]
        return ", ".join(amounts)


class DeadlineColumn(RowColumn):
    """How long there is, and the date."""

    cell_template_name = f"{ROOM}/_cell_deadline.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        """Add the words, where a deadline still matters."""
        context = super().get_cell_context_data(instance, parent_context)
        if instance.deadline is None or instance.state not in states.OPEN:
            return context
        days = (instance.deadline - today(instance)).days
        return {**context, "words": _until(days), "soon": days <= 3}


class OwnerColumn(RowColumn):
    """Who answers for it."""

    def get_value(self, instance: Contract) -> str:
        """By name."""
        return person_name(instance.owner)


def columns(view: Any) -> list[Any]:
    """All of them, in order."""
    return [
        ChosenColumn("bulk_actions", obj_type="contract"),
        ContractColumn(view),
        StateColumn("state", label=_("State"), sort_key="state"),
        ProgressColumn("progress", label=_("Progress")),
        ValueColumn("value", label=_("Value"), classname="wc-amount"),
        DeadlineColumn("deadline", label=_("Answer by"), sort_key="deadline"),
        OwnerColumn("owner", label=_("Owner"), sort_key="owner__last_name"),
    ]


def today(contract: Contract) -> date:
    """The day in the contract's workspace."""
    return timezone.now().astimezone(ZoneInfo(contract.workspace.timezone)).date()


def _until(days: int) -> str:
    if days < 0:
        return _("Overdue")
    return {0: _("Today"), 1: _("Tomorrow")}.get(days) or _("In %(days)d days") % {"days": days}
