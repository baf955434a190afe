"""What consumers are told before they sign, as a workspace says it, with all earlier wordings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages

from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.errors import TextRefused
from wagtail_contracts.contracts.flows import disclosing
from wagtail_contracts.contracts.models import ConsumerText
from wagtail_contracts.signing.admin.places import NAMESPACE, WorkspacePage
from wagtail_contracts.signing.rendering import disclosures

MEANT = {
    "organisation": gettext_lazy("Our organisation"),
    "contact": gettext_lazy("Contact address"),
    "title": gettext_lazy("Title of the contract"),
    "number": gettext_lazy("Number of the contract"),
    "days": gettext_lazy("Days to withdraw"),
}


class DisclosureForm(forms.Form):
    """The text; empty: ours again."""

    text = forms.CharField(
        max_length=8000,
        required=False,
        label=gettext_lazy("Text"),
        help_text=gettext_lazy(
            "An empty line begins a paragraph. Whoever signs from now on is shown it, and it is "
            "kept with their signature. Leave it empty to show our words."
        ),
        widget=forms.Textarea(attrs={"rows": 14}),
    )

    def clean_text(self) -> str:
        """Refuse placeholders that there are not."""
        text: str = self.cleaned_data["text"].replace("\r\n", "\n").strip()
        try:
            disclosing.insist_on_disclosure(text)
        except TextRefused as refused:
            raise forms.ValidationError(refused.problems["text"]) from refused
        return text


class DisclosuresView(WorkspacePage, FormView):
    """One text in one language, for all templates or for one; the others are a link away."""

    template_name = "wagtail_contracts/signing/admin/workspaces/disclosures.html"
    page_title = gettext_lazy("Texts for consumers")
    header_icon = "doc-full-inverse"
    form_class = DisclosureForm
    http_method_names = ("get", "head", "options", "post")

    @cached_property
    def kind(self) -> str:
        """Which text."""
        asked = self.request.GET.get("kind", "")
        return asked if asked in ConsumerText.Kind.values else ConsumerText.Kind.ELECTRONIC.value

    @cached_property
    def language(self) -> str:
        """In which language."""
        asked, known = self.request.GET.get("language", ""), dict(settings.LANGUAGES)
        first = self.place.language
        return asked if asked in known else first if first in known else next(iter(known))

    @cached_property
    def template(self) -> int:
        """For which template of the workspace; 0 for all. Raises Http404 for others."""
        asked = self.request.GET.get("template", "0")
        if asked == "0":
            return 0
        if asked not in {str(pk) for pk, _title in self.templates}:
            raise Http404
        return int(asked)

    @cached_property
    def templates(self) -> list[tuple[int, str]]:
        """The live templates of the workspace that one may use."""
        pages = permissions.templates(self.request.user)
        return [(page.pk, page.title) for page in pages if page.workspace == self.place]

    @cached_property
    def wordings(self) -> list[ConsumerText]:
        """All that the text has said, the newest first."""
        rows = disclosing.wordings(self.place, self.kind, self.language, self.template)
        return list(rows.reverse())

    @property
    def ours(self) -> str:
        """Our words."""
        with translation.override(self.language):
            return disclosures.ours(self.kind)

    def get_initial(self) -> dict[str, Any]:
        """What is shown now."""
        own = self.wordings[0].text if self.wordings else ""
        return {"text": own or self.ours}

    def form_valid(self, form: Any) -> HttpResponse:
        """Store it; our words, unchanged, are no words of the workspace."""
        text = form.cleaned_data["text"]
        disclosing.write_disclosure(
            self.place,
            self.kind,
            self.language,
            "" if text == self.ours else text,
            template=self.template,
            by=self.by,
        )
        messages.success(self.request, _("The text was saved."))
        return redirect(self._address())

    def _address(self, **other: Any) -> str:
        page = reverse(f"{NAMESPACE}:disclosures", args=[self.place.pk])
        now = {"kind": self.kind, "language": self.language, "template": self.template}
        return f"{page}?{urlencode({**now, **other})}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The other texts, what may stand in it, how it read before."""
        rows = ConsumerText.objects.filter(workspace=self.place, template=self.template)
        written = set(rows.exclude(text="").values_list("kind", "language"))
        kinds = ConsumerText.Kind
        return super().get_context_data(
            kinds=[
                (self._address(kind=kind.value), kind.label, kind == self.kind) for kind in kinds
            ],
            languages=[
                (self._address(language=code), code, (self.kind, code) in written)
                for code, _name in settings.LANGUAGES
            ],
            language=self.language,
            templates=[
                (self._address(template=pk), words, pk == self.template)
                for pk, words in [(0, _("All templates")), *self.templates]
            ],
            wordings=self.wordings,
            own=bool(self.wordings and self.wordings[0].text),
            places=[(f"{{{name}}}", meant) for name, meant in MEANT.items()],
            **kwargs,
        )
