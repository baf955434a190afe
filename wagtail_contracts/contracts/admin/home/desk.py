"""“Contracts that need you”: what, why, since when; numbers with their lists; what was opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin import counts
from wagtail_contracts.contracts.admin.creating.steps import NAMESPACE, address
from wagtail_contracts.contracts.admin.lists.filters import (
    FAILED,
    NEEDS_ME,
    SOON_DUE,
    VIEWS,
    WAITING,
)
from wagtail_contracts.contracts.admin.searching import hits
from wagtail_contracts.contracts.models import Contract

SHOWN = 5
OVERVIEW = "inspect"
# By the view of the list in which they stand, in this order.
NUMBERS = {
    NEEDS_ME: _("wait for you"),
    WAITING: _("wait for others"),
    SOON_DUE: _("due within a week"),
    FAILED: _("failed"),
}


@dataclass(frozen=True)
class Line:
    """A contract, what is to be done with it, since when, and where."""

    contract: Contract
    what: str
    since: datetime
    url: str


@dataclass(frozen=True)
class Number:
    """How many, and the list that shows them; what is for training counts nowhere."""

    number: int
    words: Any
    url: str

    @property
    def said(self) -> str:
        """The number, as far as it was counted."""
        return counts.said(self.number) or "0"


class DeskPanel(Component):
    """A fixed number of queries, however much there is."""

    name = "contract_desk"
    template_name = "wagtail_contracts/contracts/admin/home/desk.html"
    order = 40  # before all others

    def __init__(self, user: Any) -> None:
        self.user = user

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """The lines and the numbers."""
        desk = contracts.Desk(self.user)
        opened = hits.recent(self.user)[:SHOWN]
        return {"lines": self._lines(desk), "numbers": self._numbers(desk), "opened": opened}

    def _lines(self, desk: contracts.Desk) -> list[Line]:
        waits = desk.waits(SHOWN)
        seen = permissions.visible(self.user).filter(pk__in=[wait.contract for wait in waits])
        rows = seen.select_related("workspace").only("title", "state", "workspace__training")
        kept = {contract.pk: contract for contract in rows}
        return [_line(wait, kept[wait.contract]) for wait in waits if wait.contract in kept]

    def _numbers(self, desk: contracts.Desk) -> list[Number]:
        seen = permissions.visible(self.user)
        soon = VIEWS[SOON_DUE][1](seen, self.user)
        asked = {NEEDS_ME: desk.needing(), WAITING: desk.for_others(), SOON_DUE: soon}
        every: dict[str, Any] = {**asked, FAILED: desk.failed()}
        real = {name: which.real() for name, which in every.items()}
        found = contracts.how_many(real, counts.MOST + 1)
        listed = reverse(f"{NAMESPACE}:list")
        return [
            Number(found[name], words, f"{listed}?view={name}") for name, words in NUMBERS.items()
        ]


def _line(wait: contracts.Wait, contract: Contract) -> Line:
    what = str(contracts.WAITS[wait.kind])
    return Line(contract, what, wait.since, address(OVERVIEW, contract))


def add_panel(request: Any, panels: list[Any]) -> None:
    """For whoever sees contracts anywhere."""
    if permissions.POLICIES["Contract"].user_has_permission(request.user, "view"):
        panels.append(DeskPanel(request.user))
