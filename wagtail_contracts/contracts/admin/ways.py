"""By which ways people may be invited: by SMS too where the storey above sends any."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from wagtail_contracts.contracts.core.fields.mobiles import mobile
from wagtail_contracts.contracts.models import Participant

WAYS = ("phone", "invited_by")


def sms_offered() -> bool:
    """Whether the hook `sends_sms` says so."""
    return any(answer() for answer in hooks.get_hooks("sends_sms"))


class WaysMixin(forms.Form):
    """Phone and way of inviting, where SMS are sent."""

    phone = forms.CharField(
        max_length=40,
        required=False,
        label=_("Mobile phone"),
        help_text=_("With its country code, for example +47 900 12 345."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    invited_by = forms.ChoiceField(
        choices=Participant.InvitedBy.choices,
        required=False,
        label=_("Invited by"),
        help_text=_("Codes and later messages come by e-mail in any case."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not sms_offered():
            for name in WAYS:
                del self.fields[name]

    def clean_phone(self) -> str:
        """As E.164 has it."""
        said = str(self.cleaned_data["phone"])
        number = mobile(said)
        if said.strip() and not number:
            raise forms.ValidationError(
                _("Enter a mobile number with its country code, for example +47 900 12 345.")
            )
        return number

    def clean_invited_by(self) -> str:
        """By mail, unless something else is said."""
        return str(self.cleaned_data["invited_by"] or Participant.InvitedBy.MAIL)

    def insist_on_number(self, cleaned: dict[str, Any]) -> None:
        """Nobody gets an SMS without a number."""
        by_sms = cleaned.get("invited_by", Participant.InvitedBy.MAIL) != Participant.InvitedBy.MAIL
        if by_sms and not cleaned.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("An SMS needs a number."))
