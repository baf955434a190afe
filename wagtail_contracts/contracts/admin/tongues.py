"""The languages that a text can be in, picked by name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.admin.staticfiles import versioned_static

from wagtail_contracts.contracts.core.fields.languages import called


class LanguageSelect(forms.Select):
    """Its script says which language is meant by the first one and the second one."""

    @property
    def media(self) -> forms.Media:
        """The script."""
        return forms.Media(js=[versioned_static("wagtail_contracts/contracts/languages.js")])


def pick(form: Any) -> None:
    """Offer the languages of the site for both of a template; what is stored stays possible."""
    first = (_as_workspace(form), _("Of the text."))
    second = (_("None"), _("Of clauses in two languages."))
    for place, (none, said) in {"language": first, "second_language": second}.items():
        if field := form.fields.get(place):
            form.fields[place] = forms.ChoiceField(
                choices=[("", none), *names(getattr(form.instance, place))],
                required=False,
                label=field.label,
                help_text=said,
                widget=LanguageSelect,
            )


def names(current: str = "") -> list[tuple[str, str]]:
    """The languages of the site by code, called as whoever reads it calls them."""
    codes = dict.fromkeys([code for code, _name in settings.LANGUAGES] + [current] * bool(current))
    found = [(code, name(code)) for code in codes]
    return sorted(found, key=lambda item: item[1].casefold())


def name(code: str) -> str:
    """One of them."""
    said = called(code, get_language() or "en")
    return said[:1].upper() + said[1:]


def _as_workspace(form: Any) -> str:
    workspace = form.place.workspace
    said = name(workspace.language) if workspace else "…"
    return _("That of the workspace: %s") % said
