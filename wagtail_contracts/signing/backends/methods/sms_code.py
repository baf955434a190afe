"""A one-time code by SMS: it shows control of the telephone."""

from __future__ import annotations

from django.utils.translation import gettext as _

from wagtail_contracts.contracts.models import Participant
from wagtail_contracts.signing.backends.methods.base import CodeMethod
from wagtail_contracts.signing.backends.sms import sms_backend, sms_offered
from wagtail_contracts.signing.core.masks import number


class SmsCode(CodeMethod):
    """Six digits to the participant's mobile phone, through the site's gateway."""

    rank = 2

    @property
    def name(self) -> str:
        """What people call it."""
        return _("Code by SMS")

    @property
    def how(self) -> str:
        """After a verb."""
        return _("with a code by SMS")

    def missing(self, participant: Participant) -> str:
        """It needs a gateway and a number."""
        if not sms_offered():
            return _("This site sends no SMS.")
        return "" if participant.phone else _("There is no mobile number.")

    def contact(self, participant: Participant) -> str:
        """Where the code goes, as E.164 has it."""
        return participant.phone

    def masked(self, participant: Participant) -> str:
        """•• •• •0 12."""
        return number(participant.phone)

    def send(self, participant: Participant, text: str, *, identity: str) -> None:
        """Hand it to the gateway."""
        sms_backend().send(participant.phone, text, identity=identity)
