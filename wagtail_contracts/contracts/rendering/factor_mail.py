"""The mail that tells somebody that what they confirm with has changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.contracts.models import person_name
from wagtail_contracts.contracts.rendering.addresses import absolute, host

FOLDER = "wagtail_contracts/contracts/factor_mail"
SUBJECTS: Mapping[str, str] = {
    events.FACTOR_ADDED: gettext_noop("A device was set up for your account"),
    events.FACTOR_REMOVED: gettext_noop("A device was removed from your account"),
    events.RECOVERY_RENEWED: gettext_noop("New recovery codes were made for your account"),
    events.FACTOR_RESET: gettext_noop("Your second factor was reset"),
}


def factor_mail(name: str, user: Any, actor: Any, *, identity: str) -> EmailMultiAlternatives:
    """The mail after the event `name`, in the person's language; `actor` did it, None if unknown.

    `identity` is the outbox message's id, so that a retry is the same mail.
    """
    with translation.override(_language(user)):
        subject = _(SUBJECTS[name])
        context = {
            "subject": subject,
            "lines": list(_lines(name, user, actor)),
            "link": absolute(reverse("wagtail_contracts_factors")),
            "host": host(),
            "language": get_language(),
        }
        made = EmailMultiAlternatives(
            subject=subject,
            body=render_to_string(f"{FOLDER}/factor.txt", context),
            to=[user.email],
            headers={
                "Message-ID": f"<{identity}@{host().partition(':')[0] or 'localhost'}>",
                "Auto-Submitted": "auto-generated",
            },
        )
        made.attach_alternative(render_to_string(f"{FOLDER}/factor.html", context), "text/html")
        return made


def _lines(name: str, user: Any, actor: Any) -> Any:
    yield _("%(what)s, “%(account)s”.") % {
        "what": _(SUBJECTS[name]),
        "account": user.get_username(),
    }
    if actor is not None and actor.pk != user.pk:
        yield _("%(who)s did it. Set up a device anew before you go on.") % {
            "who": person_name(actor)
        }
    yield _("Was it not you, and did you not ask for it? Tell your administrator at once.")


def _language(user: Any) -> str:
    profile = getattr(user, "wagtail_userprofile", None)
    return (profile and profile.preferred_language) or settings.LANGUAGE_CODE
