"""To the right person: somebody who signs instead, approves before, advises or only reads."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import PersonRefused, StaleVersion, WrongState
from wagtail_contracts.contracts.models import Participant, PersonRequest
from wagtail_contracts.errors import Refusal
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.backends.sms import sms_offered
from wagtail_contracts.signing.errors import TooMany
from wagtail_contracts.signing.public import changing, facts, gate
from wagtail_contracts.signing.public.page import ParticipantPage, see_other
from wagtail_contracts.signing.public.situations import Situation

AN_HOUR = 20  # people by one link; how many people may come in is a rule of the flow
WISHES = (
    ("sign", _("Sign instead of me")),
    ("approve", _("Approve before me")),
    ("advise", _("Give advice: read, comment and suggest")),
    ("read", _("Only read")),
)


class ForwardForm(forms.Form):
    """Who, and what they should do. The flow says what can't be."""

    todo = forms.ChoiceField(
        choices=WISHES,
        error_messages={
            "required": _("Choose what the person should do."),
            "invalid_choice": _("Choose what the person should do."),
        },
    )
    name = forms.CharField(error_messages={"required": _("Write the name of the person.")})
    email = forms.CharField(error_messages={"required": _("Write an e-mail address.")})
    phone = forms.CharField(required=False)
    capacity = forms.CharField(required=False)
    message = forms.CharField(required=False)

    def __init__(self, *args: Any, choices: tuple[Any, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["todo"].choices = choices  # type: ignore[attr-defined]
        if not sms_offered():
            del self.fields["phone"]

    def person(self, language: str) -> contracts.NewPerson:
        """The one that was named; their page speaks like that of whoever named them."""
        named = {key: said for key, said in self.cleaned_data.items() if key != "todo"}
        return contracts.NewPerson(language=language, **named)


class Forward(ParticipantPage):
    """The page where somebody else is let in."""

    keeps = True

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Ask who, and for what."""
        if not self.choices:
            return see_other(self.address_of("contract"))
        return self._page(ForwardForm(choices=self.choices))

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Let them in, ask the sender, or say why not."""
        if not self.choices:
            return see_other(self.address_of("contract"))
        form = ForwardForm(request.POST, choices=self.choices)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            made = self._forward(form)
        except StaleVersion:
            return changing.stale_page(self)
        except WrongState:
            return see_other(self.address_of("contract"))
        except TooMany:
            raise
        except Refusal as refused:
            field = getattr(refused, "field", "") if isinstance(refused, PersonRefused) else ""
            form.add_error(field if field in form.fields else None, str(refused))
            return self._page(form, status=422)
        note = "asked" if isinstance(made, PersonRequest) else "added"
        return see_other(f"{self.address_of('people')}?note={note}")

    def take_up(self) -> HttpResponse:
        """Who was named stands in the form again."""
        if not self.choices:
            return see_other(self.address_of("contract"))
        form = ForwardForm(self.request.POST, choices=self.choices)
        form.add_error(None, str(gate.UNSENT))
        return self._page(form)

    @property
    def choices(self) -> tuple[Any, ...]:
        """What somebody can be asked to do here, by the rules of the contract."""
        contract, me = self.contract, self.participant
        if not contracts.may_now(me, "forward", contract):
            return ()
        allowed = {"sign": contract.may_delegate and not self._has_signed}
        return tuple(row for row in WISHES if allowed.get(row[0], contract.may_add_readers))

    @property
    def _has_signed(self) -> bool:
        return self.version.signatures.filter(participant=self.participant).exists()

    def _forward(self, form: ForwardForm) -> Participant | PersonRequest:
        digest = self.request.POST.get("digest", "")
        person, todo = form.person(self.participant.language), form.cleaned_data["todo"]
        with signing.limited("forward", self.link, most=AN_HOUR, by=self.by):
            return signing.forward(self.participant, digest, person, todo, by=self.by)

    def _page(self, form: ForwardForm, *, status: int = 200) -> HttpResponse:
        situation = Situation(self.contract, self.version, self.participant)
        asked = PersonRequest.objects.filter(participant=self.participant, state="pending")
        context = {**facts.common(self, situation), "pending": asked.first()}
        return self.show("forward", status=status, form=form, choices=self.choices, **context)


class Agree(ParticipantPage):
    """Where the button “I agree” posts."""

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Nothing to see here but the contract."""
        return see_other(self.address_of("contract"))

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Agree to the version on the page, which is no signature."""
        try:
            signing.agree(self.participant, request.POST.get("digest", ""), by=self.by)
        except StaleVersion:
            return changing.stale_page(self)
        except WrongState:
            return see_other(self.address_of("contract"))
        return see_other(f"{self.address_of('contract')}?note=agreed")
