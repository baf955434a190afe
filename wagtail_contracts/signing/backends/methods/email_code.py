"""A one-time code by mail: it shows control of the mailbox that got the link."""

from __future__ import annotations

from django.utils.translation import gettext as _

from wagtail_contracts.contracts.models import Participant
from wagtail_contracts.signing.backends.methods.base import CodeMethod
from wagtail_contracts.signing.core.masks import address


class EmailCode(CodeMethod):
    """Six digits to the participant's address, in a letter of ours."""

    rank = 1
    by_mail = True

    @property
    def name(self) -> str:
        """What people call it."""
        return _("Code by e-mail")

    @property
    def how(self) -> str:
        """After a verb."""
        return _("with a code by e-mail")

    def missing(self, participant: Participant) -> str:
        """It needs an address."""
        return "" if participant.email else _("There is no e-mail address.")

    def contact(self, participant: Participant) -> str:
        """Where the code goes."""
        return participant.email

    def masked(self, participant: Participant) -> str:
        """k•••@example.com."""
        return address(participant.email)
