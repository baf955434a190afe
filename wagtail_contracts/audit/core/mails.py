"""Checkpoints that were mailed, read back out of the mails as they lie in a mailbox."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message

ANY = ("From", "Subject", "Received", "MIME-Version")  # of the headers of RFC 5322, 3.6
BETWEEN = re.compile(rb"^From [^\n]*\n", re.MULTILINE)  # of two mails in an mbox (RFC 4155)


def texts(data: bytes) -> list[str]:
    """What the mails in it say, each part decoded (RFC 2045, 6); itself where it is no mail.

    One mail, or an mbox of several; a mail that was forwarded within another is read, too.
    """
    data = data.lstrip()
    mails = BETWEEN.split(data) if data.startswith(b"From ") else [data]
    return [text for mail in mails for text in _texts(mail)]


def _texts(data: bytes) -> Iterator[str]:
    mail = message_from_bytes(data)
    if any(name in mail for name in ANY):
        yield from (_text(part) for part in mail.walk() if not part.is_multipart())
    else:
        yield data.decode(errors="replace")


def _text(part: Message) -> str:
    content = part.get_payload(decode=True)
    said = content if isinstance(content, bytes) else b""
    try:
        return said.decode(part.get_content_charset("utf-8"), errors="replace")
    except (LookupError, ValueError):  # a charset that there is none, or that is for other things
        return said.decode(errors="replace")
