"""In person, on the device of one of the staff, who is present and stands in the record."""

from __future__ import annotations

from django.utils.translation import gettext as _

from wagtail_contracts.signing.backends.methods.base import Method
from wagtail_contracts.signing.core import shown
from wagtail_contracts.signing.models import Purpose


class InPerson(Method):
    """The host hands over the device, and takes it back."""

    kind = shown.HOST
    rank = 2
    purposes = (Purpose.SIGNING,)

    @property
    def name(self) -> str:
        """What people call it."""
        return _("In person, on our device")

    @property
    def how(self) -> str:
        """After a verb."""
        return _("in person")
