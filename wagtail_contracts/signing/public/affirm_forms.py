"""What somebody types, draws and ticks on the page of review."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import Unprintable
from wagtail_contracts.sealing.rendering import unprintable
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.core.names import one_line
from wagtail_contracts.signing.errors import DrawingRefused


class NameForm(forms.Form):
    """The name as it will stand in the signature."""

    name = forms.CharField(
        max_length=120,
        error_messages={
            "required": gettext_lazy("Write your name as it will stand in the signature."),
            "max_length": gettext_lazy("Use at most 120 characters."),
        },
    )

    def clean_name(self) -> str:
        """The sealed file must be able to print it."""
        name = one_line(self.cleaned_data["name"])
        if missing := unprintable(name):
            words = _("These characters can’t be printed: %s.") % " ".join(missing)
            raise forms.ValidationError(words)
        try:
            contracts.insist_on_name(name)
        except Unprintable as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return name


class AffirmForm(NameForm):
    """What somebody affirms: the name, what was drawn, and that they were told and agree."""

    drawing = forms.CharField(required=False)
    told = forms.CharField(required=False)
    agreed = forms.BooleanField(required=False)

    def clean_drawing(self) -> str:
        """Refuse what is no drawing."""
        try:
            return signing.read_drawing(self.cleaned_data["drawing"])
        except DrawingRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    @property
    def act(self) -> dict[str, str]:
        """What the browser remembers of it while somebody shows who they are."""
        data = self.cleaned_data
        kept = {name: data[name] for name in ("name", "drawing", "told") if data[name]}
        return {**kept, **({"agreed": "yes"} if data["agreed"] else {})}
