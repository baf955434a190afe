"""The rights of a group in each workspace, as a part of Wagtail's form for groups."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from wagtail.log_actions import get_active_log_context

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.models import GroupWorkspacePermission, Verb


class GroupRightsForm(forms.Form):
    """One row of check boxes for each workspace that the one who asks administers."""

    def __init__(
        self, data: Any = None, files: Any = None, instance: Group | None = None, **kwargs: Any
    ) -> None:
        super().__init__(data, prefix="contract_rights", **kwargs)
        self.group = instance or Group()
        self.user = get_active_log_context().user
        mine = permissions.workspaces(self.user, ["administer"]) if self.user else ()
        self.workspaces = list(mine)
        given: dict[int, list[str]] = {}
        rows = GroupWorkspacePermission.objects.filter(group=self.group) if self.group.pk else ()
        for row in rows:
            given.setdefault(row.workspace_id, []).append(row.verb)
        for workspace in self.workspaces:
            self.fields[str(workspace.pk)] = forms.MultipleChoiceField(
                choices=Verb.choices,
                required=False,
                label=workspace.name,
                initial=given.get(workspace.pk, []),
                widget=forms.CheckboxSelectMultiple,
            )

    def save(self) -> None:
        """Hand it to the flow, in the name of whoever uses the admin."""
        chosen = {place: self.cleaned_data[str(place.pk)] for place in self.workspaces}
        if chosen:
            contracts.grant(self.group, chosen, by=permissions.actor(self.user))

    def as_admin_panel(self) -> SafeString:
        """The part of the page."""
        template = "wagtail_contracts/contracts/admin/rights.html"
        return render_to_string(template, {"form": self, "verbs": Verb.choices})
