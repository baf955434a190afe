"""The help for signers in a workspace's own words: part by part, language by language."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import translation
from django.utils.translation import gettext_lazy

from wagtail_contracts.signing.admin.wording import TextForm, TextsView
from wagtail_contracts.signing.rendering import help as words
from wagtail_contracts.signing.rendering.samples import Own


class HelpForm(TextForm):
    """Heading and text; both empty: ours again."""

    subject = forms.CharField(max_length=160, required=False, label=gettext_lazy("Heading"))
    body = forms.CharField(
        max_length=4000,
        required=False,
        label=gettext_lazy("Text"),
        help_text=gettext_lazy(
            "An empty line begins a paragraph. Say nothing of a contract: everybody can read it. "
            "Leave both empty to show our words."
        ),
        widget=forms.Textarea(attrs={"rows": 10}),
    )


class HelpTextsView(TextsView):
    """One part in one language at a time."""

    template_name = "wagtail_contracts/signing/admin/workspaces/help.html"
    page_title = gettext_lazy("Help for signers")
    header_icon = "help"
    form_class = HelpForm
    name = "help"
    kinds = (*words.PARTS, words.NOTICE)

    @property
    def ours(self) -> Own:
        """Our words."""
        with translation.override(self.language):
            part = words.ours(self.kind)
        return part.title, "\n\n".join(part.paragraphs)

    def shown(self, own: Own) -> dict[str, Any]:
        """The part as it reads on the page."""
        return {"part": words.part(self.kind, *(own if own[0] else self.ours))}
