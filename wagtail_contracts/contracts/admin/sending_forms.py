"""What is asked before something leaves: how, when, until when, and with which words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_contracts.contracts.admin.acts import DeadlineForm
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.errors import NotReady
from wagtail_contracts.contracts.flows.sending import personal
from wagtail_contracts.contracts.rendering.said import SaidField

INTO = [
    (states.SIGNING, gettext_lazy("For signature: they read, fill in and sign.")),
    (states.NEGOTIATING, gettext_lazy("For review first: nobody signs until you open it.")),
]


class ShownForm(forms.Form):
    """The content digest that the page shows."""

    digest = forms.CharField(widget=forms.HiddenInput)


class MessageForm(forms.Form):
    """What stands in the invitations."""

    message = forms.CharField(
        required=False,
        label=gettext_lazy("Message"),
        help_text=gettext_lazy(
            "Stands in the e-mail to everybody who gets it. At most 500 characters, no links."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_message(self) -> str:
        """By the rule of the flow, told at the field."""
        try:
            return personal(self.cleaned_data["message"])
        except NotReady as refused:
            raise forms.ValidationError(refused.missing) from refused


class MomentForm(forms.Form):
    """When it leaves, by the clock of who sends it."""

    at = forms.DateTimeField(
        required=False,
        label=gettext_lazy("Send it at"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = timezone.get_current_timezone_name()
        self.fields["at"].help_text = _(
            "Empty: now, and you can call it off for a moment. The clock is that of %(zone)s."
        ) % {"zone": zone}


class SendForm(ShownForm, MessageForm, MomentForm, DeadlineForm):
    """How it is sent, to whom, and until when an answer is expected."""

    recipients = forms.CharField(widget=forms.HiddenInput)
    into = forms.ChoiceField(
        choices=INTO,
        initial=states.SIGNING,
        widget=forms.RadioSelect,
        label=gettext_lazy("Send it"),
    )
    field_order = ["into", "deadline", "message", "at", "digest", "recipients"]


class ReviseForm(ShownForm):
    """Why there is a new version."""

    reason = SaidField(
        label=gettext_lazy("What has changed, and why"),
        help_text=gettext_lazy("Everybody who takes part reads it."),
    )
