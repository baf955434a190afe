"""A mail server for the demo, and the pages that show what it received.

`python -m example_site.mailbox` runs the server; each mail becomes one file in `var/mail`.
"""

import asyncio
import email
import email.policy
import itertools
import signal
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage, Message
from email.utils import parsedate_to_datetime
from pathlib import Path
from queue import SimpleQueue

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from example_site import phones, returning


def folder() -> Path:
    """Where the mails are."""
    return Path(settings.VAR) / "mail"


class Keeper:
    """Writes each mail to a file of its own, named so that names sort by time."""

    counter = itertools.count()

    def __init__(self) -> None:
        self.under_way: set[asyncio.Task[None]] = set()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep the mail as it came."""
        folder().mkdir(parents=True, exist_ok=True)
        name = f"{time.time_ns():020d}-{next(self.counter):04d}"
        part = folder() / f"{name}.part"
        part.write_bytes(envelope.original_content or b"")
        part.rename(folder() / f"{name}.eml")
        if returning.our_address() in envelope.rcpt_tos:
            handing = asyncio.create_task(returning.hand_over(envelope.original_content or b""))
            self.under_way.add(handing)  # a task that nobody holds may be forgotten
            handing.add_done_callback(self.under_way.discard)
        return "250 Kept"


def server() -> Controller:
    """The server, not started yet."""
    return Controller(Keeper(), hostname=settings.EMAIL_HOST, port=settings.EMAIL_PORT)


@dataclass(frozen=True)
class Mail:
    """One received mail."""

    name: str
    message: EmailMessage

    @property
    def subject(self) -> str:
        """The subject line."""
        return str(self.message["Subject"] or "")

    @property
    def recipient(self) -> str:
        """The address it went to."""
        return str(self.message["To"] or "")

    @property
    def sender(self) -> str:
        """Who it says it is from."""
        return str(self.message["From"] or "")

    @property
    def moment(self) -> datetime:
        """When it was sent."""
        found = parsedate_to_datetime(str(self.message["Date"]))
        return found if found.tzinfo else found.replace(tzinfo=UTC)

    @property
    def text(self) -> str:
        """The plain text."""
        body = self.message.get_body(("plain",))
        return str(body.get_content()).strip() if body else ""

    @property
    def attachments(self) -> list[tuple[str, bytes]]:
        """Name and content of each attached file."""
        parts = self.message.iter_attachments()
        return [(part.get_filename() or part.get_content_type(), _content(part)) for part in parts]


def _content(part: Message) -> bytes:
    """A file, or a mail within a mail."""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else part.as_bytes()


def mails() -> list[Mail]:
    """All mails, the newest first."""
    return [read(path) for path in sorted(folder().glob("*.eml"), reverse=True)]


def read(path: Path) -> Mail:
    """One mail from its file."""
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101
    return Mail(path.stem, message)


def one(name: str) -> Mail:
    """The mail with this name, or nothing here."""
    found = next((path for path in folder().glob("*.eml") if path.stem == name), None)
    if found is None:
        raise Http404
    return read(found)


def list_view(request: HttpRequest) -> HttpResponse:
    """Every mail, or those to one address."""
    found, recipient = mails(), request.GET.get("to", "")
    context = {
        "mails": [mail for mail in found if recipient in ("", mail.recipient)],
        "recipients": sorted({mail.recipient for mail in found}),
        "recipient": recipient,
        "texts": phones.received(),
    }
    return render(request, "example_site/mailbox.html", context)


def mail_view(request: HttpRequest, name: str) -> HttpResponse:
    """One mail with its links."""
    return render(request, "example_site/mail.html", {"mail": one(name)})


def attachment_view(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """A file that came with a mail."""
    files = one(name).attachments
    if number >= len(files):
        raise Http404
    title, content = files[number]
    headers = {"Content-Disposition": f'attachment; filename="{title}"'}
    return HttpResponse(content, content_type="application/octet-stream", headers=headers)


@require_POST
def return_view(request: HttpRequest, name: str) -> HttpResponse:
    """Send a mail back as one that can't be delivered."""
    returning.send_back(one(name).message)
    return redirect("mailbox")


urlpatterns = [
    path("", list_view, name="mailbox"),
    path("<slug:name>/return/", return_view, name="mail_return"),
    path("<slug:name>/", mail_view, name="mail"),
    path("<slug:name>/<int:number>/", attachment_view, name="mail_attachment"),
]


def main() -> None:
    """Run the server until told to stop."""
    told: SimpleQueue[int] = SimpleQueue()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, _frame: told.put(number))
    controller = server()
    controller.start()
    told.get()
    controller.stop()


if __name__ == "__main__":
    main()
