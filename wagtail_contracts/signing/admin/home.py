"""What is wrong, on the admin's home: for those who answer for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component

from wagtail_contracts.contracts import permissions
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.admin.deliveries import among
from wagtail_contracts.signing.admin.pages import ROOM

SHOWN = 5


class DeliveriesPanel(Component):
    """Seals that are late, and deliveries that have failed."""

    name = "contract_deliveries"
    template_name = f"{ROOM}/home_deliveries.html"
    order = 50  # before what waits for moderation

    def __init__(self, late: list[Any], more: int, failed: int) -> None:
        self.late, self.more, self.failed = late, more, failed

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """The contracts that have waited longest, and the numbers."""
        now = timezone.now()
        late = [(contract, _long(now - contract.signed_at)) for contract in self.late]
        return {"late": late, "more": self.more, "failed": self.failed}


def add_panel(request: Any, panels: list[Any]) -> None:
    """Show the panel where there is something to show."""
    user = request.user
    mine = Q(owner=user) | Q(pk__in=permissions.having(user, ["administer"]).values("pk"))
    found = signing.late_for_seal(permissions.visible(user).filter(mine))
    late = list(found[:SHOWN])
    more = found.count() - len(late) if late else 0
    failed = 0
    if permissions.POLICIES["Contract"].user_has_permission(user, "administer"):
        failed = among(user, "administer").failed().count()
    if late or failed:
        panels.append(DeliveriesPanel(late, more, failed))


def _long(wait: timedelta) -> str:
    minutes = wait // timedelta(minutes=1)
    if minutes < 120:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    hours = minutes // 60
    if hours < 48:
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    days = hours // 24
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
