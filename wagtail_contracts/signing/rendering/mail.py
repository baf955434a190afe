"""From a letter to a mail: text and HTML with the same words, recognisable and harmless."""

from __future__ import annotations

from dataclasses import replace
from email.headerregistry import Address
from email.mime.image import MIMEImage
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wagtail_contracts.contracts.models import Contract, sender_name
from wagtail_contracts.contracts.rendering.addresses import absolute, host
from wagtail_contracts.contracts.rendering.brand import brand, marked
from wagtail_contracts.signing.core.lines import display_name, plain
from wagtail_contracts.signing.rendering.letters import Letter, words

FOLDER = "wagtail_contracts/signing/mail"
LOGO = "logo@wagtail-contracts"  # by which the words name the picture that travels with them
LARGEST = 16 << 10  # bytes of a logo: a mail goes without a larger one
PNG = b"\x89PNG"


def public(name: str, *args: str) -> str:
    """An address in a mail: it begins with the configured base, never with a request's host."""
    return absolute(reverse(f"wagtail_contracts:{name}", args=args))


def overview(contract: Contract) -> str:
    """The contract's page in the admin."""
    return absolute(reverse("wagtail_contracts_contract:inspect", args=[contract.pk]))


def listing() -> str:
    """The list of contracts in the admin, the newest first."""
    return absolute(reverse("wagtail_contracts_contract:list"))


def helping() -> str:
    """Where those who sign find help, in the active language; for it nobody needs a link."""
    return f"{public('help')}?{urlencode({'language': get_language()})}"


def with_link(letter: Letter, link: str) -> Letter:
    """The letter with the address of its button."""
    return replace(letter, link=f"{link}?to={letter.target}" if letter.target else link)


def mail(
    letter: Letter,
    contract: Contract,
    recipient: str,
    *,
    identity: str,
    proof: str = "",
    choices: str = "",
) -> EmailMultiAlternatives:
    """The mail; `identity` is the outbox message's id, so that a retry is the same mail.

    `proof` is the state of the audit trail, which then stands outside our database; `choices`,
    for staff, where one says what one wants to be told. A small logo travels with it: nothing is
    fetched when it is read, so nobody learns that it was.
    """
    help_ = "" if choices else helping()
    context = {**_shown(letter, contract), "proof": proof, "choices": choices, "help": help_}
    made = EmailMultiAlternatives(
        subject=context["subject"],
        body=render_to_string(f"{FOLDER}/letter.txt", context),
        from_email=_sender(contract),
        to=[recipient],
        reply_to=[contract.owner.email or contract.workspace.contact_email],
        headers=_headers(contract, identity),
    )
    made.attach_alternative(render_to_string(f"{FOLDER}/letter.html", context), "text/html")
    for name, content in letter.attached:
        made.attach(name, content, "application/pdf")
    if _carries_logo(letter):
        made.attach(_inline(letter.logo))
    return made


def _carries_logo(letter: Letter) -> bool:
    return 0 < len(letter.logo) <= LARGEST


def _inline(picture: bytes) -> MIMEImage:
    part = MIMEImage(picture, "png" if picture.startswith(PNG) else "jpeg")
    part.add_header("Content-ID", f"<{LOGO}>")
    part.add_header("Content-Disposition", "inline")
    return part


def _shown(letter: Letter, contract: Contract) -> dict[str, Any]:
    return {
        "letter": letter,
        "words": words(contract),
        "brand": brand(contract.workspace),
        "logo": LOGO if _carries_logo(letter) else "",
        "subject": plain(marked(contract.workspace, letter.subject)),
        "language": get_language(),
        "host": host(),
    }


def _headers(contract: Contract, identity: str) -> dict[str, Any]:
    name = host().partition(":")[0] or "localhost"
    return {
        "Message-ID": f"<{identity}@{name}>",
        "References": f"<{contract.uuid.hex}@{name}>",
        "Auto-Submitted": "auto-generated",
    }


def _sender(contract: Contract) -> str:
    """A name that can't pretend to be an address, before the site's own address."""
    words = {
        "person": sender_name(contract),
        "organisation": contract.workspace.sender_name or contract.workspace.legal_name,
    }
    name = _("%(person)s via %(organisation)s") % words
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return str(Address(display_name(name), addr_spec=address))
