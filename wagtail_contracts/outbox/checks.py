"""What `manage.py check --deploy` says about delivery."""

from typing import Any

from django.conf import settings
from django.core import checks

from wagtail_contracts.outbox import topics

BACKENDS = "django.core.mail.backends."
SMTP = f"{BACKENDS}smtp.EmailBackend"
NOWHERE = {f"{BACKENDS}{name}.EmailBackend" for name in ("console", "dummy", "filebased", "locmem")}


@checks.register(checks.Tags.security, deploy=True)
def mail_arrives(app_configs: Any, **options: Any) -> list[checks.CheckMessage]:
    """E004: mails are counted as sent and reach nobody."""
    backend, _timeout = _mailer()
    if backend not in NOWHERE:
        return []
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
    _backend, timeout = _mailer()
    if timeout and longest > timeout:
        return []
    return [
        checks.Warning(
            "A hanging mail server lets a message be delivered twice.",
            hint=f"Set EMAIL_TIMEOUT below {longest:.0f} seconds.",
            id="wagtail_contracts.W002",
        )
    ]


def _mailer() -> tuple[str, float | None]:
    """The backend and its time-out in seconds; from Django 6.1 on they may stand in MAILERS."""
    mailers = getattr(settings, "MAILERS", None)
    if mailers is None:
        return settings.EMAIL_BACKEND, settings.EMAIL_TIMEOUT
    default = mailers.get("default", {})
    return default.get("BACKEND", SMTP), default.get("OPTIONS", {}).get("timeout")
