"""The files of a contract, for those who take part: those that its newest version names, no other.

Pictures, pages and videos belong to the text, and looking at that is recorded; an exhibit, and what
was filled in, is taken along by POST, which is recorded as such.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import StoredFile
from wagtail_contracts.contracts.rendering import serving
from wagtail_contracts.errors import Refusal
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.public.page import ParticipantPage, see_other

TAKEN = ("exhibit", "answer")  # sorts of files


class FilePage(ParticipantPage):
    """One file."""

    def named(self, digest: str) -> StoredFile:
        """The file that the newest version names, or the workspace's logo. Raises Http404."""
        logo = self.contract.workspace.logo
        if logo and logo.digest == digest:
            return logo
        rows = StoredFile.objects.filter(exhibits__version=self.version, digest=digest)
        may = contracts.may_now(self.participant, "fetch", self.contract)
        file = rows.first() if may else None
        if file is None:
            raise Http404
        return file


class File(FilePage):
    """A picture, a poster, a video, captions; or what is taken along."""

    def get(self, request: HttpRequest, public_id: str, digest: str) -> HttpResponse:
        """What a page shows; what is taken along has a button there."""
        file = self.named(digest)
        if file.sort in TAKEN:
            return see_other(self.address_of("contract"))
        return serving.answer(request, _content(file), file.media_type, file.name)

    def post(self, request: HttpRequest, public_id: str, digest: str) -> HttpResponse:
        """The file itself, recorded."""
        file = self.named(digest)
        if file.sort in TAKEN and not self.contract.gives_files:
            raise Http404
        content = _content(file)
        signing.take_along(self.contract, file, link=self.link, by=self.by)
        return serving.answer(request, content, file.media_type, file.name)


class Leaf(FilePage):
    """A page of an exhibit, as a picture."""

    def get(self, request: HttpRequest, public_id: str, digest: str, number: str) -> HttpResponse:
        """Drawn once and kept."""
        file, leaf = self.named(digest), int(number)
        if leaf > (file.pages or 0):
            raise Http404
        try:
            drawn = contracts.page_picture(file, leaf)
        except Refusal as refusal:
            raise Http404 from refusal
        return serving.answer(request, drawn, "image/jpeg", f"{leaf}.jpg")


def _content(file: StoredFile) -> bytes:
    try:
        return contracts.file_content(file)
    except Refusal as refusal:
        raise Http404 from refusal
