"""The public page of a template: read it, say who one is, confirm one's mailbox, begin.

No cookie is needed before there is a contract: a form is ours by a signed stamp in it, which says
when it was made. Nobody is asked to prove that they are human; who is too fast is asked again, and
who fills in what people don't see is thanked like everybody else.
"""

from __future__ import annotations

import re
import secrets
from typing import Any

from django import forms
from django.core import signing as stamps
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.flows import exhibiting, offering
from wagtail_contracts.contracts.flows.visitors import (
    Visitor,
    shown,
    template_of,
    visitor_role,
)
from wagtail_contracts.contracts.models import Party, StoredFile, staff_name
from wagtail_contracts.contracts.rendering import html, serving
from wagtail_contracts.contracts.rendering.around import spoken
from wagtail_contracts.contracts.rendering.parts import Shelf
from wagtail_contracts.errors import Refusal
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.errors import SelfServiceFull
from wagtail_contracts.signing.flows import visiting
from wagtail_contracts.signing.public import visitors
from wagtail_contracts.signing.public.contents import Text
from wagtail_contracts.signing.public.landing import looked
from wagtail_contracts.signing.public.page import Page, see_other

SALT = "wagtail_contracts.signing.self_service"
LEAST, MOST = 3, 12 * 3600  # seconds between the form and its post
TRAP = "website"
LINKED = re.compile(r"://|www\.", re.IGNORECASE)


class VisitForm(forms.Form):
    """Who one is; for an organisation where the role is one."""

    name = forms.CharField(
        max_length=120, error_messages={"required": gettext_lazy("Enter your name.")}
    )
    email = forms.EmailField(
        max_length=254,
        error_messages={
            "required": gettext_lazy("Enter an e-mail address, for example kari@kunde.example."),
            "invalid": gettext_lazy("Enter an e-mail address, for example kari@kunde.example."),
        },
    )
    organisation = forms.CharField(
        max_length=120,
        required=False,
        error_messages={"required": gettext_lazy("Enter the name of the organisation.")},
    )
    organisation_number = forms.CharField(
        max_length=40,
        required=False,
        error_messages={"required": gettext_lazy("Enter its organisation number.")},
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = ("organisation", "organisation_number")
        for name in asked:
            if kind == Party.Kind.PERSON:
                del self.fields[name]
            else:
                self.fields[name].required = kind == Party.Kind.ORGANISATION

    def clean_name(self) -> str:
        """A name is none that carries an advertisement into somebody else's mailbox."""
        name = str(self.cleaned_data["name"])
        if LINKED.search(name):
            raise forms.ValidationError(_("Enter your name."))
        return name

    def clean(self) -> dict[str, Any]:
        """A number alone is none of an organisation."""
        given = super().clean() or {}
        if given.get("organisation") and not given.get("organisation_number"):
            self.add_error("organisation_number", _("Enter its organisation number."))
        if given.get("organisation_number") and not given.get("organisation"):
            self.add_error("organisation", _("Enter the name of the organisation."))
        return given


class Offer(Page):
    """What all pages at a public address share; unknown and switched off are one answer."""

    proves = False

    def enter(self, request: HttpRequest, **kwargs: Any) -> None:
        """Find what is offered there. Raises Http404."""
        service = visiting.service_at(kwargs["slug"])
        if service is None:
            raise Http404
        self.service, self.workspace = service, service.workspace

    def instead(self) -> HttpResponse | None:
        """After the last day, what is to be read then."""
        return self.away("closed", status=410) if offering.is_closed(self.service) else None

    def away(self, why: str, *, status: int) -> HttpResponse:
        """Why nobody can begin now."""
        return self.show(
            "self_service_away",
            why=why,
            status=status,
            service=self.service,
            organisation=self.service.workspace.legal_name,
        )

    def content(self) -> dict[str, Any]:
        """What is to be read. Raises Http404 where it can't be shown any more."""
        try:
            return shown(self.service)
        except Refusal as refusal:
            raise Http404 from refusal


class SelfService(Offer):
    """The page itself."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show what would be agreed, and the form."""
        return self._page(self._form())

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Send the link; the same answer whoever asks, also to what is no human."""
        form = self._form(request.POST)
        if request.POST.get(TRAP):
            return self._sent()
        if not form.is_valid():
            return self._page(form, status=422)
        if not is_ours(request.POST.get("stamp", ""), self.service.pk):
            again = _("Look at it once more, then press the button again.")
            form.add_error(None, again)
            return self._page(form, status=422)
        visitor = Visitor(**form.cleaned_data, language=self.language)
        try:
            visiting.ask_visit(self.service, visitor, visitors.address(request), by=SYSTEM)
        except SelfServiceFull:
            return self.away("full", status=429)
        return self._sent()

    def _form(self, data: Any = None) -> VisitForm:
        role = visitor_role(template_of(self.service))
        return VisitForm(data, kind=role["kind"])

    def _stamp(self) -> str:
        """That of the form before, where it was ours: who mends a field need not wait again."""
        given = str(self.request.POST.get("stamp", ""))
        return given if age_of(given, self.service.pk) is not None else stamp(self.service.pk)

    def _sent(self) -> HttpResponse:
        return self.show("self_service_sent", organisation=self.service.workspace.legal_name)

    def _page(self, form: VisitForm, *, status: int = 200) -> HttpResponse:
        content = self.content()
        shelf = Shelf(
            reverse("wagtail_contracts:self_service", args=[self.service.slug]) + "files/"
        )
        shelf = Shelf(shelf.address, words=contracts.page_words(content), withheld=True)
        text = html.document(content, language=self.language, shelf=shelf)
        self.frames = contracts.players(content)
        return self.show(
            "self_service",
            status=status,
            content=content,
            contents=Text("", self.language, content).listed(),
            document=text,
            form=form,
            full=visiting.is_full(self.service),
            stamp=self._stamp(),
            trap=TRAP,
            service=self.service,
            organisation=self.service.workspace.legal_name,
            contact=staff_name(self.service.owner, self.service),
        )


class Begin(Page):
    """Behind the link in the mail: who offers it, and one button. Looking changes nothing."""

    def enter(self, request: HttpRequest, **kwargs: Any) -> None:
        """Find out whose link this is. Raises UnknownLink."""
        self.visit = visiting.visit_of(kwargs["token"])
        if self.visit.service.slug != kwargs["slug"]:
            raise Http404
        self.language = spoken(self.visit.language)
        self.workspace = self.visit.service.workspace

    def get(self, request: HttpRequest, slug: str, token: str) -> HttpResponse:
        """Ask for the button."""
        return self.show("self_service_begin", service=self.visit.service)

    def post(self, request: HttpRequest, slug: str, token: str) -> HttpResponse:
        """Make the contract, and go on to it."""
        address = visitors.address(request)
        session, secret = visiting.confirm_visit(self.visit, address, by=SYSTEM)
        if signing.may_read(session):
            looked(session, signing.actor_of(session.participant, address))
        place = reverse("wagtail_contracts:contract", args=[session.participant.public_id])
        response = see_other(place)
        visitors.remember(request, response, session, secret)
        return response


class OfferFile(Offer):
    """A picture or a video of what is to be read, or a page of an exhibit; no other file."""

    def get(self, request: HttpRequest, slug: str, digest: str, number: str = "") -> HttpResponse:
        """Serve it."""
        file, leaf = self._named(digest), int(number or 0)
        if leaf > (file.pages or 0) or (not leaf and file.sort == "exhibit"):
            raise Http404
        try:
            if leaf:
                drawn = contracts.page_picture(file, leaf)
                return serving.answer(request, drawn, "image/jpeg", f"{leaf}.jpg")
            kept = contracts.file_content(file)
        except Refusal as refusal:
            raise Http404 from refusal
        return serving.answer(request, kept, file.media_type, file.name)

    def _named(self, digest: str) -> StoredFile:
        logo = self.service.workspace.logo
        if logo and logo.digest == digest:
            return logo
        found = exhibiting.shown_file(self.content(), digest)
        if found is None:
            raise Http404
        return found


def stamp(service: int) -> str:
    """What a form carries: which one it is, when it was made, and something that differs."""
    made = {"service": service, "at": timezone.now().timestamp(), "of": secrets.token_hex(8)}
    return stamps.dumps(made, salt=SALT)


def is_ours(given: str, service: int) -> bool:
    """Whether a form was made by us for this page: long enough ago for a human, not too long."""
    age = age_of(given, service)
    return age is not None and age >= LEAST


def age_of(given: str, service: int) -> float | None:
    """How many seconds ago we made a form for this page; None where we did not, or too long ago."""
    try:
        made = stamps.loads(given, salt=SALT)
    except stamps.BadSignature:
        return None
    age = float(timezone.now().timestamp() - made["at"])
    return age if made["service"] == service and age <= MOST else None
