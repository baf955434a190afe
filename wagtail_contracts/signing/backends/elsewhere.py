"""Which data leave the site by what is set up, so that somebody is named who gets them."""

from __future__ import annotations

from django.conf import settings
from django.core.files.storage import FileSystemStorage, InMemoryStorage, storages
from django.utils.module_loading import import_string

from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.outbox.flows import SMTP
from wagtail_contracts.signing.backends.methods import AwayMethod, Method, methods
from wagtail_contracts.signing.conf import signing, trust_page

HERE = ("", "localhost", "127.0.0.1", "::1")
PUBLIC = {"default", "staticfiles"}
ON_DISK = (FileSystemStorage, InMemoryStorage)


def unnamed() -> list[str]:
    """What sends data out and is served by no processor that the settings name.

    Raises ImproperlyConfigured, ImportError.
    """
    served = {word for one in trust_page().processors for word in one.serves}
    return sorted(elsewhere() - served)


def elsewhere() -> set[str]:
    """What sends data out: mail, sms, files, and the keys of means of identification."""
    away = {key for key, found in methods().items() if _tells_others(found)}
    return away | {word for word, leaves in _ours().items() if leaves}


def _ours() -> dict[str, bool]:
    return {"mail": _mail_leaves(), "sms": _sms_leaves(), "files": _files_leave()}


def _tells_others(found: Method) -> bool:
    """Whoever is asked who somebody is learns it, unless they are on this site."""
    return isinstance(found, AwayMethod) and not getattr(found, "stays_here", False)


def _mail_leaves() -> bool:
    """By SMTP to a host of this machine it is nobody else's."""
    by_smtp = outbox.mailer()[0] == SMTP
    return outbox.mail_leaves() and not (by_smtp and _mail_host() in HERE)


def _mail_host() -> str:
    """From Django 6.1 on it may stand in MAILERS."""
    mailers = getattr(settings, "MAILERS", None)
    if mailers is None:
        return str(settings.EMAIL_HOST)
    return str(mailers.get("default", {}).get("OPTIONS", {}).get("host", ""))


def _sms_leaves() -> bool:
    """A class may say that what it is told `stays_here`, as the one for development does."""
    dotted = signing().sms.get("BACKEND", "")
    return bool(dotted) and not getattr(import_string(dotted), "stays_here", False)


def _files_leave() -> bool:
    private = set(settings.STORAGES) - PUBLIC
    return not all(isinstance(storages[alias], ON_DISK) for alias in private)
