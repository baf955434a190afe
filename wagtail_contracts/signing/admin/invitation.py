"""The mail that invites somebody, before it leaves: the same words, a link that opens nothing."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.contracts.rendering.around import spoken
from wagtail_contracts.signing.core import tokens
from wagtail_contracts.signing.rendering import letters, texts
from wagtail_contracts.signing.rendering.mail import mail, public, with_link

UNKNOWN = "…"  # until it leaves


@dataclass(frozen=True)
class Shown:
    """A mail as its reader will find it; `html` and `text` are its two parts."""

    subject: str
    sender: str
    recipient: str
    replies: str
    html: str
    text: str


def show(contract: Contract, participant: Participant, deadline: date) -> Shown:
    """For the hook `show_invitation`: what the worker will send if the contract leaves now."""
    leaving = copy.copy(contract)
    leaving.deadline = deadline
    with translation.override(spoken(participant.language)):
        filled = letters.words(leaving, participant)
        letter = letters.letter("invitation", filled)
        mine = participant.language
        letter = texts.own(letter, leaving.workspace, "invitation", filled, mine)
        letter = with_link(letter, _placeholder())
        proof = letters.records(UNKNOWN, contract.trail, UNKNOWN, UNKNOWN)
        made = mail(letter, leaving, participant.email, identity=UNKNOWN, proof=proof)
        return Shown(
            subject=str(made.subject),
            sender=made.from_email,
            recipient=participant.email,
            replies=", ".join(made.reply_to),
            html=str(made.alternatives[0][0]),
            text=str(made.body),
        )


def _placeholder() -> str:
    """The address of a personal link with words for its secret: no secret is as short."""
    secret = "x" * tokens.LENGTH
    return public("landing", secret).replace(secret, _("personal-link"))
