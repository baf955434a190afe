"""The means of identification of this site: ours, and those that the settings add."""

from __future__ import annotations

from typing import Any

from wagtail_contracts.conf import backend
from wagtail_contracts.signing.backends.methods.base import AwayMethod as AwayMethod
from wagtail_contracts.signing.backends.methods.base import CodeMethod as CodeMethod
from wagtail_contracts.signing.backends.methods.base import Leaving as Leaving
from wagtail_contracts.signing.backends.methods.base import Method as Method
from wagtail_contracts.signing.backends.methods.base import Onward as Onward
from wagtail_contracts.signing.backends.methods.email_code import EmailCode
from wagtail_contracts.signing.backends.methods.in_person import InPerson
from wagtail_contracts.signing.backends.methods.link import Link
from wagtail_contracts.signing.backends.methods.sms_code import SmsCode
from wagtail_contracts.signing.backends.methods.totp import Device
from wagtail_contracts.signing.conf import signing

LINK, EMAIL_CODE, SMS_CODE = "link", "email_code", "sms_code"
TOTP, IN_PERSON = "totp", "in_person"
OURS: dict[str, type[Method]] = {
    LINK: Link,
    EMAIL_CODE: EmailCode,
    SMS_CODE: SmsCode,
    TOTP: Device,
    IN_PERSON: InPerson,
}


def methods() -> dict[str, Method]:
    """All of them by key, the strongest first. Raises ImproperlyConfigured, ImportError."""
    found = [made for key in (*OURS, *signing().methods) if (made := method(key))]
    return {made.key: made for made in sorted(found, key=lambda made: -made.rank)}


def method(key: str) -> Method | None:
    """The means with this key; None where the site has it no more."""
    if key in OURS:
        return OURS[key](key)
    said = signing().methods.get(key)
    return _made(key, said) if said else None


def named(key: str) -> str:
    """What people call a means; the key itself where it is gone."""
    found = method(key)
    return found.name if found else key


def how(key: str) -> str:
    """What somebody did, in words after a verb; the key itself where the means is gone."""
    found = method(key)
    return found.how if found else key


def _made(key: str, said: dict[str, Any]) -> Method:
    made: Method = backend(said["BACKEND"], {"key": key, **said.get("OPTIONS", {})})
    return made
