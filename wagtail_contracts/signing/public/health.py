"""The address for monitors: 200 while contracts get on, 503 when somebody has to look.

Plain `application/json` with the member names of draft-inadarei-api-health-check-06, whose own
media type was never registered. It tells nothing about any contract, so anybody may ask.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils.log import log_response
from django.views import View

from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.public import headers

log = logging.getLogger("wagtail_contracts.health")
AGAIN = "60"  # seconds
WORST = ("fail", "warn", "pass")


class Health(View):
    """Looks, and changes nothing. Who asks makes no difference: no cookie is read."""

    http_method_names = ["get", "head"]

    @classmethod
    def as_view(cls, **kwargs: Any) -> Callable[..., HttpResponseBase]:
        """Without a transaction around the request, which a database that is away can't begin."""
        return transaction.non_atomic_requests(super().as_view(**kwargs))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer with the headers of all public addresses."""
        response = super().dispatch(request, *args, **kwargs)
        headers.set_on(response, headers.FILE)
        return response

    def get(self, request: HttpRequest) -> JsonResponse:
        """The worst of all checks, and each of them."""
        checks = signing.health()
        worst = next(status for status in WORST if status in checks.values())
        status = 503 if worst == "fail" else 200
        response = JsonResponse({"status": worst, "checks": checks}, status=status)
        if status == 503:
            response["Retry-After"] = AGAIN
            bad = ", ".join(name for name, said in checks.items() if said == "fail")
            # Else Django writes an error, and mails it, each time that a monitor asks.
            log_response("not well: %s", bad, response=response, logger=log, level="warning")
        return response
