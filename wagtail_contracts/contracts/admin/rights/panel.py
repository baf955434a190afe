"""The rights of a group in each workspace, as a part of Wagtail's form for groups.

Wagtail's own parts are saved before this one: what it says about the templates of a workspace
holds, whatever the table of page permissions says.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.staticfiles import versioned_static
from wagtail.log_actions import get_active_log_context

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin.factors.code_fields import CodeMixin
from wagtail_contracts.contracts.core import roles
from wagtail_contracts.contracts.core.rights import ALL, NONE, OWN, WHOLE, completed
from wagtail_contracts.contracts.errors import LastAdministrator
from wagtail_contracts.contracts.models import Role, Verb, Workspace
from wagtail_contracts.contracts.models.templates import indexes

MIXED, NOTHING = "", "nothing"
ROLES = [(MIXED, _("As chosen one by one")), (NOTHING, _("No rights")), *Role.choices]
REACHES = [(NONE, _("No")), (OWN, _("Own")), (ALL, _("All"))]


class GroupRightsForm(CodeMixin, forms.Form):
    """A row for each workspace that the one who asks administers: a role, or verb by verb."""

    class Media:
        js = [versioned_static("wagtail_contracts/contracts/rights.js")]

    def __init__(
        self, data: Any = None, files: Any = None, instance: Group | None = None, **kwargs: Any
    ) -> None:
        super().__init__(data, prefix="contract_rights", **kwargs)
        self.group = instance or Group()
        self.user = get_active_log_context().user
        mine = permissions.workspaces(self.user, ["administer"]) if self.user else ()
        self.workspaces = list(mine)
        self.pages = contracts.page_permissions(self.group) if self.group.pk else {}
        self.paged = {i.workspace_id: i.pk for i in indexes() if self.pages.get(i.pk)}
        self.before = {place.pk: self._held(place) for place in self.workspaces}
        for place in self.workspaces:
            self._add(place)
        self.ask_code()

    def _add(self, place: Workspace) -> None:
        held = self.before[place.pk]
        self.fields[f"{place.pk}-role"] = forms.ChoiceField(
            choices=ROLES,
            required=False,
            label=_("Role"),
            initial=roles.named(held) or (MIXED if held else NOTHING),
        )
        for verb in Verb:
            self.fields[f"{place.pk}-{verb}"] = forms.ChoiceField(
                choices=[REACHES[0], REACHES[2]] if verb in WHOLE else REACHES,
                required=False,
                label=verb.label,
                initial=held.get(verb, NONE),
            )

    def _held(self, place: Workspace) -> dict[str, str]:
        """What is stored; templates also by a permission on their pages that Wagtail gave."""
        held = contracts.granted(self.group, place) if self.group.pk else {}
        return {**held, Verb.TEMPLATES.value: ALL} if place.pk in self.paged else held

    def rows(self) -> list[dict[str, Any]]:
        """What the template shows: each workspace with its role and its verbs."""
        return [
            {
                "workspace": place,
                "role": self[f"{place.pk}-role"],
                "verbs": [self[f"{place.pk}-{verb}"] for verb in Verb],
            }
            for place in self.workspaces
        ]

    @property
    def ready(self) -> dict[str, dict[str, str]]:
        """The rights of each role, for the script that shows them as one is chosen."""
        return {NOTHING: {}, **{role: roles.reaches(role) for role in roles.VERBS}}

    @cached_property
    def wanted(self) -> dict[Workspace, Mapping[str, str]]:
        """What was asked for: a role that was chosen just now, else verb by verb."""
        return {place: self._wanted(place) for place in self.workspaces}

    def _wanted(self, place: Workspace) -> Mapping[str, str]:
        role = self.cleaned_data[f"{place.pk}-role"]
        if role and f"{place.pk}-role" in self.changed_data:
            return {} if role == NOTHING else roles.reaches(role)
        return {verb: self.cleaned_data[f"{place.pk}-{verb}"] for verb in Verb.values}

    def clean(self) -> dict[str, Any]:
        """Refuse, before Wagtail saves its part, what the flow would refuse."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        if not self.group.pk:
            return self._confirmed(cleaned)
        for place, wanted in self.wanted.items():
            try:
                contracts.insist_on_an_administrator(self.group, place, _only(wanted))
            except LastAdministrator as refusal:
                raise ValidationError(str(refusal)) from refusal
        return self._confirmed(cleaned)

    def _confirmed(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        """The same, once a code was given for what changes."""
        changed = [
            place
            for place, wanted in self.wanted.items()
            if completed(_only(wanted)) != self.before[place.pk]
        ]
        self.insist_on_code(cleaned, changed)
        return cleaned

    def save(self) -> None:
        """Hand it to the flow, in the name of whoever uses the admin."""
        by = permissions.actor(self.user)
        for place, wanted in self.wanted.items():
            contracts.grant(self.group, place, wanted, by=by)
        mine = {index.pk for index in indexes() if index.workspace in self.wanted}
        were = {index.pk: self.pages.get(index.pk, frozenset()) for index in indexes()}
        others = {page: kinds for page, kinds in were.items() if page not in mine}
        contracts.restore_pages(self.group, others, by=by)

    def as_admin_panel(self) -> SafeString:
        """The part of the page."""
        template = "wagtail_contracts/contracts/admin/rights/panel.html"
        return render_to_string(template, {"form": self, "verbs": Verb.choices})


def _only(reaches: Mapping[str, str]) -> dict[str, str]:
    return {verb: reach for verb, reach in reaches.items() if reach}
