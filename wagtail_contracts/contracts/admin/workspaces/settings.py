"""The settings of a workspace, in tabs; each says whom it affects and from when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, Panel, TabbedInterface

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin.files import FILE
from wagtail_contracts.contracts.core import contrast
from wagtail_contracts.contracts.core.files import sorts
from wagtail_contracts.contracts.models.workspaces import GUARDED

ROOM = "wagtail_contracts/contracts/admin/workspaces"
OURS = "#0a5752"  # the accent of public.css


class AccentInput(forms.TextInput):
    """A colour in words; beside it a picker, and whether it can be read, as one types."""

    template_name = f"{ROOM}/accent.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Add what the picker begins with and what is compared."""
        context = super().get_context(name, value, attrs)
        shown = value if isinstance(value, str) and contrast.is_colour(value) else OURS
        measured = {"page": contrast.PAGE, "least": contrast.LEAST, "shown": shown}
        return {**context, **measured}

    class Media:
        js = ["wagtail_contracts/contracts/accent.js"]


class WorkspaceForm(WagtailAdminModelForm):
    """The columns, and the file of a new logo."""

    logo_file = forms.FileField(
        required=False,
        label=gettext_lazy("New logo"),
        widget=forms.ClearableFileInput(attrs={"accept": ".png,.jpg,.jpeg"}),
        help_text=gettext_lazy(
            "PNG or JPEG, up to 512 kB, best on a transparent or white ground. Pages at once, "
            "files that are sealed from now on."
        ),
    )
    logo_gone = forms.BooleanField(required=False, label=gettext_lazy("Without a logo"))
    factor_verbs = forms.MultipleChoiceField(
        required=False,
        choices=[(verb.value, verb.label) for verb in GUARDED],
        label=gettext_lazy("Only with a second factor"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Whoever has set up none is led to do so before the first of these, from now on. Those "
            "who have one give a code before what cannot be undone, ticked or not."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and contracts.is_in_use(self.instance):
            self.fields["training"].disabled = True

    def clean_accent(self) -> str:
        """In small letters, so that one colour is written in one way."""
        return str(self.cleaned_data["accent"]).strip().lower()

    def clean_logo_file(self) -> Any:
        """Refuse what is too large before it is judged."""
        file = self.cleaned_data["logo_file"]
        if file and file.size > sorts.LARGEST_LOGO:
            raise ValidationError(_("A logo has up to 512 kB."))
        return file

    @property
    def columns(self) -> dict[str, Any]:
        """What the post gives to the columns of the table."""
        names = {field.name for field in self.instance._meta.fields}
        return {name: self.cleaned_data[name] for name in self.changed_data if name in names}


class SaidPanel(Panel):
    """A part of the page without a field, written by a template."""

    def __init__(self, template: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.template = template

    def clone_kwargs(self) -> dict[str, Any]:
        """With its template."""
        return {**super().clone_kwargs(), "template": self.template}

    class BoundPanel(Panel.BoundPanel):
        """Shown once there is a workspace to speak of."""

        @property
        def template_name(self) -> str:
            """The panel's."""
            return f"{ROOM}/{self.panel.template}.html"

        def is_shown(self) -> bool:
            """Not while it is being made."""
            return bool(self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add the workspace, its next number and where the rest is."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            place = self.instance
            return {
                **context,
                "workspace": place,
                "seal_fault": contracts.seal_fault(test=True),
                "next_number": contracts.upcoming_number(place),
                "logo": reverse(FILE, args=[place.logo.digest]) if place.logo else "",
                "texts": _from_above("texts", place),
                "help": _from_above("help", place),
                "disclosures": _from_above("disclosures", place),
                "rules": _from_above("rules", place),
                "look": _from_above("look", place),
            }


def _from_above(name: str, workspace: Any) -> str:
    """The address of a view that another app handed in; "" where none did."""
    functions = hooks.get_hooks("register_workspace_views")
    if not any(name in function() for function in functions):
        return ""
    return reverse(f"wagtail_contracts_workspace:{name}", args=[workspace.pk])


def _fields(heading: Any, *names: str) -> MultiFieldPanel:
    return MultiFieldPanel([FieldPanel(name) for name in names], heading=heading)


GENERAL = [
    _fields(gettext_lazy("Name"), "name", "slug", "code"),
    _fields(
        gettext_lazy("Our side in contracts"), "legal_name", "organisation_number", "contact_email"
    ),
    _fields(gettext_lazy("Language and time"), "language", "timezone"),
    _fields(gettext_lazy("Sending"), "deadline_days", "signing_order"),
    _fields(
        gettext_lazy("Reminders"), "remind_unopened_days", "remind_every_days", "remind_before_days"
    ),
    SaidPanel("means", heading=gettext_lazy("Means of identification")),
]
LOOK = [
    MultiFieldPanel(
        [
            SaidPanel("logo"),
            FieldPanel("logo_file"),
            FieldPanel("logo_gone"),
            FieldPanel("accent", widget=AccentInput),
        ],
        heading=gettext_lazy("Logo and colour"),
    ),
    FieldPanel("sender_name"),
    FieldPanel("letterhead"),
    SaidPanel("look", heading=gettext_lazy("How it looks")),
]
NUMBERS = [
    SaidPanel("numbers", heading=gettext_lazy("The next number")),
    _fields(gettext_lazy("How numbers are made"), "number_prefix", "number_digits"),
]
TABS = {
    gettext_lazy("General"): GENERAL,
    gettext_lazy("Look"): LOOK,
    gettext_lazy("Numbers"): NUMBERS,
    gettext_lazy("Texts"): [SaidPanel("texts", heading=gettext_lazy("Texts of mails"))],
    gettext_lazy("Approvals"): [
        SaidPanel("approvals", heading=gettext_lazy("Who must approve before a contract is sent"))
    ],
    gettext_lazy("Security"): [FieldPanel("factor_verbs")],
    gettext_lazy("Consumers"): [FieldPanel("asks_consent"), SaidPanel("consumers")],
    gettext_lazy("Retention"): [FieldPanel("retention_months")],
    gettext_lazy("Training"): [FieldPanel("training"), SaidPanel("training")],
}
EDITOR = TabbedInterface(
    [ObjectList(panels, heading=heading) for heading, panels in TABS.items()],
    base_form_class=WorkspaceForm,
)
