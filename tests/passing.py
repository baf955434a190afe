"""Time that passes without waiting: what was signed and what waits in the outbox gets older.

No clock is touched, so the one of the database, which leases and waits go by, agrees.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import F

from tests.reliability.rewinding import lifted
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.signing.models import Signature


def later(wait: timedelta) -> None:
    """Let so much time pass."""
    moved = {name: F(name) - wait for name in ("posted_at", "not_before")}
    with transaction.atomic(), lifted():
        Signature.objects.update(at=F("at") - wait)
        Message.objects.filter(done_at=None).update(**moved)
