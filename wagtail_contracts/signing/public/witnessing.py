"""The witness: somebody who was present says so, right after the signature, on the same device."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from wagtail_contracts.errors import Refusal
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.errors import WitnessRefused
from wagtail_contracts.signing.public import facts
from wagtail_contracts.signing.public.page import ParticipantPage, see_other
from wagtail_contracts.signing.public.situations import Situation
from wagtail_contracts.signing.rendering.presence import statement


class WitnessForm(forms.Form):
    """Who was present, and where they are found."""

    name = forms.CharField(
        max_length=120,
        error_messages={"required": gettext_lazy("Write the name of the witness.")},
    )
    about = forms.CharField(
        max_length=200,
        error_messages={
            "required": gettext_lazy("Write where the witness lives, or what they do.")
        },
    )


class Witness(ParticipantPage):
    """Asks the witness, once after each signature that needs one."""

    @cached_property
    def situation(self) -> Situation:
        """How things stand now."""
        return Situation(self.contract, self.version, self.participant)

    def elsewhere(self) -> HttpResponse | None:
        """Where to go if no witness is waited for here."""
        place = self.situation.place
        if place is None or not place.signature or self.contract.state != "signing":
            return see_other(self.address_of("contract"))
        return None if place.lacks else see_other(self.address_of("done"))

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """The declaration, and two fields."""
        return self.elsewhere() or self._page(WitnessForm())

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Note it; another witness, or all is done."""
        form, digest = WitnessForm(request.POST), request.POST.get("digest", "")
        if elsewhere := self.elsewhere():
            return elsewhere
        if not form.is_valid():
            return self._page(form, status=422)
        said = form.cleaned_data
        witness = signing.Witness(said["name"], said["about"], self.statement, self.language)
        try:
            signing.attest(self.session, digest, witness, by=self.by)
        except WitnessRefused as refusal:
            form.add_error(refusal.field or None, str(refusal))
            return self._page(form, status=422)
        except Refusal:
            return see_other(self.address_of("contract"))
        return see_other(self.address_of("witness"))

    @property
    def statement(self) -> str:
        """What the witness affirms, word for word as it is kept."""
        place = self.situation.place
        name = place.signature.name if place and place.signature else ""
        return statement(self.version, name, self.language)

    def _page(self, form: WitnessForm, *, status: int = 200) -> HttpResponse:
        place = self.situation.place
        return self.show(
            "witness",
            status=status,
            form=form,
            statement=self.statement,
            given=place.signature if place else None,
            here=bool(place and place.signature and signing.is_sitting(self.session, place)),
            number=place.person["witnesses"] - place.lacks + 1 if place else 1,
            **facts.common(self, self.situation),
        )
