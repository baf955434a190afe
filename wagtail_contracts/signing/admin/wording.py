"""The texts of a workspace's mails: written, looked at as they will arrive, sent to oneself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import TextRefused
from wagtail_contracts.contracts.models import WorkspaceText
from wagtail_contracts.contracts.rendering.wordings import NAMES
from wagtail_contracts.signing.admin.places import NAMESPACE, WorkspacePage
from wagtail_contracts.signing.rendering import samples

MAILS = [kind for kind in WorkspaceText.Kind if not kind.helps]
MEANT = {
    "title": gettext_lazy("Title of the contract"),
    "organisation": gettext_lazy("Our organisation"),
    "sender": gettext_lazy("Who sends it"),
    "name": gettext_lazy("Who gets the mail"),
    "deadline": gettext_lazy("Last day to answer"),
    "version": gettext_lazy("Number of the version"),
}


class TextForm(forms.Form):
    """Subject and text; both empty: ours again."""

    subject = forms.CharField(max_length=160, required=False, label=gettext_lazy("Subject"))
    body = forms.CharField(
        max_length=4000,
        required=False,
        label=gettext_lazy("Text"),
        help_text=gettext_lazy(
            "An empty line begins a paragraph. The button and what people must know follow by "
            "themselves. Leave both empty to send our words."
        ),
        widget=forms.Textarea(attrs={"rows": 10}),
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean(self) -> dict[str, Any]:
        """Refuse placeholders that there are not."""
        cleaned: dict[str, Any] = super().clean() or {}
        try:
            words = (cleaned.get("subject", ""), cleaned.get("body", ""))
            contracts.insist_on_text(self.kind, *words)
        except TextRefused as refused:
            for name, sentence in refused.problems.items():
                self.add_error(name, sentence)
        return cleaned


class TextsView(WorkspacePage, FormView):
    """One mail in one language at a time; the others are a link away."""

    template_name = "wagtail_contracts/signing/admin/workspaces/texts.html"
    page_title = gettext_lazy("Texts of mails")
    header_icon = "mail"
    form_class = TextForm
    http_method_names = ("get", "head", "options", "post")
    name = "texts"
    kinds: Sequence[WorkspaceText.Kind] = MAILS
    typed: Any = None

    @cached_property
    def kind(self) -> str:
        """Which mail."""
        asked = self.request.GET.get("kind", "")
        return asked if asked in self.kinds else self.kinds[0].value

    @cached_property
    def language(self) -> str:
        """In which language."""
        asked, known = self.request.GET.get("language", ""), dict(settings.LANGUAGES)
        first = self.place.language
        return asked if asked in known else first if first in known else next(iter(known))

    @cached_property
    def stored(self) -> samples.Own | None:
        """The workspace's own words, where it has some."""
        rows = self.place.texts.filter(kind=self.kind, language=self.language)
        own: samples.Own | None = rows.values_list("subject", "body").first()
        return own

    @cached_property
    def ours(self) -> samples.Own:
        """Our words."""
        return samples.ours(self.place, self.kind, self.language, self.request.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form knows what may stand in this text."""
        return {**super().get_form_kwargs(), "kind": self.kind}

    def get_initial(self) -> dict[str, Any]:
        """What is sent now."""
        subject, body = self.stored or self.ours
        return {"subject": subject, "body": body}

    def form_valid(self, form: Any) -> HttpResponse:
        """Look at it, or store it, and send it to whoever asks for that."""
        own, do = self._own(form), self.request.POST.get("do")
        if do == "look":
            self.typed = own
            return self.render_to_response(self.get_context_data(form=form))
        contracts.write_text(self.place, self.kind, self.language, *own, by=self.by)
        messages.success(self.request, self._sent() if do == "test" else _("The text was saved."))
        return redirect(self._address(self.kind, self.language))

    def _own(self, form: Any) -> samples.Own:
        """What was written; our words, unchanged, are no words of the workspace."""
        data = form.cleaned_data
        subject, body = data["subject"], data["body"].replace("\r\n", "\n").strip()
        return ("", "") if (subject, body) == self.ours else (subject, body)

    def _sent(self) -> str:
        user: Any = self.request.user
        contracts.try_text(self.place, self.kind, self.language, user, by=self.by)
        return _("The text was saved, and a test is on its way to %s.") % user.email

    def _address(self, kind: str, language: str) -> str:
        page = reverse(f"{NAMESPACE}:{self.name}", args=[self.place.pk])
        return f"{page}?{urlencode({'kind': kind, 'language': language})}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """How it looks, the other texts, what may stand in it."""
        own = self.typed if self.typed is not None else self.stored or ("", "")
        rows = set(self.place.texts.values_list("kind", "language"))
        return super().get_context_data(
            **self.shown(own),
            kinds=[
                (self._address(kind, self.language), kind.label, kind == self.kind)
                for kind in self.kinds
            ],
            languages=[
                (self._address(self.kind, code), code, (self.kind, code) in rows)
                for code, _name in settings.LANGUAGES
            ],
            language=self.language,
            own=self.stored is not None,
            **kwargs,
        )

    def shown(self, own: samples.Own) -> dict[str, Any]:
        """The mail as it would arrive, and what stands for something in it."""
        user: Any = self.request.user
        arrives = samples.sample(self.place, self.kind, self.language, user, own)
        return {
            "arrives": arrives,
            "html": arrives.alternatives[0][0],
            "places": [(f"{{{name}}}", MEANT[name]) for name in NAMES],
            "may_test": bool(user.email),
        }
