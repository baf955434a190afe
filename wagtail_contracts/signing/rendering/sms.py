"""What an SMS says: who has sent a contract, and its link; 160 characters, never shortened links.

Title and sender are left out before the link is; none of the contract's text is said.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.signing.core import sms
from wagtail_contracts.signing.rendering.letters import words


def invitation(contract: Contract, link: str) -> str:
    """The text of an invitation, in the active language."""
    return sms.first_that_fits(_invitations(contract, link))


def code(digits: str, minutes: int) -> str:
    """The text with a one-time code, in the active language; it names no contract."""
    words = {"code": digits, "minutes": minutes}
    return _("Your code is %(code)s. It is valid for %(minutes)s minutes.") % words


def _invitations(contract: Contract, link: str) -> Iterator[str]:
    said = words(contract)
    org, title = sms.folded(said["org"]), sms.folded(said["title"])
    if org and title:
        room = sms.GSM7 - sms.length(_full(org, "", link))
        yield _full(org, sms.shortened(title, max(room, 0)), link)
    if org:
        yield _("%(org)s has sent you a contract: %(link)s") % {"org": org, "link": link}
    yield _("A contract for you: %(link)s") % {"link": link}
    yield link


def _full(org: str, title: str, link: str) -> str:
    words = {"org": org, "title": title, "link": link}
    return _("%(org)s: %(title)s for you. %(link)s") % words
