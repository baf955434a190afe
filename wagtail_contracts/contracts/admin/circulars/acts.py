"""What is done about a text for many by one button, and what an open page asks."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import View
from wagtail.admin import messages

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin.circulars import places, words
from wagtail_contracts.contracts.core import cells
from wagtail_contracts.contracts.flows import circulars, nudging
from wagtail_contracts.contracts.models import Verb
from wagtail_contracts.errors import Refusal

MARK = "\ufeff"  # tells Excel that it is UTF-8


class ButtonView(places.OfOne, View, ABC):
    """By post; the page says what became of it."""

    asks_code = True
    http_method_names = ["post"]

    def comes_back(self) -> str:
        """The page with the button: what was posted is dropped."""
        return self.address

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Do it, or say why not."""
        try:
            messages.success(request, self.act())
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect(self.address)

    @abstractmethod
    def act(self) -> str:
        """Call the verb, and say what it did."""


class RemindView(ButtonView):
    """Those who have not signed."""

    def act(self) -> str:
        count = nudging.remind_rest(self.circular, by=self.by)
        said = ngettext("%d person is reminded.", "%d people are reminded.", count)
        return said % count


class JoinView(ButtonView):
    """Those who joined the group since, and to whom it could not be sent."""

    def act(self) -> str:
        count = circulars.take_in_newcomers(self.circular, by=self.by)
        said = ngettext("It goes to %d more person.", "It goes to %d more people.", count)
        return said % count


class ExportView(places.OfOne, View):
    """Who has signed, for a spreadsheet program."""

    asks_code = True
    verb = Verb.EXPORT
    http_method_names = ["post"]

    def comes_back(self) -> str:
        """The page with the button."""
        return self.address

    def post(self, request: HttpRequest, public_id: str) -> HttpResponseBase:
        """The file."""
        if not words.may_export(request.user, self.circular):
            raise PermissionDenied
        found = list(contracts.circular_members(self.circular))
        circulars.note_circular_export(self.circular, len(found), by=self.by)
        lines = [self._head(), *(_line(row) for row in words.rows(found, request.user))]
        made = StreamingHttpResponse(
            [MARK, *cells.lines(lines)], content_type="text/csv; charset=utf-8"
        )
        name = f"signed-{timezone.localdate().isoformat()}.csv"
        made["Content-Disposition"] = f'attachment; filename="{name}"'
        made["Cache-Control"] = "no-store, private"
        return made

    def _head(self) -> list[cells.Cell]:
        return [
            _("Name"),
            _("E-mail"),
            _("Round"),
            _("State"),
            _("Signed on"),
            _("Earlier text"),
            _("Number"),
        ]


class StateView(places.OfOne, View):
    """Whether anything has moved; nothing is written."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """A stamp that is another then."""
        response = JsonResponse({"stamp": words.stamp(self.circular)})
        response["Cache-Control"] = "no-store, private"
        return response


def _line(row: words.Row) -> list[cells.Cell]:
    member: Any = row.member
    at = timezone.localtime(row.signed_at).date() if row.signed_at else None
    number = row.contract.number if row.contract else ""
    return [row.name, member.user.email, member.round.number, row.words, at, row.before, number]
