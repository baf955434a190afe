"""How an SMS leaves."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from wagtail_contracts.conf import backend
from wagtail_contracts.signing.backends.sms.base import NotSent as NotSent
from wagtail_contracts.signing.backends.sms.base import SmsBackend as SmsBackend
from wagtail_contracts.signing.conf import signing


def sms_offered() -> bool:
    """Whether this site sends any."""
    return bool(signing().sms)


def sms_backend() -> SmsBackend:
    """The class that the settings name, made. Raises ImproperlyConfigured where there is none."""
    configured = signing().sms
    if not configured:
        raise ImproperlyConfigured("WAGTAIL_CONTRACTS['SIGNING']['SMS'] names no backend.")
    made: SmsBackend = backend(configured["BACKEND"], configured.get("OPTIONS", {}))
    return made
