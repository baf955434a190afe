"""What `manage.py check --deploy` says about delivery."""

from typing import Any

from django.conf import settings
from django.core import checks

from wagtail_contracts.outbox import topics

BACKENDS = "django.core.mail.backends."
NOWHERE = {f"{BACKENDS}{name}.EmailBackend" for name in ("console", "dummy", "filebased", "locmem")}


@checks.register(checks.Tags.security, deploy=True)
def mail_arrives(app_configs: Any, **options: Any) -> list[checks.CheckMessage]:
    """E004: mails are counted as sent and reach nobody."""
    if settings.EMAIL_BACKEND not in NOWHERE:
        return []
    return [
        checks.Error(
            f"{settings.EMAIL_BACKEND} sends nothing: invitations and codes reach nobody.",
            hint="Set EMAIL_BACKEND to one that sends, for example Django's own for SMTP.",
            id="wagtail_contracts.E004",
        )
    ]


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
