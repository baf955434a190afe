"""The side panel of the editor that says what will need an approval before it is sent."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.ui.side_panels import BaseSidePanel

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin.approving.deciding import ROOM
from wagtail_contracts.contracts.admin.approving.standing import Standing, standing_of
from wagtail_contracts.contracts.errors import NotReady


class ApprovalPanel(BaseSidePanel):
    """The rules that ask about the draft as it was last saved, and whom."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        """Counts them."""

        aria_label = gettext_lazy("Toggle what will need approval")
        icon_name = "user"

        def get_context_data(self, parent_context: Any) -> dict[str, Any]:
            """Add how many ask."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            standing = self.panel.standing
            return {**context, "count": len(standing.need.rules) if standing else 0}

    name = "approval"
    title = gettext_lazy("What will need approval")
    template_name = f"{ROOM}/panel.html"
    order = 345

    @property
    def media(self) -> forms.Media:
        """What asks anew when it is opened: autosave goes on."""
        return forms.Media(js=[versioned_static("wagtail_contracts/contracts/findings.js")])

    @cached_property
    def standing(self) -> Standing | None:
        """Where it stands; nothing of a text that can't be read."""
        try:
            content = contracts.compose(self.object)
        except NotReady:
            return None
        return standing_of(self.object, content, self.request.user.pk)

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The rules in words, what stands in the way, and how far it is."""
        context: dict[str, Any] = super().get_context_data(parent_context)
        standing = self.standing
        if standing is None:
            return {**context, "fault": _("The text can't be read, so no rule can be asked.")}
        return {**context, "standing": standing}
