"""Staff prove themselves again before what cannot be undone, or set up what they prove it by.

Being verified at login lasts as long as the session; this asks for a code of the last minutes. The
request that turned out to need a code never carries out the act: people see its page again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.core.codes import is_recovery, typed
from wagtail_contracts.contracts.models.workspaces import GUARDED, Verb

STAMP, SECONDS = "wagtail_contracts_confirmed", 15 * 60
ADDRESS, OWN = "wagtail_contracts_confirm", "wagtail_contracts_factors"


def is_fresh(request: HttpRequest, devices: Iterable[Any]) -> bool:
    """Whether this user gave a code of one of these in this session within the last minutes."""
    stamp = request.session.get(STAMP, {})
    age = timezone.now().timestamp() - stamp.get("at", 0)
    known = stamp.get("device") in {device.persistent_id for device in devices}
    return known and stamp.get("user") == str(request.user.pk) and 0 <= age < SECONDS


def remember(request: HttpRequest, device_id: str) -> None:
    """Keep that a code of a device was given, in a session with a new key.

    It holds as long as the device does: what is taken away from somebody ends it.
    """
    request.session.cycle_key()
    stamp = {"user": str(request.user.pk), "device": device_id}
    request.session[STAMP] = {**stamp, "at": timezone.now().timestamp()}


def detour(
    request: HttpRequest,
    verb: str,
    workspaces: Iterable[int],
    *,
    asks_code: bool,
    back: str = "",
) -> HttpResponse | None:
    """Where whoever asks has to go before they use `verb` in these workspaces; None for nowhere.

    To set up a second factor where a workspace asks for one and they have none; to give a code,
    where the act asks for it and they have one. For those who may do it: it is asked afterwards.
    `back` is where they come back to, if not to the page that they asked for.
    """
    needed = verb in GUARDED and contracts.factor_needed(verb, workspaces)
    if not (needed or asks_code):
        return None
    devices = contracts.factors_of(request.user)
    if not devices:
        return _by_way_of(OWN, request, back) if needed else None
    asked = asks_code and not is_fresh(request, devices)
    return _by_way_of(ADDRESS, request, back) if asked else None


def way_back(request: HttpRequest) -> str:
    """Where somebody was on their way to, never on another site; "" for nowhere."""
    url = request.GET.get("next", "")
    hosts = {request.get_host()}
    safe = url_has_allowed_host_and_scheme(url, hosts, request.is_secure())
    return url if safe else ""


def _by_way_of(name: str, request: HttpRequest, back: str) -> HttpResponse:
    return redirect(f"{reverse(name)}?{urlencode({'next': back or request.get_full_path()})}")


class StepUpMixin:
    """For views without a gate: ask for a code before the page, and again before it acts.

    Stands after the check of permissions, so that strangers learn nothing and readers are not
    asked. Views behind a gate say `asks_code = True`; the gate does the rest.

    `stake` is the action that is at stake wherever whoever asks may do it; nowhere without one.
    """

    asks_code = True
    stake = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead to the code, or to the setting up, and back."""
        places = permissions.workspaces(request.user, [self.stake]).values_list("pk", flat=True)
        verb = permissions.ACTIONS.get(self.stake, Verb.VIEW)
        if way := detour(request, verb, places, asks_code=self.asks_code):
            return way
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return answer


class DeviceField(forms.ChoiceField):
    """One of somebody's devices; hidden where there is no choice."""

    def offer(self, devices: Iterable[Any]) -> None:
        """Take these, the first of which is chosen."""
        self.choices = [(device.persistent_id, device.name) for device in devices]
        self.initial = self.choices[0][0] if self.choices else ""
        if len(self.choices) == 1:
            self.widget = forms.HiddenInput()


class CodeForm(forms.Form):
    """Which device, and what it shows; or one of the recovery codes."""

    device = DeviceField(label=gettext_lazy("Device"))
    code = forms.CharField(
        max_length=24,
        label=gettext_lazy("Code"),
        help_text=gettext_lazy("Six digits from your code app, or one of your recovery codes."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "none"}),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        field: Any = self.fields["device"]
        field.offer(contracts.factors_of(user))

    def clean(self) -> dict[str, Any]:
        """Ask the device: it refuses a code that was used, and one that comes too soon."""
        cleaned = super().clean() or {}
        if not self.errors and not contracts.code_accepted(
            self.user, cleaned["device"], cleaned["code"]
        ):
            raise ValidationError(contracts.code_refusal())
        return cleaned


@method_decorator(sensitive_post_parameters(), name="post")
class StepUpView(WagtailAdminTemplateMixin, FormView):
    """Asks for a code and leads on."""

    form_class = CodeForm
    template_name = "wagtail_contracts/contracts/admin/confirm.html"
    page_title = gettext_lazy("Confirm that it is you")
    header_icon = "key"

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form needs to know whose devices."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead whoever has nothing to confirm with to the setting up."""
        if not contracts.factors_of(request.user):
            return redirect(OWN)
        return super().dispatch(request, *args, **kwargs)

    def get_success_url(self) -> str:
        """Back to where the code was needed, never to another site."""
        return way_back(self.request) or reverse("wagtailadmin_home")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, here."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep it; who lives on recovery codes is told how many are left."""
        said = form.cleaned_data
        remember(self.request, said["device"])
        if is_recovery(typed(said["code"])):
            messages.warning(self.request, recovery_words(self.request.user))
        return super().form_valid(form)


def recovery_words(user: Any) -> str:
    """How many recovery codes somebody has left."""
    left = contracts.recovery_left(user)
    words = ngettext("%(n)d recovery code is left.", "%(n)d recovery codes are left.", left)
    return words % {"n": left}
