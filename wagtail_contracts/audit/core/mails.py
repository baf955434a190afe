"""Checkpoints that were mailed, read back out of the mails as they lie in a mailbox."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from typing import Any

ANY = ("From", "Subject", "Received", "MIME-Version")  # of the headers of RFC 5322, 3.6
BETWEEN = re.compile(rb"^From [^\n]*\n(?=[!-9;-~]+:)", re.MULTILINE)  # in an mbox (RFC 4155)


MAIL = "message/rfc822"
DEPTH = 8  # of mails within mails


def texts(data: bytes) -> list[str]:
    """What the mails in it say, each part decoded (RFC 2045, 6); itself where it is no mail.

    One mail, or an mbox of several; a mail that was forwarded within another is read, too.
    """
    data = data.lstrip()
    mails = BETWEEN.split(data) if data.startswith(b"From ") else [data]
    return [text for mail in mails for text in _texts(mail, DEPTH)]


def _texts(data: bytes, depth: int) -> Iterator[str]:
    mail = message_from_bytes(data)
    if depth and any(name in mail for name in ANY):
        for part in mail.walk():
            _tell_encoding(part)
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                yield from _texts(content, depth - 1) if _is_mail(part) else [_text(part, content)]
    else:
        yield data.decode(errors="replace")


def _tell_encoding(part: Message) -> None:
    """Of a mail that was encoded as a whole: the parser takes it for one without headers."""
    inner: Any = part.get_payload()
    if part.get_content_type() == MAIL and isinstance(inner, list) and not inner[0].keys():
        inner[0]["Content-Type"] = MAIL
        inner[0]["Content-Transfer-Encoding"] = part.get("Content-Transfer-Encoding", "8bit")


def _is_mail(part: Message) -> bool:
    """Also one that was encoded as a whole, or attached as a file."""
    name = part.get_filename() or ""
    return part.get_content_type() == MAIL or name.lower().endswith(".eml")


def _text(part: Message, said: bytes) -> str:
    try:
        return said.decode(part.get_content_charset("utf-8"), errors="replace")
    except (LookupError, ValueError):  # a charset that there is none, or that is for other things
        return said.decode(errors="replace")
