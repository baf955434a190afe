"""A personal link to copy, shown once."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy

from wagtail_contracts.errors import Refusal
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.admin.pages import ROOM
from wagtail_contracts.signing.admin.reissuing import ReissueForm, ReissueView
from wagtail_contracts.signing.rendering.mail import public


class OutsiderForm(ReissueForm):
    """Whose link; a member of staff needs none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["participant"]
        field.queryset = field.queryset.filter(user=None)


class CopyLinkView(ReissueView):
    """For a message that goes another way than ours. Asks for a fresh code: links let people in."""

    asks_code = True
    page_title = gettext_lazy("Copy a personal link")
    template_name = f"{ROOM}/copied.html"
    form_class = OutsiderForm
    consequence = gettext_lazy(
        "The link opens the contract for this person: give it to nobody else, and do not open it "
        "yourself. That you have copied it is recorded, and stands beside the person's signature. "
        "Links that the person has go on working."
    )
    button = gettext_lazy("Show the link")

    def form_valid(self, form: Any) -> HttpResponse:
        """Show the link; no answer of the admin is kept anywhere."""
        person = form.cleaned_data["participant"]
        try:
            secret = signing.copy_link(person, by=self.by)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        found = self.get_context_data(form=form, person=person, link=public("landing", secret))
        return self.render_to_response(found)
