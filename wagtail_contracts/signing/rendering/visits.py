"""The mails about self-service: to whoever asks to begin, and to whoever is responsible. Plain."""

from __future__ import annotations

from email.headerregistry import Address
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from wagtail_contracts.contracts.models import SelfService, Visit
from wagtail_contracts.contracts.rendering.addresses import host
from wagtail_contracts.contracts.rendering.brand import brand, marked
from wagtail_contracts.signing.core.lines import display_name, plain
from wagtail_contracts.signing.rendering.mail import FOLDER, helping, public

FULL = "full"


def page(service: SelfService) -> str:
    """Where anybody begins."""
    return public("self_service", service.slug)


def confirmation(visit: Visit, secret: str, *, identity: str) -> EmailMessage:
    """The mail with the link by which a visitor begins.

    Nothing that was typed stands in it: whoever typed another's address sends them no words.
    """
    service = visit.service
    workspace = service.workspace
    title, org = plain(service.template.title), plain(workspace.legal_name)
    context = {
        "lines": _begins(title, org),
        "link": public("visit", service.slug, secret),
        "brand": brand(workspace),
        "host": host(),
        "help": helping(),
    }
    subject = marked(workspace, _("Confirm your address: %s") % title)
    body = render_to_string(f"{FOLDER}/visit.txt", context)
    return _mail(service, plain(subject), body, visit.email, identity)


def _begins(title: str, org: str) -> list[str]:
    return [
        _("Somebody, probably you, wants to make this agreement with %(org)s: %(title)s.")
        % {"org": org, "title": title},
        _(
            "The button on the page behind this link begins it. Nothing is agreed by that: you "
            "read it, fill it in and sign it afterwards. The link works for 24 hours."
        ),
        _(
            "Was it not you? Then do nothing: without the link nothing is begun, and what was "
            "typed is gone tomorrow."
        ),
    ]


def turned_away(service: SelfService, why: str, *, identity: str) -> EmailMessage:
    """The mail to whoever is responsible: visitors can't begin, and why."""
    words = {
        "title": plain(service.template.title),
        "address": page(service),
        "ceiling": service.ceiling,
        "why": why,
    }
    lines = [
        _("Self-service of “%(title)s” turns visitors away: %(address)s") % words,
        _why(why) % words,
    ]
    subject = plain(marked(service.workspace, _("Visitors are turned away: %(title)s") % words))
    body = render_to_string(f"{FOLDER}/visits_away.txt", {"lines": lines, "host": host()})
    return _mail(service, subject, body, service.owner.email, identity)


def _why(why: str) -> str:
    if why == FULL:
        return _(
            "As many as are allowed in a day (%(ceiling)s) have begun, or three times as many "
            "mails were asked for. Visitors are asked to come back tomorrow."
        )
    return _(
        "A contract can’t be made or sent (%(why)s). Visitors are asked to come back "
        "later. Look at the template, at rules of approval and at how many people get "
        "contracts in a day."
    )


def _mail(service: SelfService, subject: str, body: str, to: str, identity: str) -> EmailMessage:
    name = host().partition(":")[0] or "localhost"
    workspace = service.workspace
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    sender = Address(display_name(workspace.sender_name or workspace.legal_name), addr_spec=address)
    return EmailMessage(
        subject=subject,
        body=body,
        from_email=str(sender),
        to=[to],
        reply_to=[service.owner.email or workspace.contact_email],
        headers={"Message-ID": f"<{identity}@{name}>", "Auto-Submitted": "auto-generated"},
    )
