"""Keys make themselves or are picked by label; nobody types one.

What there is to pick from is in the same form, perhaps not saved yet, so the browser lists it
(pickers.js). The post holds a key, as from a plain input.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import register
from wagtail.admin.telepath.widgets import WidgetAdapter

KEY = r"^(?!system_)[a-z][a-z0-9_]{0,62}$"
KEY_ERROR = {"invalid": _("Use lower-case letters, digits and _, beginning with a letter.")}
ROOM = "wagtail_contracts/contracts"


class Picker(forms.TextInput):
    """An input for a key, which JavaScript makes a select of what the form defines."""

    of: ClassVar[str]


class RolePicker(Picker):
    """Picks one of the parties."""

    of = "roles"


class FieldPicker(Picker):
    """Picks one of the data fields."""

    of = "fields"


class FillerPicker(RolePicker):
    """Picks who fills something in; begins with our own side."""

    of = "fillers"


class OperandPicker(Picker):
    """Picks a data field that the formula around it can reckon with."""

    of = "operands"


class OptionPicker(Picker):
    """Picks one of the options of the data field that it belongs to."""

    of = "options"


class MadeKey(blocks.RegexBlock):
    """The key of a definition: it makes itself, and is shown to whoever names it in a link."""

    def __init__(self, **options: Any) -> None:
        options = {"required": False, "label": _("Key"), **options}
        super().__init__(KEY, error_messages=KEY_ERROR, **options)
        self.field.widget.attrs["readonly"] = True


class PickedKey(blocks.RegexBlock):
    """The key of something that is defined in the same form."""

    def __init__(self, picker: Picker, **options: Any) -> None:
        super().__init__(KEY, error_messages=KEY_ERROR, **options)
        picker.is_required = self.field.required
        self.field.widget = picker


class PickerAdapter(WidgetAdapter):
    """The JavaScript side of a picker."""

    js_constructor = "contracts.Picker"

    def js_args(self, widget: Picker) -> list[Any]:
        """Add what is picked from."""
        return [*super().js_args(widget), widget.of]

    def get_media(self, widget: Picker) -> forms.Media:
        """Our file after the stock one, which it extends."""
        return super().get_media(widget) + forms.Media(js=[versioned_static(f"{ROOM}/pickers.js")])


register(PickerAdapter(), Picker)
