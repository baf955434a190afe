"""The state of a contract as JSON, with a tag that says whether it is still the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags


def answer(request: HttpRequest, state: Mapping[str, Any]) -> HttpResponse:
    """200 with the state, or 304 without a body where `If-None-Match` names its tag (RFC 9110)."""
    tag = f'"{state["tag"]}"'
    # Whatever compresses answers on the way marks the tag as weak.
    known = [given.removeprefix("W/") for given in parse_etags(_asked(request))]
    response: HttpResponse = HttpResponseNotModified()
    if tag not in known:
        response = HttpResponse(written(state), content_type="application/json")
    response["ETag"] = tag
    return response


def written(state: Mapping[str, Any]) -> str:
    """The state as a page carries it."""
    return json.dumps(state, separators=(",", ":"))


def _asked(request: HttpRequest) -> str:
    return request.headers.get("If-None-Match", "")
