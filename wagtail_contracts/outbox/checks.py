"""What `manage.py check --deploy` says about delivery."""

from typing import Any

from django.conf import settings
from django.core import checks

from wagtail_contracts.outbox import topics


@checks.register(checks.Tags.security, deploy=True)
def mail_times_out(app_configs: Any, **options: Any) -> list[checks.CheckMessage]:
    """W002: a mail server that hangs would hold a message longer than its lease."""
    longest = topics.LEASE.total_seconds()
    if settings.EMAIL_TIMEOUT and longest > settings.EMAIL_TIMEOUT:
        return []
    return [
        checks.Warning(
            "A hanging mail server lets a message be delivered twice.",
            hint=f"Set EMAIL_TIMEOUT below {longest:.0f} seconds.",
            id="wagtail_contracts.W002",
        )
    ]
