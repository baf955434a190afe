"""Tags and a folder, as somebody types them: for a new contract, and for many at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wagtail_contracts.contracts.models.desk import NAME


class ListedInput(forms.TextInput):
    """A line of text that suggests what there is already."""

    template_name = "wagtail_contracts/contracts/admin/lists/listed_input.html"
    names: Any = ()

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Add the suggestions."""
        context = super().get_context(name, value, {**(attrs or {}), "list": f"{name}-names"})
        return {**context, "names": self.names, "names_id": f"{name}-names"}


class TagsField(forms.CharField):
    """Names of tags with commas between, as a list."""

    widget = ListedInput

    def __init__(self, *, required: bool = False, **kwargs: Any) -> None:
        super().__init__(required=required, **kwargs)

    def clean(self, value: Any) -> Any:
        """The names."""
        return tag_names(super().clean(value))


class FolderField(forms.CharField):
    """The name of a folder, or none."""

    widget = ListedInput

    def __init__(self, *, required: bool = False, **kwargs: Any) -> None:
        super().__init__(label=_("Folder"), max_length=NAME, required=required, **kwargs)


def tag_names(said: str) -> list[str]:
    """What stands between commas."""
    return [name for part in said.split(",") if (name := part.strip())]
