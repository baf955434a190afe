"""The numbers of clauses while somebody writes and moves them: asked for, never stored."""

from __future__ import annotations

import json

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.views.generic import View

from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.core import outlines

NUMBERS = "wagtail_contracts_numbers"


class NumbersView(View):
    """Answers with the numbers that the posted outline has. It reads and changes nothing."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """404 for whoever writes no texts, 400 for what is no outline."""
        if not permissions.may_upload(request.user):
            raise Http404
        try:
            return JsonResponse(outlines.numbers(json.loads(request.POST.get("outline", ""))))
        except (ValueError, RecursionError):
            return HttpResponseBadRequest()
