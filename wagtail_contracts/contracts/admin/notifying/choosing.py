"""The part of one's account that says what one is told by mail, and when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin.acts import ROOM
from wagtail_contracts.contracts.conf import contracts as conf
from wagtail_contracts.contracts.models.notifications import How, Kind, choices_of


class ChoicesForm(forms.Form):
    """One choice for each kind."""

    def __init__(self, *args: Any, instance: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = instance
        now = choices_of(instance)
        for kind in Kind:
            self.fields[kind] = forms.ChoiceField(
                required=False, choices=How.choices, label=kind.label, initial=now[kind]
            )

    def save(self) -> None:
        """Keep what differs from before; Wagtail's page of the account calls it."""
        before = choices_of(self.user)
        said = {kind: how for kind, how in self.cleaned_data.items() if how}
        chosen = {kind: how for kind, how in said.items() if how != before[kind]}
        contracts.choose(self.user, chosen, by=permissions.actor(self.user))


class ChoicesPanel(BaseSettingsPanel):
    """Beside Wagtail's own notifications."""

    name = "contract_notifications"
    title = gettext_lazy("E-mails about contracts")
    tab = notifications_tab
    order = 150
    form_class = ChoicesForm
    template_name = f"{ROOM}/notifying/choices.html"

    def is_active(self) -> bool:
        """For those who see contracts."""
        return bool(permissions.POLICIES["Contract"].user_has_permission(self.user, "view"))

    def get_context_data(self) -> dict[str, Any]:
        """And when the mail of the day leaves."""
        zone = self.profile.get_current_time_zone()
        words = {"hour": f"{conf().digest_hour:02}:00", "zone": zone}
        daily = _("Once a day is at %(hour)s by the clock of %(zone)s.") % words
        return {**super().get_context_data(), "daily": daily}


def panel(request: Any, user: Any, profile: Any) -> ChoicesPanel:
    """For the hook."""
    return ChoicesPanel(request, user, profile)
