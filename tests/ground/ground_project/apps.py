"""The project declares the kinds of its events when it starts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GroundConfig(AppConfig):
    """A shop."""

    name = "ground_project"

    def ready(self) -> None:
        """Declare what is recorded."""
        from wagtail_contracts.audit import kinds

        kinds.declare("receipt.issued", _("%(who)s issued a receipt"), {"subject": str})
        kinds.declare("shelf.counted", _("%(who)s counted %(count)s"), {"count": int})
        kinds.declare("shelf.emptied", _("The shelf was emptied"))
