"""Which text, for whom, until when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from wagtail_contracts.contracts import permissions


class RoundForm(forms.Form):
    """The text and the last day."""

    template = forms.TypedChoiceField(
        coerce=int,
        label=gettext_lazy("Template"),
        help_text=gettext_lazy("Its published text, between our own side and one private person."),
    )
    deadline = forms.DateField(label=gettext_lazy("Answer by"), widget=AdminDateInput)

    def __init__(self, *args: Any, user: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = set(places.values_list("pk", flat=True))
        found = [page for page in permissions.templates(user) if page.workspace.pk in keys]
        self.pages = {page.pk: page for page in found}
        field: Any = self.fields["template"]
        field.choices = [(page.pk, f"{page.title} ({page.workspace})") for page in found]

    def clean_template(self) -> Any:
        """The page."""
        return self.pages[self.cleaned_data["template"]]


class BeginForm(RoundForm):
    """The same, with the group and what the contracts are called."""

    title = forms.CharField(
        max_length=120,
        label=gettext_lazy("Title"),
        help_text=gettext_lazy("Of each contract; everybody in the group reads it."),
    )
    group: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        Group.objects.annotate(members=Count("user", Q(user__is_active=True))).order_by("name"),
        label=gettext_lazy("Group"),
        help_text=gettext_lazy("Each member who can log in gets a contract of their own."),
    )
    field_order = ["template", "group", "title", "deadline"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["group"]
        field.label_from_instance = _to_how_many


def _to_how_many(group: Any) -> str:
    return f"{group} ({group.members})"
