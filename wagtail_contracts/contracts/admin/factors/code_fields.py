"""A code inside a form that stands in a page of Wagtail's, where nobody can be led to one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin.stepup import DeviceField
from wagtail_contracts.contracts.models import Verb, Workspace


class CodeMixin:
    """For forms that change what a workspace's administrators answer for."""

    fields: dict[str, Any]
    user: Any

    def ask_code(self) -> None:
        """Show the fields to whoever has a device."""
        devices = contracts.factors_of(self.user) if self.user else []
        if devices:
            self.fields["device"] = field = DeviceField(label=gettext_lazy("Device"))
            field.required = False
            field.offer(devices)
            self.fields["code"] = forms.CharField(
                required=False,
                max_length=24,
                label=gettext_lazy("Code"),
                help_text=gettext_lazy(
                    "Needed if you change rights: six digits from your code app, or one of your "
                    "recovery codes."
                ),
                widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
            )

    def insist_on_code(self, cleaned: dict[str, Any], changed: Iterable[Workspace]) -> None:
        """Ask the device, which uses the code up. Raises ValidationError."""
        spaces = [workspace.pk for workspace in changed]
        if not spaces:
            return
        if "code" in self.fields:
            if not contracts.code_accepted(self.user, cleaned["device"], cleaned["code"]):
                raise ValidationError({"code": contracts.code_refusal()})
        elif contracts.factor_needed(Verb.ADMINISTER, spaces):
            raise ValidationError(
                _("Your workspace asks for a second factor: set it up in your account first.")
            )
