"""The gates of contracts and workspaces: what somebody needs in hand before a page opens.

Members come in; a superuser who is none leaves a trace. Where the workspace asks for a second
factor, or the act for a fresh code, people are led there first.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.admin.utils import quote
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from wagtail_contracts import events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin.scoping import GatedView
from wagtail_contracts.contracts.admin.stepup import detour
from wagtail_contracts.contracts.models import Verb

QUIET = timedelta(minutes=15)  # the editor asks every second while somebody types


class FactorGate(GatedView):
    """Asks those who may do it, and nobody else: strangers learn nothing, readers are not asked."""

    request: HttpRequest
    factor_page = "edit"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead to the setting up of a factor, or to a code, and back."""
        if way := self._detour():
            return way
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return answer

    def factor_workspace(self) -> int:
        """The workspace that is at stake."""
        return int(self.gated.workspace_id)

    def factor_verb(self, action: str) -> str:
        """The verb behind what a view asks for."""
        return permissions.ACTIONS.get(action, Verb.VIEW)

    def _detour(self) -> HttpResponse | None:
        if self.gated is None:
            return None
        asked = getattr(self, "any_permission_required", None) or [
            getattr(self, "permission_required", None)
        ]
        held = [action for action in asked if action and self.allowed(action)]
        if not held:
            return None
        ways = [
            detour(
                self.request,
                self.factor_verb(action),
                [self.factor_workspace()],
                asks_code=getattr(self, "asks_code", False),
                back=self._back(),
            )
            for action in held
        ]
        return ways[0] if all(ways) else None

    def _back(self) -> str:
        """Where to come back to, if nothing is shown here: what was posted is dropped."""
        match = self.request.resolver_match
        if hasattr(self, "get") or match is None:
            return ""
        return reverse(f"{match.namespace}:{self.factor_page}", args=[quote(self.gated.pk)])


class WorkspaceGate(FactorGate):
    """Whatever is done to a workspace, its administrators do."""

    def factor_workspace(self) -> int:
        return int(self.gated.pk)

    def factor_verb(self, action: str) -> str:
        return Verb.ADMINISTER


class ContractGate(FactorGate):
    """Records each page that a superuser opens by virtue of being one alone.

    Posts and previews follow a page; they are recorded only where no page was, lately. What an open
    page asks by itself shows nothing of the contract, and is not.
    """

    factor_page = "inspect"

    def seen(self, request: HttpRequest) -> None:
        if not getattr(self, "records_looks", True) or permissions.member(request.user, self.gated):
            return
        by = permissions.actor(request.user)
        page = request.method == "GET" and "preview" not in request.path
        if page or not self._lately(by.key):
            contracts.look(self.gated, by=by)

    def _lately(self, key: str) -> bool:
        looks = Event.objects.of(self.gated.own_trail).named(events.STAFF_LOOKED)
        return looks.by(key, kind="user").filter(at__gte=timezone.now() - QUIET).exists()
