"""The doors of editors to files: upload one, name a video elsewhere, look at what is kept."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import URLPattern, path, re_path
from django.views import View
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.core.files import sorts
from wagtail_contracts.contracts.errors import UploadRefused
from wagtail_contracts.contracts.flows.refusing import sentence
from wagtail_contracts.contracts.models import StoredFile
from wagtail_contracts.contracts.rendering import serving
from wagtail_contracts.errors import Refusal

UPLOAD, FILE, LEAF = (f"wagtail_contracts_{name}" for name in ("upload", "file", "leaf"))
BESIDES = 1 << 16  # bytes of a request that are not the file
TOO_LARGE, REFUSED = 413, 422


class UploadView(View):
    """Takes one file, or the address of a video, and answers with what was kept.

    A request that is too large is refused before it is read: so its own check of forgery comes
    after that.
    """

    http_method_names = ["post"]

    @classmethod
    def as_view(cls, **kwargs: Any) -> Any:
        """Protect it ourselves."""
        return csrf_exempt(super().as_view(**kwargs))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse what is too large, then what another site sends."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > sorts.LARGEST + BESIDES:
            return JsonResponse({"error": sentence("size")}, status=TOO_LARGE)
        guarded: Any = csrf_protect(super().dispatch)
        response: HttpResponseBase = guarded(request, *args, **kwargs)
        return response

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep it, or say why not."""
        if not permissions.may_upload(request.user):
            raise Http404
        by = permissions.actor(request.user)
        try:
            if address := request.POST.get("address"):
                kept = contracts.keep_video(address, by=by)
            else:
                kept = contracts.keep_file(_upload(request), sort=_sort(request), by=by)
        except UploadRefused as refused:
            return JsonResponse({"error": str(refused)}, status=REFUSED)
        return JsonResponse({"file": kept.facts()})


class FileView(View):
    """A file that the user knows; all others are not found."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, digest: str, number: str = "0") -> HttpResponse:
        """The file, or one page of it."""
        leaf = int(number)
        file = _found(request.user, digest)
        if file is None or leaf > (file.pages or 0):
            raise Http404
        try:
            if leaf:
                drawn = contracts.page_picture(file, leaf)
                return serving.answer(request, drawn, sorts.JPEG, f"{leaf}.jpg")
            content = contracts.file_content(file)
        except Refusal as refusal:
            raise Http404 from refusal
        return serving.answer(request, content, file.media_type, file.name)


def _found(user: Any, digest: str) -> StoredFile | None:
    """One that the user knows by a text, or by a contract in which it was filled in."""
    known = StoredFile.objects.known_to(user).filter(digest=digest).first()
    return known or contracts.answered_file(user, digest, by=permissions.actor(user))


def _upload(request: HttpRequest) -> Any:
    if (given := request.FILES.get("file")) is None:
        raise UploadRefused(sentence("nothing"))
    return given


def _sort(request: HttpRequest) -> str:
    if (sort := request.POST.get("sort", "")) not in sorts.ALLOWED:
        raise UploadRefused(sentence("nothing"))
    return sort


def addresses() -> list[URLPattern]:
    """For the hook `register_admin_urls`."""
    digest = r"^contract-files/(?P<digest>[0-9a-f]{64})/"
    return [
        path("contract-files/", UploadView.as_view(), name=UPLOAD),
        re_path(rf"{digest}$", FileView.as_view(), name=FILE),
        re_path(rf"{digest}(?P<number>[1-9][0-9]{{0,2}})\.jpg$", FileView.as_view(), name=LEAF),
    ]
