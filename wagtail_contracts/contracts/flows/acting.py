"""Whose account an act is done with."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model

from wagtail_contracts.actors import Actor


def staff(by: Actor) -> Any:
    """The member of staff behind an actor; None for a participant, the system, or one who left."""
    if by.kind != "user":
        return None
    return get_user_model()._default_manager.filter(pk=by.key).first()
