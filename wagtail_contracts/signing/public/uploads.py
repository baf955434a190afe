"""Files that somebody fills in: how much of a request is read, and what becomes of each file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import AnswersRefused
from wagtail_contracts.contracts.flows.giving import AT_ONCE, LARGEST
from wagtail_contracts.contracts.rendering.answers import PREFIX
from wagtail_contracts.contracts.rendering.file_inputs import FILE
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.errors import TooMany
from wagtail_contracts.signing.public import visitors
from wagtail_contracts.signing.public.page import ParticipantPage

AN_HOUR = 60  # files: each is judged in a process of its own


@dataclass(frozen=True)
class Skipped:
    """A file of which no more is read, because it is too large."""

    name: str
    size: int
    content_type: str = ""

    def read(self) -> bytes:
        """Nothing."""
        return b""


@dataclass
class Taken:
    """What then stands in the inputs, by key, and a sentence for each file that is not taken."""

    typed: dict[str, str] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)


class Sized(FileUploadHandler):
    """Put before the others: the rest of a file that is too large goes, the form is read on."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.skipped: dict[str, Skipped] = {}

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass it on as long as it is not too much."""
        size = start + len(raw_data)
        if size > LARGEST:
            self.skipped[str(self.field_name)] = Skipped(str(self.file_name), size)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The others make the file."""


def most(request: HttpRequest, public_id: str, usual: int) -> int:
    """How many bytes of a request are read: more from whoever is asked for files."""
    session = signing.session_of(visitors.cookie_of(request, public_id))
    if session is None or session.participant.public_id != public_id:
        return usual
    asked = contracts.asks_for_files(session.participant)
    return AT_ONCE + usual if asked else usual


def take(page: ParticipantPage, sized: Sized) -> Taken:
    """Have each file of a request judged and kept. Raises WrongState."""
    taken = Taken()
    for name, upload in _sent(page.request, sized):
        key = name.removeprefix(PREFIX).removesuffix(FILE)
        try:
            signing.limit("files", page.link, most=AN_HOUR, by=page.by)
            taken.typed[key] = contracts.give_file(page.participant, key, upload, by=page.by)
        except AnswersRefused as refused:
            taken.problems |= refused.problems
        except TooMany as refusal:
            taken.problems[key] = str(refusal)
    return taken


def _sent(request: HttpRequest, sized: Sized) -> Iterator[tuple[str, Any]]:
    yield from request.FILES.items()
    yield from sized.skipped.items()
