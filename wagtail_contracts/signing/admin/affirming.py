"""Our own side signs: what is signed, who one is, and yes.

Whoever has a device for one-time codes confirms with it; anybody else by a code that is mailed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import FormView
from wagtail.admin import messages

from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import StaleVersion
from wagtail_contracts.contracts.models import Participant
from wagtail_contracts.contracts.rendering.around import spoken
from wagtail_contracts.contracts.rendering.changes import comparison
from wagtail_contracts.errors import Refusal
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.admin.pages import ROOM, ContractPage, address
from wagtail_contracts.signing.backends import methods
from wagtail_contracts.signing.backends.methods import TOTP, CodeMethod
from wagtail_contracts.signing.errors import CodeWrong
from wagtail_contracts.signing.models import Identification, Purpose
from wagtail_contracts.signing.rendering.consent import declaration

KEPT = "wagtail_contracts_signing"  # in the session: which code is being waited for


class CodeForm(forms.Form):
    """A code."""

    code = forms.CharField(
        max_length=16,
        label=gettext_lazy("Code"),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def clean_code(self) -> str:
        """People group digits."""
        return "".join(str(self.cleaned_data["code"]).split())


class NameForm(forms.Form):
    """The version that was shown, and the name for the signature."""

    digest = forms.CharField(widget=forms.HiddenInput)
    name = forms.CharField(
        max_length=120, label=gettext_lazy("Your name as it will stand in the signature")
    )


class DeviceForm(NameForm, CodeForm):
    """With the code of a device of one's own."""

    device = forms.ChoiceField(label=gettext_lazy("Device"))
    field_order = ["digest", "name", "device", "code"]

    def __init__(self, *args: Any, devices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["device"]
        choice.choices = devices
        self.fields["code"].help_text = _("Six digits from your code app.")
        if len(devices) == 1:
            choice.initial, choice.widget = devices[0][0], forms.HiddenInput()


class OwnSignatory(ContractPage, FormView):
    """Only for whoever takes part in this contract as a member of our staff."""

    @classmethod
    def as_view(cls, **kwargs: Any) -> Callable[..., HttpResponseBase]:
        """A transaction around the request would undo the counting of wrong codes."""
        return transaction.non_atomic_requests(super().as_view(**kwargs))

    @cached_property
    def participant(self) -> Any:
        """The participant that the one who asks is; None is turned away."""
        mine = Participant.objects.present().filter(
            party__contract=self.contract, user=self.request.user
        )
        return mine.select_related("party").order_by("pk").first()

    @property
    def acting(self) -> Actor:
        """The participant as the one who acts."""
        return signing.actor_of(self.participant)

    @cached_property
    def version(self) -> Any:
        """The newest version; who comes before there is one is turned away."""
        return self.contract.current_version

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Turn everybody else away."""
        if self.participant is None or self.version is None:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def sign(self, identification: Identification, name: str, digest: str) -> HttpResponse:
        """Say yes to what was shown."""
        language = spoken(get_language() or self.participant.language)
        consent = declaration(self.version, self.participant, language)
        affirmed = signing.Affirmed(name, consent, language)
        signing.sign(self.participant, digest, identification, affirmed, by=self.acting)
        messages.success(self.request, _("You have signed."))
        return redirect(address("inspect", self.contract))


class SignView(OwnSignatory):
    """What is signed, on one page."""

    template_name = f"{ROOM}/sign.html"
    page_title = gettext_lazy("Sign for us")
    header_icon = "edit"

    @cached_property
    def accepted(self) -> tuple[str, ...]:
        """By which means the one who asks may sign."""
        return signing.accepted(self.participant, Purpose.SIGNING)

    @cached_property
    def means(self) -> Any:
        """The means that leads to the contract's own page; None for a code, which is typed here."""
        found = methods.method(self.accepted[0])
        here = isinstance(found, CodeMethod) or TOTP in self.accepted
        return None if here else found

    @cached_property
    def devices(self) -> list[tuple[str, str]]:
        """The devices of the one who asks, where one may sign; a recovery code is no signature."""
        if TOTP not in self.accepted:
            return []
        found = contracts.factors_of(self.request.user)
        return [(device.persistent_id, device.name) for device in found]

    def get_form_class(self) -> Any:
        """With a code where there is a device."""
        return DeviceForm if self.devices else NameForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """The devices to choose from."""
        return {**super().get_form_kwargs(), **({"devices": self.devices} if self.devices else {})}

    def get_initial(self) -> dict[str, Any]:
        """The digest travels with the form."""
        return {"digest": self.version.digest, "name": self.participant.name}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The text, the declaration, and whether it is one's turn."""
        now = signing.standing(self.version)
        place = now.of(self.participant)
        language = spoken(get_language() or self.participant.language)
        return super().get_context_data(
            version=self.version,
            content=self.version.content,
            **self._compared(),
            place=place,
            possible=bool(place and place.may_sign and self._is_done_here()),
            means=self.means,
            public_page=reverse("wagtail_contracts:mine_open", args=[self.participant.public_id]),
            lacks_device=self.accepted == (TOTP,) and not self.devices,
            empty=self.version.unanswered,
            declaration=declaration(self.version, self.participant, language) if place else "",
            **kwargs,
        )

    def _is_done_here(self) -> bool:
        """Out for signing, by a means that one has, and that is shown in the admin."""
        lacking = self.accepted == (TOTP,) and not self.devices
        return self.contract.state == "signing" and self.means is None and not lacking

    def _compared(self) -> dict[str, Any]:
        """What changed since the version that evidence will say was compared."""
        earlier = signing.compared_with(self.participant, self.version)
        if earlier is None:
            return {}
        made = comparison(earlier.content, self.version.content, language=get_language())
        return {"earlier": earlier, "comparison": made}

    def form_valid(self, form: Any) -> HttpResponse:
        """Identify at once, or have a code sent."""
        said = form.cleaned_data
        try:
            contracts.view(self.participant, said["digest"], by=self.acting)
            if self.devices:
                return self.sign(self.identified(said), said["name"], said["digest"])
            challenge = signing.ask_code(self.participant, said["digest"], by=self.acting)
        except CodeWrong:
            form.add_error("code", _("The code is wrong, was used before, or came too soon."))
            return self.form_invalid(form)
        except Refusal as refusal:
            return self.refused(form, refusal)
        act = {"challenge": challenge.public_id, "digest": said["digest"], "name": said["name"]}
        self.request.session[KEPT] = act
        return redirect(address("sign_code", self.contract))

    def identified(self, said: dict[str, Any]) -> Identification:
        """Ask the device."""
        return signing.identify_staff(
            self.participant,
            self.request.user,
            said["device"],
            said["code"],
            said["digest"],
            by=self.acting,
        )

    def refused(self, form: Any, refusal: Refusal) -> HttpResponse:
        """Show the newest version, and say why nothing was signed."""
        if isinstance(refusal, StaleVersion):
            stale = _("The contract changed while you were reviewing. Nothing is signed.")
            messages.warning(self.request, stale)
            return redirect(address("sign", self.contract))
        form.add_error(None, str(refusal))
        return self.form_invalid(form)


class SignCodeView(OwnSignatory):
    """The code from the mail; the right one signs."""

    template_name = f"{ROOM}/sign_code.html"
    page_title = gettext_lazy("Sign for us: the code")
    header_icon = "key"
    form_class = CodeForm

    @cached_property
    def act(self) -> dict[str, Any]:
        """What this session is signing."""
        return dict(self.request.session.get(KEPT, {}))

    @cached_property
    def challenge(self) -> Any:
        """The code that is being waited for, if it is this participant's."""
        mine = self.participant.challenges.filter(session=None)
        return mine.filter(public_id=self.act.get("challenge", "")).first()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Back to the beginning where nothing was begun."""
        if self.participant is not None and self.challenge is None:
            return redirect(address("sign", self.contract))
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form is always there."""
        return super().get_context_data(possible=True, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Compare, and sign."""
        try:
            code = form.cleaned_data["code"]
            identification = signing.identify(self.challenge, code, by=self.acting)
            answer = self.sign(identification, self.act["name"], self.act["digest"])
        except CodeWrong as wrong:
            left = _("The code is wrong. %(left)s tries are left.") % {"left": wrong.left}
            form.add_error("code", left)
            return self.form_invalid(form)
        except Refusal as refusal:
            messages.error(self.request, str(refusal))
            return redirect(address("sign", self.contract))
        self.request.session.pop(KEPT, None)
        return answer
