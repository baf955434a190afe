"""Delivery reports, as mail servers send them back: which mail, whether for good, and why.

Source: RFC 3464 (reports), RFC 3463 (status codes), RFC 6522 (multipart/report). A report is a
letter from anybody: nothing in it is believed but the Message-ID of a mail that we sent, which only
its reader and the servers on its way know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, message_from_string
from email.message import Message

LARGEST = 2 << 20  # bytes of a report: it may hold the whole mail
PARTS = 50  # of a mail that are looked at
LONGEST = 300  # characters of what the other server says
STATUS = re.compile(r"([245])\.(\d{1,3})\.(\d{1,3})(?!\d)")
IDENTITY = re.compile(r"<([^<>@\s]{1,120})@[^<>@\s]{1,250}>")
ADDRESSED = re.compile(r"\s*rfc822\s*;\s*<?([^<>\s;]{1,254})>?\s*\Z", re.IGNORECASE)
FAILED, DELAYED = "failed", "delayed"


@dataclass(frozen=True)
class Report:
    """What became of one mail: `identity` is the part before the @ of its Message-ID.

    `status` is that of RFC 3463, for example 5.1.1; `said` what the other server wrote, in one
    line, `recipient` for whom.
    """

    identity: str
    action: str
    status: str
    recipient: str = ""
    said: str = ""

    @property
    def hard(self) -> bool:
        """Whether a further mail to the same address will fare no better."""
        return self.action == FAILED and self.status.startswith("5")


def parse(content: bytes) -> Report | None:
    """The report in a mail, the worst where it tells of several addresses; None if it is none."""
    if len(content) > LARGEST:
        return None
    try:
        return _parsed(content)
    except Exception:  # noqa: BLE001 - the library meets malformed mails with any error
        return None


def _parsed(content: bytes) -> Report | None:
    mail = message_from_bytes(content)
    if mail.get_content_type() != "multipart/report" or not mail.is_multipart():
        return None
    parts = [part for part, _number in zip(mail.walk(), range(PARTS), strict=False)]
    identity = next(filter(None, map(_identity, parts[1:])), "")
    told = [found for part in parts for found in _told(part, identity)] if identity else []
    return max(told, key=lambda report: (report.hard, report.action == FAILED), default=None)


def _identity(part: Message) -> str:
    """The Message-ID of the mail that came back, from it or from its headers alone."""
    kind = part.get_content_type()
    if kind == "message/rfc822":
        inner = part.get_payload() or ()
        mails = [mail for mail in inner if isinstance(mail, Message)]
    elif kind == "text/rfc822-headers":
        mails = [message_from_string(_text(part))]
    else:
        return ""
    found = [IDENTITY.search(_header(mail, "Message-ID")) for mail in mails[:1]]
    return found[0].group(1) if found and found[0] else ""


def _told(part: Message, identity: str) -> Iterator[Report]:
    """A report for each address that is told of as not reached."""
    payload = part.get_payload()
    if part.get_content_type() != "message/delivery-status" or not isinstance(payload, list):
        return
    for group in (found for found in payload[:PARTS] if isinstance(found, Message)):
        action = _header(group, "Action").strip().lower()
        status = STATUS.search(_header(group, "Status"))
        if action in (FAILED, DELAYED) and status and status.group(1) != "2":
            said = _header(group, "Diagnostic-Code").partition(";")[2]
            yield Report(identity, action, status.group(), _recipient(group), _line(said))


def _recipient(group: Message) -> str:
    """The address as the sender knew it, else the one that it came to."""
    for name in ("Original-Recipient", "Final-Recipient"):
        if found := ADDRESSED.match(_header(group, name)):
            return found.group(1)
    return ""


def _header(mail: Message, name: str) -> str:
    """A header in the clear; bytes that are no text are left out."""
    return str(mail.get(name, "")).encode("ascii", "ignore").decode()


def _text(part: Message) -> str:
    found = part.get_payload(decode=True)
    return found.decode("ascii", "ignore") if isinstance(found, bytes) else ""


def _line(text: str) -> str:
    return " ".join(word for word in text.split() if word.isprintable())[:LONGEST]
