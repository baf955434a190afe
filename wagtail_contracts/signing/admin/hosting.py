"""Signing in person: the device is handed to a guest, and the host's own log-in ends with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.admin.pages import ROOM, ActPage
from wagtail_contracts.signing.conf import signing as settings

FACTORS = "wagtail_contracts_factors"  # where a device for codes is set up
CLEAR = '"cache"'  # of the browser: the button "back" shows no page of the admin again


class GuestForm(forms.Form):
    """Who gets the device: somebody who signs in person, and whose turn it is."""

    participant: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        None,
        label=gettext_lazy("Who signs"),
        empty_label=None,
        to_field_name="public_id",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["participant"]
        field.queryset = signing.guests(contract)


class HandOverView(ActPage):
    """Sign in person. Asks for a fresh code of whoever hands the device over."""

    asks_code = True
    template_name = f"{ROOM}/hosting.html"
    page_title = gettext_lazy("Sign in person")
    header_icon = "user"
    form_class = GuestForm
    consequence = gettext_lazy(
        "You say that the person beside you is who signs, and that is recorded with your name. You "
        "are logged out on this device at once: hand it over, and take it back when the person is "
        "done. Then log in again."
    )
    button = gettext_lazy("Log me out and hand over")

    @classmethod
    def as_view(cls, **kwargs: Any) -> Callable[..., HttpResponseBase]:
        """Ending the log-in must not be undone by anything that fails later."""
        return transaction.non_atomic_requests(super().as_view(**kwargs))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A host has a device for codes; without one there is nothing to confirm with."""
        if not contracts.factors_of(request.user):
            return self._by_way_of_factors()
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The same for what is posted."""
        if not contracts.factors_of(request.user):
            return self._by_way_of_factors()
        return super().post(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Only people of this contract."""
        return {**super().get_form_kwargs(), "contract": self.contract}

    def get_initial(self) -> dict[str, Any]:
        """The person that was asked about is chosen."""
        return {"participant": self.request.GET.get("participant", "")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether there is anybody."""
        found = super().get_context_data(**kwargs)
        return {**found, "possible": found["form"].fields["participant"].queryset.exists()}

    def act(self, form: Any) -> None:
        guest, user = form.cleaned_data["participant"], self.request.user
        self.secret = signing.hand_over(guest, user, by=self.by)

    def answered(self) -> HttpResponse:
        """Log the host out of this browser, then lead the guest in."""
        response = redirect("wagtail_contracts:landing", self.secret)
        self._clear(response)
        return response

    def _clear(self, response: HttpResponse) -> None:
        """End all that this browser could open: the log-in, and links that the host had opened."""
        ours = outsiders(self.request)
        signing.clear_device(list(ours.values()), by=self.by)
        logout(self.request)
        for name in ours:
            response.delete_cookie(name, samesite="Lax")
        response["Clear-Site-Data"] = CLEAR

    def _by_way_of_factors(self) -> HttpResponse:
        query = urlencode({"next": self.request.get_full_path()})
        return redirect(f"{reverse(FACTORS)}?{query}")


def outsiders(request: HttpRequest) -> dict[str, str]:
    """The cookies of outsiders in a browser, by name."""
    stem = settings().cookie
    known = (stem, stem.removeprefix("__Host-"))
    return {name: said for name, said in request.COOKIES.items() if name.startswith(known)}


def came_back(sender: Any, *, request: HttpRequest | None, user: Any, **more: Any) -> None:
    """Whoever logs in on a device has it in hand: what a guest left open there ends."""
    if request is not None and (left := outsiders(request)):
        signing.take_back(list(left.values()), by=permissions.actor(user))
