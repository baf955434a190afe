"""Whose second factors an administrator sees to: who has one, and the reset of what was lost."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin.factors.pages import PEOPLE, RESET, ROOM, FactorPage
from wagtail_contracts.contracts.admin.scoping import one_or_404
from wagtail_contracts.contracts.admin.stepup import StepUpMixin
from wagtail_contracts.contracts.rendering.said import SaidField
from wagtail_contracts.errors import Refusal

SHOWN = 50


class ForAdministrators(FactorPage):
    """Turns away whoever administers nothing."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Before anything is asked or shown."""
        if not contracts.resets(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class PeopleView(ForAdministrators, TemplateView):
    """The colleagues, and what they confirm with."""

    template_name = f"{ROOM}/people.html"
    page_title = gettext_lazy("Second factors of colleagues")
    header_icon = "group"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A page of them."""
        asked = self.request.GET.get("q", "").strip()
        found = _named(contracts.resettable(self.request.user), asked)
        page = Paginator(found, SHOWN).get_page(self.request.GET.get("p"))
        counts = contracts.factor_counts(page.object_list)
        rows = [(person, counts[person.pk], self.address(RESET, person.pk)) for person in page]
        return super().get_context_data(rows=rows, page=page, asked=asked, **kwargs)


class ReasonForm(forms.Form):
    """Why; it is kept in the trail of the staff."""

    reason = SaidField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("For example “lost the phone; known by voice”. It is recorded."),
    )


class ResetView(ForAdministrators, StepUpMixin, FormView):
    """All factors of somebody go, for a reason, and they are told by mail."""

    template_name = f"{ROOM}/reset.html"
    page_title = gettext_lazy("Reset a second factor")
    header_icon = "warning"
    form_class = ReasonForm
    stake = "administer"

    @cached_property
    def person(self) -> Any:
        """One of those whom the asker may reset, or 404."""
        return one_or_404(contracts.resettable(self.request.user), self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whose, and how many there are."""
        count = contracts.factor_counts([self.person])[self.person.pk]
        return super().get_context_data(
            person=self.person, count=count, people=self.address(PEOPLE), **kwargs
        )

    def form_valid(self, form: Any) -> HttpResponse:
        """Reset, or say why not."""
        try:
            contracts.reset_factors(self.person, form.cleaned_data["reason"], by=self.by)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("The second factor was reset. The person gets an e-mail."))
        return redirect(self.address(PEOPLE))


def _named(people: Any, asked: str) -> Any:
    if not asked:
        return people
    names = [get_user_model().USERNAME_FIELD, "email", "first_name", "last_name"]
    known = {field.name for field in get_user_model()._meta.get_fields()}
    return people.filter(*[_any(names, known, word) for word in asked.split()])


def _any(names: list[str], known: set[str], word: str) -> Q:
    found = Q()
    for name in names:
        if name in known:
            found |= Q(**{f"{name}__icontains": word})
    return found
