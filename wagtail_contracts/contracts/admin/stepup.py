"""Staff prove themselves again before what cannot be undone, where they have a device for it.

Being verified at login lasts as long as the session; this asks for a code of the last minutes. The
request that turned out to need a code never carries out the act: people see its page again.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from django_otp import devices_for_user, user_has_device, verify_token
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

STAMP, SECONDS = "wagtail_contracts_confirmed", 15 * 60
ADDRESS = "wagtail_contracts_confirm"


def is_fresh(request: HttpRequest) -> bool:
    """Whether this user gave a code in this session within the last minutes."""
    stamp = request.session.get(STAMP, {})
    age = timezone.now().timestamp() - stamp.get("at", 0)
    return stamp.get("user") == str(request.user.pk) and 0 <= age < SECONDS


def remember(request: HttpRequest) -> None:
    """Keep that a code was given, in a session with a new key."""
    request.session.cycle_key()
    request.session[STAMP] = {"user": str(request.user.pk), "at": timezone.now().timestamp()}


class StepUpMixin:
    """For views: ask before the page is shown, and again before it acts if the stamp ran out.

    Comes after the check of permissions, so that strangers learn nothing and readers are not asked.
    """

    asks_code = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead to the code and back."""
        if self.asks_code and user_has_device(request.user) and not is_fresh(request):
            query = urlencode({"next": request.get_full_path()})
            return redirect(f"{reverse(ADDRESS)}?{query}")
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return answer


class CodeForm(forms.Form):
    """Which device, and what it shows."""

    device = forms.ChoiceField(label=_("Device"))
    code = forms.CharField(
        max_length=16,
        label=_("Code"),
        help_text=_("Six digits from your code app."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        found = [(device.persistent_id, device.name) for device in devices_for_user(user)]
        choice: Any = self.fields["device"]
        choice.choices = found
        if len(found) == 1:
            choice.initial, choice.widget = found[0][0], forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """Ask the device: it refuses a code that was used, and one that comes too soon."""
        cleaned = super().clean() or {}
        code = str(cleaned.get("code", "")).replace(" ", "")
        if not self.errors and not verify_token(self.user, cleaned["device"], code):
            raise ValidationError(
                _("The code is wrong, was used before, or came too soon after a wrong one.")
            )
        return cleaned


class StepUpView(WagtailAdminTemplateMixin, FormView):
    """Asks for a code and leads on."""

    form_class = CodeForm
    template_name = "wagtail_contracts/contracts/admin/confirm.html"
    page_title = _("Confirm that it is you")
    header_icon = "key"

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form needs to know whose devices."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_success_url(self) -> str:
        """Back to where the code was needed, never to another site."""
        url = self.request.GET.get("next", "")
        hosts = {self.request.get_host()}
        safe = url_has_allowed_host_and_scheme(url, hosts, self.request.is_secure())
        return url if safe else reverse("wagtailadmin_home")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, here."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep it."""
        remember(self.request)
        return super().form_valid(form)
