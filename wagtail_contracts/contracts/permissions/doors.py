"""What every door says of who asks."""

from __future__ import annotations

from typing import Any

from django.utils.functional import cached_property

from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts.permissions.allowing import actor


class ActorMixin:
    """For a view whose verbs want to know who asked for them."""

    request: Any

    @cached_property
    def by(self) -> Actor:
        """The member of staff behind the request."""
        return actor(self.request.user)
