"""What an outsider sees when something is refused or breaks: never more than they may know."""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass

from django.core.exceptions import (
    BadRequest,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.template.loader import render_to_string
from django.utils.log import log_response
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wagtail_contracts.errors import Refusal
from wagtail_contracts.sealing.errors import FileAltered, StorageFailed
from wagtail_contracts.signing.core import masks
from wagtail_contracts.signing.errors import ExpiredLink, HandedOn, TooMany, UnknownLink

TEMPLATE = "wagtail_contracts/signing/public/failure.html"
UNREADABLE = (SuspiciousOperation, BadRequest, MultiPartParserError)
security = logging.getLogger("wagtail_contracts.security")


@dataclass(frozen=True)
class Failure:
    """One page of refusal."""

    status: int
    title: str
    text: str
    code: str
    numbered: bool = True


def answer(request: HttpRequest, error: Exception) -> HttpResponse:
    """The page for what was raised; a crash is logged under a number that the page shows.

    Pages that say "not found" carry no number: they are equal byte for byte, whatever it was.
    """
    failure = _failure(request, error)
    reference = secrets.token_hex(4).upper() if failure.numbered else ""
    response = HttpResponse(_page(failure, reference), status=failure.status)
    if isinstance(error, TooMany):
        response["Retry-After"] = str(error.seconds)
    elif failure.status == 503:
        response["Retry-After"] = "30"
    _report(request, failure, reference, response, error)
    return response


def _page(failure: Failure, reference: str) -> str:
    context = {"failure": failure, "reference": reference, "language": get_language()}
    return render_to_string(TEMPLATE, context)


def _report(
    request: HttpRequest,
    failure: Failure,
    reference: str,
    response: HttpResponse,
    error: Exception,
) -> None:
    """Write one line; without the request, whose path may hold the secret of a link."""
    words = (failure.code, failure.status, request.method, reference or "-")
    line = "code=%s status=%s method=%s reference=%s"
    if failure.status < 500:
        log_response(line, *words, response=response, logger=security, level="warning")
        return
    got_request_exception.send(sender=None, request=request)
    log_response(line, *words, response=response, exception=error)


def _failure(request: HttpRequest, error: Exception) -> Failure:
    if isinstance(error, Http404 | UnknownLink | ExpiredLink):
        return _unknown()
    if isinstance(error, HandedOn):
        return _handed_on(error)
    if isinstance(error, TooMany):
        return Failure(429, _("Too many attempts"), str(error), error.code)
    if isinstance(error, Refusal) and not isinstance(error, FileAltered | StorageFailed):
        return Failure(409, _("This can’t be done now"), str(error), error.code)
    if isinstance(error, PermissionDenied):
        return _forbidden()
    if isinstance(error, RequestDataTooBig):
        return Failure(413, _("That is too large"), _("Send less at once."), "too_large")
    if isinstance(error, UNREADABLE):
        return Failure(400, _("This can’t be read"), _("Go back and try again."), "unreadable")
    return _broken(request, error)


def _unknown() -> Failure:
    text = _(
        "Open the contract with the newest e-mail that you got about it. An older link may have "
        "been replaced, and for your safety an open page ends after some hours."
    )
    return Failure(404, _("This link does not work"), text, "not_found", numbered=False)


def _handed_on(error: HandedOn) -> Failure:
    """Only to the one who did it: nobody else has this link."""
    words = {"address": masks.address(error.email)}
    text = _(
        "It was sent to %(address)s, who decides now. Your own link has ended, so that nobody else "
        "can use it. Was that a mistake? Write to the sender: the invitation names them."
    )
    title = _("You have forwarded this contract")
    return Failure(410, title, text % words, error.code, numbered=False)


def _forbidden() -> Failure:
    text = _("Your browser did not show that the request comes from this page. Nothing was stored.")
    return Failure(403, _("Go back, reload the page and try again"), text, "forbidden")


def _broken(request: HttpRequest, error: Exception) -> Failure:
    away = isinstance(error, OperationalError | InterfaceError | StorageFailed)
    text = _("This is our fault, not yours. Try again in a little while.")
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        text = _("We are not sure that it was saved. Open the contract again to see.")
    return Failure(503 if away else 500, _("Something went wrong"), text, "crash")
