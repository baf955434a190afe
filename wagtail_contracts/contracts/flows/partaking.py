"""Whether somebody who takes part may do something now: the table, asked under the lock."""

from __future__ import annotations

from django.utils.translation import gettext as _

from wagtail_contracts.contracts.core import taking_part
from wagtail_contracts.contracts.errors import NotYourPart, WrongState
from wagtail_contracts.contracts.models import Contract, Participant


def role_of(participant: Participant) -> str:
    """The role that somebody has now, by the database: GONE for whoever takes part no more."""
    rows = Participant.objects.present().filter(pk=participant.pk)
    return rows.values_list("role", flat=True).first() or taking_part.GONE


def may_now(participant: Participant, act: str, contract: Contract) -> bool:
    """Say whether somebody, as they were read, may do `act` with a contract as it was read."""
    role = taking_part.GONE if participant.left_at else participant.role
    return taking_part.may(role, act, contract.state)


def insist_is_here(participant: Participant) -> None:
    """Raise NotYourPart for somebody who takes part no more. Their contract is locked."""
    if role_of(participant) == taking_part.GONE:
        raise NotYourPart(_("This person does not take part any more."))


def insist_may(participant: Participant, act: str, contract: Contract) -> None:
    """Raise NotYourPart or WrongState where somebody may not do `act` now.

    `contract` is locked: whoever lost access a moment ago has lost it.
    """
    role = role_of(participant)
    if taking_part.may(role, act, contract.state):
        return
    if role == taking_part.GONE:
        raise NotYourPart(_("You don't take part in this contract any more. Nothing was stored."))
    if any(taking_part.may(role, act, state) for state in taking_part.TABLE):
        raise WrongState(_("The contract is not in the state for this."))
    raise NotYourPart(_("This is not for you to do in this contract. Nothing was stored."))
