"""The gate of contracts: members come in, a superuser who is none leaves a trace."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone

from wagtail_contracts import events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin.scoping import GatedView

QUIET = timedelta(minutes=15)  # the editor asks every second while somebody types


class ContractGate(GatedView):
    """Records each page that a superuser opens by virtue of being one alone.

    Posts and previews follow a page; they are recorded only where no page was, lately.
    """

    def seen(self, request: HttpRequest) -> None:
        if permissions.member(request.user, self.gated):
            return
        by = permissions.actor(request.user)
        page = request.method == "GET" and "preview" not in request.path
        if page or not self._lately(by.key):
            contracts.look(self.gated, by=by)

    def _lately(self, key: str) -> bool:
        looks = Event.objects.of(self.gated.own_trail).named(events.STAFF_LOOKED)
        return looks.by(key, kind="user").filter(at__gte=timezone.now() - QUIET).exists()
