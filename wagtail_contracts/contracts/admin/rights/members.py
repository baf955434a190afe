"""The people of a workspace, by role: who is in, who joins, who leaves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View
from wagtail.admin import messages

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin.acts import ROOM
from wagtail_contracts.contracts.admin.workspaces.administered import AdministeredPage
from wagtail_contracts.contracts.models import (
    GroupWorkspacePermission,
    ReadyGroup,
    Role,
    Verb,
    Workspace,
    person_name,
)
from wagtail_contracts.errors import Refusal

SUGGESTED = 200  # colleagues; of more, one types the address


@dataclass(frozen=True)
class Members:
    """The people of a group with rights in a workspace; `role` is "" for one made by hand."""

    name: str
    role: str
    rights: str
    people: list[Any]


class JoinForm(forms.Form):
    """Who, and as what."""

    person = forms.CharField(
        max_length=254,
        label=gettext_lazy("Colleague"),
        help_text=gettext_lazy("E-mail address or user name."),
        widget=forms.TextInput(attrs={"list": "wc-colleagues", "autocomplete": "off"}),
    )
    role = forms.ChoiceField(choices=Role.choices, label=gettext_lazy("Role"))

    def clean_person(self) -> Any:
        """The account; one that cannot log in is none."""
        said = self.cleaned_data["person"].strip()
        names = Q(email__iexact=said) | Q(**{get_user_model().USERNAME_FIELD: said})
        found = list(permissions.everybody().filter(names)[:2])
        if not found:
            raise ValidationError(
                _("Nobody here has this address. People are made under Settings, Users.")
            )
        if len(found) > 1:
            raise ValidationError(_("Several people have this address. Type the user name."))
        return found[0]


class LeaveForm(forms.Form):
    """Who, and from what."""

    person: forms.ModelChoiceField[Any] = forms.ModelChoiceField(None)
    role = forms.ChoiceField(choices=Role.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.queryset = get_user_model()._default_manager.all()


class MembersView(AdministeredPage, FormView):
    """Who has which role here; a post adds somebody."""

    asks_code = True
    form_class = JoinForm
    template_name = f"{ROOM}/rights/members.html"
    page_title = gettext_lazy("Members")
    http_method_names = ("get", "head", "options", "post")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the people by group, and whom one may have meant."""
        found = members_of(self.place)
        return super().get_context_data(
            workspace=self.place,
            roles=[group for group in found if group.role],
            groups=[group for group in found if not group.role],
            colleagues=permissions.everybody()[:SUGGESTED],
            leave=self.address("leave"),
            trail=self.address("trail"),
            **kwargs,
        )

    def form_valid(self, form: Any) -> HttpResponse:
        """Let them in, or say why not."""
        person, role = form.cleaned_data["person"], form.cleaned_data["role"]
        try:
            contracts.join(self.place, role, person, by=self.by)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        said = {"name": person_name(person), "role": Role(role).label}
        messages.success(self.request, _("%(name)s is now: %(role)s.") % said)
        return redirect(self.address("members"))


class LeaveView(AdministeredPage, View):
    """Takes a role from somebody."""

    asks_code = True
    http_method_names = ("options", "post")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it, or say why not."""
        form = LeaveForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("There is no such member."))
            return redirect(self.address("members"))
        person, role = form.cleaned_data["person"], form.cleaned_data["role"]
        said = {"name": person_name(person), "role": Role(role).label}
        try:
            contracts.leave(self.place, role, person, by=self.by)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("%(name)s is no longer: %(role)s.") % said)
        return redirect(self.address("members"))


def members_of(workspace: Workspace) -> list[Members]:
    """The groups with rights in a workspace; those of its roles first, in the roles' order."""
    ready = {row.group_id: row.role for row in ReadyGroup.objects.filter(workspace=workspace)}
    order = {role: place for place, role in enumerate(Role.values)}
    rows = GroupWorkspacePermission.objects.filter(workspace=workspace).order_by("pk")
    people = Prefetch("user_set", permissions.everybody(), to_attr="people")
    with_rights = Prefetch("workspace_permissions", rows, to_attr="held")
    groups: Any = Group.objects.filter(Q(pk__in=rows.values("group")) | Q(pk__in=ready))
    found = groups.prefetch_related(people, with_rights)
    made = [
        Members(group.name, ready.get(group.pk, ""), _said(group.held), group.people)
        for group in found
    ]
    return sorted(made, key=lambda one: (order.get(one.role, len(order)), one.name))


def _said(held: list[GroupWorkspacePermission]) -> str:
    """The rights in words, in their usual order."""
    reaches = {row.verb: row.own for row in held}
    own = _("own")
    words = [
        f"{verb.label} ({own})" if reaches[verb.value] else str(verb.label)
        for verb in Verb
        if verb.value in reaches
    ]
    return ", ".join(words)
