"""A one-time code of a device of one of the staff (RFC 6238), by django-otp."""

from __future__ import annotations

from django.utils.translation import gettext as _

from wagtail_contracts.contracts.models import Participant
from wagtail_contracts.signing.backends.methods.base import Method
from wagtail_contracts.signing.core import shown
from wagtail_contracts.signing.models import Purpose


class Device(Method):
    """The code app of a colleague, who signs in the admin."""

    kind = shown.DEVICE
    rank = 2
    purposes = (Purpose.SIGNING,)

    @property
    def name(self) -> str:
        """What people call it."""
        return _("One-time code of a device")

    @property
    def how(self) -> str:
        """After a verb."""
        return _("with a one-time code")

    def missing(self, participant: Participant) -> str:
        """Only staff have devices here."""
        return "" if participant.user_id else _("Only a member of staff has such a device.")
