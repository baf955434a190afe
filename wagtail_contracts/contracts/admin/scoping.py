"""One gate for every view of a viewset, and for its chooser: 404 for what a user has no part in.

Overriding `construct_view` reaches every address that names an instance, before the view's own
`setup` fetches it, and makes the stock permission checks ask about that instance. A registered
policy alone does not: most stock snippet views ask it about the model only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.admin.utils import unquote
from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.functional import cached_property
from wagtail.permissions import policy_registry

ANY = ("view", "change", "delete", "choose")


def visible(user: Any, model: Any, actions: Sequence[str] = ANY) -> QuerySet[Any]:
    """What `user` may do any of `actions` with."""
    policy = policy_registry.get_by_type(model)
    found: QuerySet[Any] = policy.instances_user_has_any_permission_for(user, list(actions))
    return found


def numbers(ids: Iterable[Any]) -> list[int]:
    """Ids from an address; what is no id of any row is left out (SQLite overflows at 64 bits)."""
    return [int(id) for id in map(str, ids) if id.isascii() and id.isdecimal() and len(id) < 19]


def one_or_404(rows: QuerySet[Any], pk: Any) -> Any:
    """The row with this primary key, or 404."""
    found = rows.filter(pk__in=numbers([pk])).first()
    if found is None:
        raise Http404
    return found


class OnInstance:
    """A permission policy with the instance filled in, for views that only ask about the model."""

    def __init__(self, policy: Any, instance: Any) -> None:
        self.policy, self.instance = policy, instance

    def __getattr__(self, name: str) -> Any:
        return getattr(self.policy, name)

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Ask about the instance."""
        allowed: bool = self.policy.user_has_permission_for_instance(user, action, self.instance)
        return allowed

    def user_has_any_permission(self, user: Any, actions: Sequence[str]) -> bool:
        """Ask about the instance."""
        ask = self.policy.user_has_any_permission_for_instance
        return bool(ask(user, actions, self.instance))


class GatedView:
    """Mixed in front of every view of the viewset."""

    model: Any
    gated: Any = None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the instance among what the user sees, before the view does anything."""
        if (pk := kwargs.get("pk")) is not None:
            self.gated = one_or_404(visible(request.user, self.model), unquote(str(pk)))
            self.seen(request)
        super().setup(request, *args, **kwargs)  # type: ignore[misc]

    def seen(self, request: HttpRequest) -> None:
        """Called once the gate let somebody through to an instance."""

    def allowed(self, action: str) -> bool:
        """Whether the one who asks may do this with the instance."""
        return bool(self.permission_policy.user_has_permission(self.request.user, action))  # type: ignore[attr-defined]

    @cached_property
    def permission_policy(self) -> Any:
        """The model's policy, asked about the instance where there is one."""
        policy = policy_registry.get_by_type(self.model)
        return OnInstance(policy, self.gated) if self.gated else policy


class ScopedViewSetMixin:
    """For SnippetViewSet and ModelViewSet."""

    model: Any
    gate: Any = GatedView

    def construct_view(self, view_class: Any, **kwargs: Any) -> Any:
        """Put the gate in front."""
        named = {"__module__": view_class.__module__, "__doc__": view_class.__doc__}
        gated = type(view_class.__name__, (self.gate, view_class), named)
        return super().construct_view(gated, **kwargs)  # type: ignore[misc]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """What the user sees in lists, searches and exports."""
        return visible(request.user, self.model)

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        """None: a Django permission would only open the site history to whoever holds one."""
        return Permission.objects.none()


class ScopedChooserMixin:
    """For the chooser's views: what is listed, searched and accepted."""

    model_class: Any
    request: HttpRequest

    def get_object_list(self) -> QuerySet[Any]:
        """What the user may choose."""
        return visible(self.request.user, self.model_class, ["choose"])

    def get_objects(self, pks: Iterable[Any]) -> QuerySet[Any]:
        """Those of `pks` that the user may choose."""
        return self.get_object_list().filter(pk__in=numbers(pks))

    def get_object(self, pk: Any) -> Any:
        """The one that the user may choose, or 404."""
        return one_or_404(self.get_object_list(), pk)
