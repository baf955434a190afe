"""A message of the outbox in people's words: what it is, how it stands, why it failed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wagtail_contracts import events
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.contracts.models.notifications import Kind
from wagtail_contracts.contracts.rendering.days import short_moment
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.redaction import redacted
from wagtail_contracts.signing.flows.watching import SEALER

KINDS: dict[str, Any] = {
    "invitation": gettext_lazy("Invitation"),
    "package": gettext_lazy("Invitation to a package"),
    "package_reminder": gettext_lazy("Reminder of a package"),
    "new_version": gettext_lazy("Notice of a new version"),
    "signing_opened": gettext_lazy("Notice that signing is open"),
    "reopened": gettext_lazy("Notice that it is in review again"),
    "reminder": gettext_lazy("Reminder"),
    "new_link": gettext_lazy("New link"),
    "your_turn": gettext_lazy("Notice of one's turn to sign"),
    "code": gettext_lazy("Code"),
    "entry_code": gettext_lazy("Code to read"),
    "copy_code": gettext_lazy("Code for the sealed copy"),
    "declined": gettext_lazy("Notice that it was declined"),
    "withdrawn": gettext_lazy("Notice that it was withdrawn"),
    "retraction": gettext_lazy("Receipt of a withdrawal"),
    "retracted": gettext_lazy("Notice that a consumer withdrew"),
    "expired": gettext_lazy("Notice that the deadline has passed"),
    "extended": gettext_lazy("Notice of more time"),
    "sealed": gettext_lazy("Sealed copy"),
    "completed": gettext_lazy("Completed copy"),
    "seal_delayed": gettext_lazy("Notice that the seal is delayed"),
    "answered": gettext_lazy("Notice that it was filled in"),
    "signed_one": gettext_lazy("Notice of a signature"),
    "commented": gettext_lazy("Notice of comments"),
    "asked": gettext_lazy("Notice of questions"),
    "mentioned": gettext_lazy("Notice of being mentioned"),
    "suggested": gettext_lazy("Notice of a suggestion"),
    "suggestion_accepted": gettext_lazy("Notice that a suggestion was accepted"),
    "suggestion_dismissed": gettext_lazy("Notice that a suggestion was dismissed"),
    "more_time_asked": gettext_lazy("Notice that more time is asked for"),
    "agreed": gettext_lazy("Notice that somebody agrees"),
    "forwarded": gettext_lazy("Invitation in another's place"),
    "person_added": gettext_lazy("Invitation by another participant"),
    "person_replaced": gettext_lazy("Notice of being replaced"),
    "access_revoked": gettext_lazy("Notice of the end of access"),
    "people_changed": gettext_lazy("Notice of who takes part"),
    "person_asked": gettext_lazy("Notice that consent is needed"),
    "person_confirmed": gettext_lazy("Notice of consent"),
    "person_refused": gettext_lazy("Notice of no consent"),
    "signing.sms": gettext_lazy("Invitation by SMS"),
    "undelivered": gettext_lazy("Notice that a mail does not arrive"),
    "text_tried": gettext_lazy("Test of a text"),
    "signing.links": gettext_lazy("Look for whom a lost link is"),
    "signing.visit": gettext_lazy("Link for a visitor of a public page"),
    "signing.away": gettext_lazy("Notice that visitors are turned away"),
    SEALER: gettext_lazy("Seal"),
    "contracts.circular": gettext_lazy("Contracts of a text for many"),
    "contracts.nudge": gettext_lazy("Reminders of a text for many"),
    "contracts.send": gettext_lazy("Sending that was confirmed"),
    "contracts.factor": gettext_lazy("Notification"),
    "signing.digest": gettext_lazy("Notification"),
    "signing.alarm": gettext_lazy("Look whether the seal is there"),
    "signing.alert": gettext_lazy("Notice to the administrators"),
    "signing.alarms": gettext_lazy("Alarms of the examination"),
    "signing.quota": gettext_lazy("Notice of a quota that was reached"),
    "signing.void": gettext_lazy("Say which signatures no longer count"),
}
# By the class of the error, the first word of what the outbox keeps.
CAUSES: dict[str, Any] = {
    **dict.fromkeys(
        ("SMTPRecipientsRefused", "SMTPSenderRefused", "SMTPDataError"),
        gettext_lazy("The mail server refuses the mail."),
    ),
    "SMTPAuthenticationError": gettext_lazy("The mail server does not let us in."),
    **dict.fromkeys(
        (
            "ConnectionRefusedError",
            "ConnectionResetError",
            "SMTPConnectError",
            "SMTPServerDisconnected",
            "TimeoutError",
            "gaierror",
        ),
        gettext_lazy("The mail server does not answer."),
    ),
    **dict.fromkeys(
        ("NotSent", "Refused", "Undelivered"), gettext_lazy("The SMS gateway did not take it.")
    ),
    "SealRefused": gettext_lazy("The seal could not be made."),
    **dict.fromkeys(
        ("RenderingRefused", "RenderingLimit"), gettext_lazy("The file could not be printed.")
    ),
    **dict.fromkeys(
        ("OSError", "PermissionError", "FileNotFoundError"),
        gettext_lazy("A file could not be read or written."),
    ),
}


@dataclass(frozen=True)
class Standing:
    """How a message stands: a chip, and what there is to add."""

    word: str
    icon: str
    tone: str
    more: str = ""


@dataclass(frozen=True)
class Cause:
    """Why the last attempt failed: in words where we have them, and what was said."""

    words: str
    said: str


def kind_of(name: str) -> str:
    """What a kind of mail or a subscriber is called."""
    return str(KINDS.get(name) or (_("Notification") if name in Kind else name))


def what(message: Message, contract: Contract | None, address: str = "") -> str:
    """What a message does, for example “Invitation to k•••@customer.example for SALES-2026-1”."""
    is_mail = message.topic == events.MAIL_DUE
    kind = str(message.keys.get("kind") if is_mail else message.subscriber)
    if contract is None:
        reader = {"topic": message.topic, "reader": message.subscriber}
        return str(KINDS[kind]) if kind in KINDS else _("%(topic)s for %(reader)s") % reader
    words = {"kind": kind_of(kind), "to": masked(address), "number": contract.number}
    if address:
        return _("%(kind)s to %(to)s for %(number)s") % words
    version = contract.current_version
    if message.topic == events.CONTRACT_SIGNED and version:
        return _("%(kind)s %(number)s version %(version)d") % {**words, "version": version.number}
    return _("%(kind)s: %(number)s") % words


def masked(address: str) -> str:
    """An address that whoever knows it recognises, and nobody can copy."""
    name, _at, host = address.rpartition("@")
    return f"{name[:1]}•••@{host}" if name else ""


def standing(message: Message, now: datetime) -> Standing:
    """How a message stands at `now`."""
    if message.done_at:
        return Standing(_("Delivered"), "check", "good", short_moment(message.done_at))
    if message.dead_at:
        return _given_up(message, message.dead_at)
    if message.leased_until and message.leased_until >= now:
        more = _("A worker has it, until %(moment)s at most")
        words = {"moment": short_moment(message.leased_until)}
        return Standing(_("Being delivered"), "time", "notice", more % words)
    if message.attempts:
        more = f"{_tried(message.attempts)}. {_next(message.not_before, now)}"
        failed = bool(message.last_error)
        return Standing(_("Failed") if failed else _("Interrupted"), "warning", "bad", more)
    return Standing(_("Waiting"), "time", "notice", _next(message.not_before, now))


def cause(message: Message) -> Cause | None:
    """Why the last attempt failed, without addresses, links and codes."""
    if not message.last_error or message.done_at:
        return None
    said = redacted(message.last_error)
    return Cause(str(CAUSES.get(said.split(":")[0], "")), said)


def _given_up(message: Message, at: datetime) -> Standing:
    words = {"moment": short_moment(at), "tried": _tried(message.attempts)}
    if message.attempts == message.earlier_attempts:
        return Standing(_("Given up"), "cross", "neutral", _("By hand, %(moment)s") % words)
    return Standing(_("Given up"), "cross", "bad", _("%(tried)s, last %(moment)s") % words)


def _tried(attempts: int) -> str:
    words = ngettext("Tried %(times)d time", "Tried %(times)d times", attempts)
    return words % {"times": attempts}


def _next(at: datetime, now: datetime) -> str:
    if at <= now:
        return _("Due since %(moment)s") % {"moment": short_moment(at)}
    return _("Next try %(moment)s") % {"moment": short_moment(at)}
