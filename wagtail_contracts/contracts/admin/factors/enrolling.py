"""Setting up a device: a password, a QR code, and the first code that it shows.

A session alone is not enough: whoever found one open would enrol a device of their own.
"""

from __future__ import annotations

from typing import Any

import segno
from django import forms
from django.conf import settings
from django.contrib.auth import authenticate, user_logged_in
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView
from wagtail.admin import messages

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin.factors.pages import ADD, CONFIRM, ROOM, FactorPage
from wagtail_contracts.contracts.admin.factors.recovering import show_codes
from wagtail_contracts.contracts.admin.stepup import OWN, StepUpMixin, remember
from wagtail_contracts.contracts.core import codes
from wagtail_contracts.contracts.errors import CodeRefused

BEGUN, LOGGED_IN = "wagtail_contracts_factor_begun", "wagtail_contracts_logged_in"
SECONDS = 10 * 60
QUIET = 4  # squares around a QR code, ISO/IEC 18004


class NameForm(forms.Form):
    """What the device is called."""

    name = forms.CharField(
        max_length=64,
        label=gettext_lazy("Name of the device"),
        help_text=gettext_lazy("For yourself, for example “My phone”."),
    )


class PasswordForm(NameForm):
    """And the password, anew."""

    password = forms.CharField(
        max_length=4096,
        strip=False,
        label=gettext_lazy("Your password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_password(self) -> str:
        """Ask the site's own backends, which also count what is wrong."""
        user: Any = self.request.user
        said = {user.USERNAME_FIELD: user.get_username(), "password": self.cleaned_data["password"]}
        if authenticate(self.request, **said) != user:
            raise ValidationError(_("That is not your password."))
        return ""


@method_decorator(sensitive_post_parameters(), name="post")
class BeginView(StepUpMixin, FactorPage, FormView):
    """Who asks? Their password; a code too, if they have a device already.

    Whoever has no password here, because the site's own single sign-on lets them in, has logged in
    with this session within the last minutes.
    """

    template_name = f"{ROOM}/begin.html"
    page_title = gettext_lazy("Set up a device")

    @cached_property
    def has_password(self) -> bool:
        """Whether this site knows the person by a password."""
        return bool(self.request.user.has_usable_password())

    @property
    def possible(self) -> bool:
        """Whether the person can show here and now that it is them."""
        return self.has_password or _is_young(self.request.session.get(LOGGED_IN, 0))

    def get_form_class(self) -> Any:
        """With the password where there is one."""
        return PasswordForm if self.has_password else NameForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form asks the site's backends."""
        more = {"request": self.request} if self.has_password else {}
        return {**super().get_form_kwargs(), **more}

    def get_initial(self) -> dict[str, Any]:
        """Most people have one phone."""
        return {"name": _("My phone")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether it can be begun."""
        return super().get_context_data(possible=self.possible, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Make the key, and show it to this session."""
        if not self.possible:
            return self.form_invalid(form)
        device = contracts.begin_factor(self.request.user, form.cleaned_data["name"], by=self.by)
        self.request.session[BEGUN] = {"device": device.pk, "at": timezone.now().timestamp()}
        return redirect(self.address(CONFIRM))


class CodeForm(forms.Form):
    """The first code."""

    code = forms.CharField(
        max_length=16,
        label=gettext_lazy("Code"),
        help_text=gettext_lazy("The six digits that the app shows now."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


@method_decorator(sensitive_post_parameters(), name="post")
class ConfirmView(FactorPage, FormView):
    """The key, once, to the session that began it; it is in use once a code of it was given."""

    template_name = f"{ROOM}/scan.html"
    page_title = gettext_lazy("Scan the code")
    form_class = CodeForm

    @cached_property
    def device(self) -> Any:
        """What this session has begun, lately; None for nothing."""
        begun = self.request.session.get(BEGUN, {})
        if not _is_young(begun.get("at", 0)):
            return None
        return contracts.begun_factor(self.request.user, begun["device"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Back to the beginning where nothing was begun."""
        if self.device is None:
            return redirect(self.address(ADD))
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The key as a picture and as text."""
        issuer = getattr(settings, "OTP_TOTP_ISSUER", None) or settings.WAGTAIL_SITE_NAME
        account = self.request.user.get_username()
        code = segno.make(codes.address(self.device.bin_key, account, str(issuer)), error="m")
        rows = list(code.matrix_iter(border=QUIET))
        return super().get_context_data(
            squares=codes.outline(rows),
            size=len(rows),
            key=codes.grouped(codes.key(self.device.bin_key), 4),
            name=self.device.name,
            **kwargs,
        )

    def form_valid(self, form: Any) -> HttpResponse:
        """Take it into use, and give out recovery codes with the first one."""
        first = not contracts.recovery(self.request.user)
        try:
            contracts.confirm_factor(self.device, form.cleaned_data["code"], by=self.by)
        except CodeRefused as refusal:
            form.add_error("code", str(refusal))
            return self.form_invalid(form)
        del self.request.session[BEGUN]
        remember(self.request, self.device.persistent_id)
        messages.success(self.request, _("The device is set up."))
        return show_codes(self) if first else redirect(self.back or OWN)


def note(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """Keep in the session when it was logged in."""
    request.session[LOGGED_IN] = timezone.now().timestamp()


def listen() -> None:
    """Note each log-in, whoever lets people in."""
    user_logged_in.connect(note, dispatch_uid="wagtail_contracts.logged_in")


def _is_young(at: float) -> bool:
    return 0 <= timezone.now().timestamp() - at < SECONDS
