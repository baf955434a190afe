"""Mails that come back: what another mail server would do, for a demo without one."""

import asyncio
import smtplib
import sys
from email.generator import BytesGenerator
from email.message import EmailMessage, Message
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import formatdate, make_msgid, parseaddr
from io import BytesIO

from django.conf import settings

WIRE = compat32.clone(linesep="\r\n")
COMMAND = [sys.executable, "-m", "example_site.manage", "contracts_take_report"]
STATUS, SAID = "5.1.1", "550 5.1.1 Nobody here has this address"


def our_address() -> str:
    """Where mails that can't be delivered come back to."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def report(mail: EmailMessage) -> bytes:
    """The delivery report (RFC 3464) of a mail whose address nobody has."""
    address = parseaddr(str(mail["To"]))[1]
    told = MIMEMultipart("report", **{"report-type": "delivery-status"})
    told["From"] = f"Mail Delivery System <MAILER-DAEMON@{address.rpartition('@')[2]}>"
    told["To"] = our_address()
    told["Subject"] = "Undelivered Mail Returned to Sender"
    told["Date"], told["Message-ID"] = formatdate(), make_msgid(domain="mx.example")
    told["Auto-Submitted"] = "auto-replied"
    told.attach(MIMEText(f"A mail of yours could not be delivered to {address}.\n"))
    told.attach(_status(address))
    told.attach(MIMEMessage(mail))
    made = BytesIO()
    BytesGenerator(made, mangle_from_=False, policy=WIRE).flatten(told)
    return made.getvalue()


def send_back(mail: EmailMessage) -> None:
    """Send the report of a mail to whoever sent it."""
    with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=20) as server:
        server.sendmail("", [our_address()], report(mail))


async def hand_over(content: bytes) -> None:
    """Give what came for us to the site, as a mail server with a pipe does."""
    pipe = asyncio.subprocess.PIPE
    taking = await asyncio.create_subprocess_exec(*COMMAND, stdin=pipe)
    await taking.communicate(content)


def _status(address: str) -> MIMEMessage:
    server, reader = Message(), Message()
    server["Reporting-MTA"] = "dns; mx.example"
    reader["Final-Recipient"] = f"rfc822; {address}"
    reader["Action"], reader["Status"] = "failed", STATUS
    reader["Diagnostic-Code"] = f"smtp; {SAID}"
    part = MIMEMessage(server, "delivery-status")
    part.set_payload([server, reader])
    return part
