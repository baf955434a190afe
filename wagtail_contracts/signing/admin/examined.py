"""What the examination found, where people come by: the admin's home, and a contract's page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from wagtail.admin.ui.components import Component

from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.examining import AWAY
from wagtail_contracts.signing.admin.examination import LIST, Row, answers_for, rows
from wagtail_contracts.signing.admin.pages import ROOM
from wagtail_contracts.signing.flows import examining

SHOWN = 5


class ExaminationPanel(Component):
    """What is to settle, and that nobody examines."""

    name = "contract_examination"
    template_name = f"{ROOM}/home_examination.html"
    order = 10  # before all others

    def __init__(self, found: list[Any], *, away: bool, page: str, count: int) -> None:
        self.found, self.away, self.page, self.count = found, away, page, count

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """The newest findings."""
        there = {"away": self.away, "page": self.page, "count": self.count}
        return {**there, "rows": rows(self.found[:SHOWN])}


def add_panel(request: Any, panels: list[Any]) -> None:
    """Show the panel where there is something to show: to who answers for it, and to owners."""
    user = request.user
    found = examining.everything()
    mine = answers_for(user, found) if found else []
    owned = [one for one in found if one.contract and one.contract.owner_id == user.pk]
    policy = permissions.POLICIES["Contract"]
    away = policy.user_has_permission(user, "administer") and is_away()
    told = mine or owned
    if told or away:
        page = reverse(LIST) if mine else ""
        panels.append(ExaminationPanel(told, away=away, page=page, count=len(mine)))


def is_away() -> bool:
    """Whether nobody examines this site."""
    return any(one.word == AWAY for one in examining.standing_of_walks())


def findings(contract: Contract) -> list[Row]:
    """What is to settle about one contract."""
    return rows(examining.about_contract(contract))


def page_for(user: Any, contract: Contract) -> str:
    """The list of findings, for those who may settle what is about this contract."""
    return reverse(LIST) if permissions.may(user, "administer", contract) else ""
