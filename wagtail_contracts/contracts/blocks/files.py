"""A file in a block: uploaded first, then named by its id. What a post says of it proves nothing.

The stored value holds what the file is beside its id; rows of files don't change, so it stays true.
"""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.staticfiles import versioned_static
from wagtail.blocks import FieldBlock
from wagtail.coreutils import resolve_model_string

from wagtail_contracts.contracts.core.files import sorts

POSTER = "poster"
KNOWN = "_wagtail_contracts_files"  # on the data of a post
UNKNOWN: dict[str, Any] = {}  # empty, as none is, and yet not what was asked for
LABELS = {
    sorts.IMAGE: _("Choose a picture"),
    sorts.EXHIBIT: _("Choose a PDF"),
    sorts.VIDEO: _("Choose a video"),
    sorts.CAPTIONS: _("Choose captions"),
    sorts.ANSWER: _("Choose a file"),
    POSTER: _("Address of the video"),
}


class FileWidget(forms.TextInput):
    """An input that uploads by itself and keeps the id; or one for the address of a video."""

    template_name = "wagtail_contracts/contracts/admin/file_widget.html"
    input_type = "hidden"
    is_hidden = False

    def __init__(self, sort: str) -> None:
        super().__init__()
        self.sort = sort

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Where to send it, and what may be chosen."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        allowed = sorts.ALLOWED.get(self.sort, ())
        return {
            **context,
            "sort": self.sort,
            "label": LABELS[self.sort],
            "upload": reverse("wagtail_contracts_upload"),
            "accept": ",".join(end for end, kind in sorts.ENDINGS.items() if kind in allowed),
        }

    @property
    def media(self) -> forms.Media:
        return forms.Media(js=[versioned_static("wagtail_contracts/contracts/file.js")])


class FileBlock(FieldBlock):
    """One file of a sort."""

    def __init__(
        self, sort: str, *, required: bool = True, help_text: Any = "", **options: Any
    ) -> None:
        self.sort = sort
        self.field = forms.CharField(
            required=required, help_text=help_text, widget=FileWidget(sort)
        )
        super().__init__(**options)

    def value_for_form(self, value: Any) -> str:
        """Everything about the file, for the editor to show."""
        return json.dumps(value) if value else ""

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> Any:
        """Read a post once, while it is known who sent it: a page is rendered after that."""
        posted = self.field.widget.value_from_datadict(data, files, prefix)
        known = vars(data).setdefault(KNOWN, {}) if hasattr(data, "__dict__") else {}
        if (self.sort, posted) not in known:
            known[self.sort, posted] = self.value_from_form(posted)
        return known[self.sort, posted]

    def value_from_form(self, value: Any) -> Any:
        """What the row says; UNKNOWN for what is no file of this sort that the user knows."""
        if not value:
            return None
        try:
            id = json.loads(value)["id"]
        except (ValueError, TypeError, KeyError):
            return UNKNOWN
        model = resolve_model_string("wagtail_contracts.StoredFile")
        found = model.objects.facts(id) if id else None
        return found if found and found["sort"] == self.sort else UNKNOWN

    def clean(self, value: Any) -> Any:
        """Refuse none where one is needed, and what is no file that the user knows."""
        if value == UNKNOWN and not self.required:
            raise ValidationError(_("This file can’t be used here. Choose it again."))
        if self.required and not value:
            raise ValidationError(_("This field is required."), code="required")
        return value

    class Meta:
        icon = "doc-full"
        default = None
