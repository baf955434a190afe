"""By which ways people may be invited: by SMS too where the storey above sends any."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from wagtail_contracts.contracts.core.fields.mobiles import mobile
from wagtail_contracts.contracts.models import Participant

WAYS = ("phone", "invited_by")
NO_NUMBER = _("Enter a mobile number with its country code, for example +47 900 12 345.")
NUMBER_MISSING = _("An SMS needs a number.")


def sms_offered() -> bool:
    """Whether the hook `sends_sms` says so."""
    return any(answer() for answer in hooks.get_hooks("sends_sms"))


class PhoneField(forms.CharField):
    """A mobile number, kept as E.164 has it."""

    def __init__(self) -> None:
        super().__init__(
            max_length=40,
            required=False,
            label=_("Mobile phone"),
            help_text=_("With its country code, for example +47 900 12 345."),
            widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        )

    def clean(self, value: Any) -> str:
        """Refuse what no SMS reaches."""
        said = str(super().clean(value))
        number = mobile(said)
        if said and not number:
            raise forms.ValidationError(NO_NUMBER)
        return number


def way_field() -> forms.ChoiceField:
    """By which way somebody is invited."""
    return forms.ChoiceField(
        choices=Participant.InvitedBy.choices,
        required=False,
        label=_("Invited by"),
        help_text=_("Later messages come by e-mail in any case."),
    )


def insist_on_number(form: forms.BaseForm, cleaned: Mapping[str, Any]) -> None:
    """Nobody gets an SMS without a number."""
    by_sms = (cleaned.get("invited_by") or Participant.InvitedBy.MAIL) != Participant.InvitedBy.MAIL
    if by_sms and not cleaned.get("phone") and "phone" not in form.errors:
        form.add_error("phone", NUMBER_MISSING)


class WaysMixin(forms.Form):
    """Phone and way of inviting, where SMS are sent."""

    phone = PhoneField()
    invited_by = way_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not sms_offered():
            for name in WAYS:
                del self.fields[name]

    def clean_invited_by(self) -> str:
        """By mail, unless something else is said."""
        return str(self.cleaned_data["invited_by"] or Participant.InvitedBy.MAIL)
