"""The personal link alone: whoever has the mail."""

from __future__ import annotations

from django.utils.translation import gettext as _

from wagtail_contracts.signing.backends.methods.base import Method
from wagtail_contracts.signing.core import shown
from wagtail_contracts.signing.models import Purpose


class Link(Method):
    """Nothing more than the link that was sent."""

    kind = shown.LINK
    purposes = (Purpose.SIGNING,)

    @property
    def name(self) -> str:
        """What people call it."""
        return _("Personal link")

    @property
    def how(self) -> str:
        """After a verb."""
        return _("with a personal link")
