"""“I don’t know this sender”: a report to those who run the site, whoever reports.

The page says nothing of any contract, and the same whether there is one or not.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts.models import Participant
from wagtail_contracts.errors import Refusal
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.public import visitors
from wagtail_contracts.signing.public.helping import Help
from wagtail_contracts.signing.rendering.alerts import KINDS, OTHER

LONGEST = 2000


class ReportForm(forms.Form):
    """What is wrong, in one of our kinds; in words where none of them says it."""

    kind = forms.ChoiceField(
        choices=KINDS,
        error_messages={
            "required": _("Choose what is wrong."),
            "invalid_choice": _("Choose what is wrong."),
        },
    )
    words = forms.CharField(
        required=False,
        max_length=LONGEST,
        error_messages={"max_length": _("Use at most 2000 characters.")},
    )
    about = forms.CharField(
        required=False,
        max_length=200,
        error_messages={"max_length": _("Use at most 200 characters.")},
    )
    email = forms.EmailField(
        required=False,
        error_messages={
            "invalid": _("Enter an e-mail address, for example kari@kunde.example."),
        },
    )

    def clean(self) -> dict[str, Any]:
        """Something else is said in words."""
        given = super().clean() or {}
        if given.get("kind") == OTHER and not given.get("words", "").strip():
            self.add_error("words", _("Say what is wrong."))
        return given


class Report(Help):
    """The form; by the address of a personal link, too, which says what it is about."""

    def get(self, request: HttpRequest, token: str = "") -> HttpResponse:
        """Ask what is wrong."""
        return self._page(ReportForm())

    def post(self, request: HttpRequest, token: str = "") -> HttpResponse:
        """Tell those who run the site; always the same answer.

        By a link that is over nobody acts, but the report names whose it was.
        """
        form = ReportForm(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        person = self._person(token)
        address = visitors.address(request)
        by = signing.actor_of(person, address) if person else SYSTEM
        said = signing.Report(**form.cleaned_data)
        about = person or signing.addressee(token)
        signing.report_abuse(said, address, participant=about, by=by)
        return self.show("reported")

    def _person(self, token: str) -> Participant | None:
        """Whose link, or whose open page, the report came from."""
        try:
            return signing.invited(token) if token else self._visitor()
        except Refusal:
            return None

    def _visitor(self) -> Participant | None:
        public_id = self.request.GET.get("of", "")
        session = signing.session_of(visitors.cookie_of(self.request, public_id))
        mine = session is not None and session.participant.public_id == public_id
        return session.participant if session and mine else None

    def _page(self, form: ReportForm, *, status: int = 200) -> HttpResponse:
        return self.show("report", form=form, choices=KINDS, status=status)
