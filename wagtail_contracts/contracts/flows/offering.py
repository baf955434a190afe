"""Where somebody may offer templates to everybody, which are offered, and who answers for them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.flows.sending import today
from wagtail_contracts.contracts.models import SelfService, Workspace

RIGHTS = ("templates", "send")


def places(user: Any) -> QuerySet[Workspace]:
    """The workspaces where `user` may switch self-service on and off."""
    found = Workspace.objects.all()
    for action in RIGHTS:
        found = found.filter(pk__in=permissions.whole(user, [action]).values("pk"))
    return found.filter(pk__in=permissions.workspaces(user, ["view"]).values("pk"))


def offers(user: Any) -> QuerySet[SelfService]:
    """Those of the places where `user` may change them."""
    found = SelfService.objects.in_places(places(user))
    return found.select_related("workspace", "template", "owner", "signatory")


def offerable(user: Any) -> list[Any]:
    """The live templates that `user` may offer."""
    allowed = set(places(user).values_list("pk", flat=True))
    return [page for page in permissions.templates(user) if page.workspace.pk in allowed]


def answerable(user: Any) -> QuerySet[Any]:
    """Who may be named for them: colleagues in any of these places."""
    found = permissions.everybody().none()
    for workspace in places(user):
        found = found | permissions.colleagues(workspace)
    return found.distinct()


def is_closed(service: SelfService) -> bool:
    """Whether its last day is over, in the workspace's zone."""
    return service.closes_on is not None and service.closes_on < today(service.workspace)
