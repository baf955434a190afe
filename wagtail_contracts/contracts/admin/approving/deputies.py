"""Who approves while one is away: appointed and dismissed by oneself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin.approving.deciding import INBOX, ROOM
from wagtail_contracts.contracts.admin.stepup import StepUpMixin
from wagtail_contracts.contracts.models import Deputy, person_name
from wagtail_contracts.errors import Refusal

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DeputyForm(forms.Form):
    """Somebody who may approve where one may oneself, and for how long."""

    deputy: Any = forms.ModelChoiceField(queryset=None, label=gettext_lazy("Deputy"))
    first = forms.DateField(label=gettext_lazy("First day"), widget=DAY)
    last = forms.DateField(label=gettext_lazy("Last day"), widget=DAY)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["deputy"]
        found = permissions.stand_ins(user)
        choice.queryset = found.order_by("last_name", "first_name", "pk")
        choice.label_from_instance = person_name


class DeputiesView(StepUpMixin, WagtailAdminTemplateMixin, FormView):
    """One's own deputies, those whom one stands in for, and a form."""

    stake = "approve"
    template_name = f"{ROOM}/deputies.html"
    page_title = gettext_lazy("My deputies")
    header_icon = "calendar-alt"
    form_class = DeputyForm
    http_method_names = ("get", "head", "options", "post")

    @property
    def asks_code(self) -> bool:  # type: ignore[override]
        """Whoever approves nothing gives nothing away."""
        return permissions.workspaces(self.request.user, [self.stake]).exists()

    @property
    def user(self) -> Any:
        """Whose deputies."""
        return self.request.user

    @cached_property
    def by(self) -> Actor:
        """Whoever asks."""
        return permissions.actor(self.request.user)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Approvals, here."""
        inbox = {"url": reverse(INBOX), "label": _("Approvals")}
        return [*self.breadcrumbs_items, inbox, {"url": "", "label": self.page_title}]

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form needs to know whose deputy."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Those of today and of days to come."""
        rows = Deputy.objects.filter(last__gte=timezone.localdate())
        mine = rows.filter(user=self.user).select_related("deputy")
        others = rows.filter(deputy=self.user).select_related("user")
        return super().get_context_data(
            mine=[(row, person_name(row.deputy)) for row in mine],
            others=[(row, person_name(row.user)) for row in others],
            back=reverse(INBOX),
            **kwargs,
        )

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Dismiss one, or appoint one."""
        named = request.POST.get("dismiss", "")
        if not named:
            return super().post(request, *args, **kwargs)
        rows = Deputy.objects.filter(user=request.user)
        found = rows.filter(pk=named).first() if named.isdecimal() else None
        if found:
            contracts.dismiss_deputy(found, by=self.by)
            messages.success(request, _("You approve yourself again."))
        return redirect(request.path)

    def form_valid(self, form: Any) -> HttpResponse:
        """Appoint, or say why not."""
        said = form.cleaned_data
        try:
            contracts.appoint_deputy(said["deputy"], said["first"], said["last"], by=self.by)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        told = {"name": person_name(said["deputy"])}
        messages.success(self.request, _("%(name)s approves for you on these days.") % told)
        return redirect(self.request.path)
