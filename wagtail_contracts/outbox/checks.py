"""What `manage.py check --deploy` says about delivery."""

from typing import Any

from django.core import checks

from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.outbox import topics


@checks.register(checks.Tags.security, deploy=True)
def mail_arrives(app_configs: Any, **options: Any) -> list[checks.CheckMessage]:
    """E004: mails are counted as sent and reach nobody."""
    if outbox.mail_leaves():
        return []
    backend, _timeout = outbox.mailer()
    return [
        checks.Error(
            f"{backend} sends nothing: invitations and codes reach nobody.",
            hint="Set EMAIL_BACKEND to one that sends, for example Django's own for SMTP.",
            id="wagtail_contracts.E004",
        )
    ]


@checks.register(checks.Tags.security, deploy=True)
def mail_times_out(app_configs: Any, **options: Any) -> list[checks.CheckMessage]:
    """W002: a mail server that hangs would hold a message longer than its lease."""
    longest = topics.LEASE.total_seconds()
    _backend, timeout = outbox.mailer()
    if timeout and longest > timeout:
        return []
    return [
        checks.Warning(
            "A hanging mail server lets a message be delivered twice.",
            hint=f"Set EMAIL_TIMEOUT below {longest:.0f} seconds.",
            id="wagtail_contracts.W002",
        )
    ]
