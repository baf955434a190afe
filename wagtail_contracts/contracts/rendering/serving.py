"""Answers that carry a private file: offered, never opened as a page of ours (S-48)."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse

from wagtail_contracts.contracts.core.files import names

POLICY = "default-src 'none'; sandbox"
RANGE = re.compile(r"bytes=(\d{0,12})-(\d{0,12})")
PARTIAL, UNSATISFIABLE = 206, 416


def answer(request: HttpRequest, content: bytes, media_type: str, name: str) -> HttpResponse:
    """The file, or the part of it that a player asks for (RFC 9110, 14).

    A picture or a video in a page of ours is shown all the same; opened by its address, it is
    saved to a disk.
    """
    response = _part(request, content)
    response["Content-Type"] = media_type
    response["Content-Disposition"] = names.disposition(name)
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Accept-Ranges"] = "bytes"
    return response


def _part(request: HttpRequest, content: bytes) -> HttpResponse:
    # Parts are for GET alone; any other method ignores the header (RFC 9110, 14.2).
    wanted = request.headers.get("Range", "") if request.method == "GET" else ""
    asked = RANGE.fullmatch(wanted)
    if asked is None or not any(asked.groups()):
        return HttpResponse(content)
    first, last = asked[1], asked[2]
    begin = int(first) if first else max(0, len(content) - int(last))
    end = min(int(last) + 1, len(content)) if first and last else len(content)
    if begin >= end:
        response = HttpResponse(status=UNSATISFIABLE)
        response["Content-Range"] = f"bytes */{len(content)}"
        return response
    response = HttpResponse(content[begin:end], status=PARTIAL)
    response["Content-Range"] = f"bytes {begin}-{end - 1}/{len(content)}"
    return response
