"""The side panel of a template's editor that says what is wrong and what was overlooked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.ui.side_panels import BaseSidePanel

from wagtail_contracts.contracts.admin import faults, lawful, library, template_forms
from wagtail_contracts.contracts.admin.faults import Finding
from wagtail_contracts.contracts.blocks import expanded
from wagtail_contracts.contracts.blocks.definitions import has_key
from wagtail_contracts.contracts.core.richtext import Unreadable
from wagtail_contracts.contracts.flows.composing import unreadable

ROOM = "wagtail_contracts/contracts"


class FindingsPanel(BaseSidePanel):
    """What the newest draft has; each line leads to the place."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        """Counts them."""

        aria_label = gettext_lazy("Toggle findings")
        icon_name = "warning"
        counter_classname = "w-bg-critical-200"

        def get_context_data(self, parent_context: Any) -> dict[str, Any]:
            """Add how many there are."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, "count": len(self.panel.refused) + len(self.panel.warnings)}

    name = "findings"
    title = gettext_lazy("Findings")
    template_name = f"{ROOM}/admin/findings.html"
    order = 340

    @property
    def media(self) -> forms.Media:
        """What leads to the place."""
        return forms.Media(js=[versioned_static(f"{ROOM}/findings.js")])

    @cached_property
    def whole(self) -> dict[str, Any]:
        """The content of the draft."""
        page = self.object
        return template_forms.tree(page.roles, expanded(page.fields), page.body)

    @cached_property
    def refused(self) -> list[Finding]:
        """What must be mended before publishing; nothing is known before the first save."""
        if not self.object.pk:
            return []
        try:
            return list(template_forms.references(self.whole))
        except Unreadable as error:
            return [Finding(unreadable(error), "body")]

    @cached_property
    def warnings(self) -> list[Finding]:
        """What may stay."""
        if not self.object.pk:
            return []
        found = [*lawful.warnings(self.object), *library.newer(self.object)]
        return found if self.refused else [*found, *faults.warnings(self.whole)]

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Add both, each with the anchor of its place."""
        context: dict[str, Any] = super().get_context_data(parent_context)
        groups = [
            (_("Must be mended before it is published"), self.refused),
            (_("Worth a look"), self.warnings),
        ]
        return {
            **context,
            "saved": bool(self.object.pk),
            "groups": [
                (heading, [(finding, self._anchor(finding)) for finding in found])
                for heading, found in groups
                if found
            ],
        }

    def _anchor(self, finding: Finding) -> str:
        """An address, or where on the page: the block, the definition, "#" for the stream."""
        block = finding.place
        if finding.stream != "body":
            ids = {child.value["key"]: child.id for child in self.object.fields if has_key(child)}
            block = ids.get(finding.place, "")
        return finding.url or (f"#block-{block}-section" if block else "#")
