"""By which means somebody shows who they are, and whether what they showed is good enough."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_contracts.contracts.models import ContractVersion, Participant
from wagtail_contracts.signing.backends.methods import (
    EMAIL_CODE,
    IN_PERSON,
    LINK,
    TOTP,
    Method,
    method,
)
from wagtail_contracts.signing.errors import NotIdentified
from wagtail_contracts.signing.models import Identification, Purpose, Signature, SigningSession

FRESH = timedelta(minutes=10)


def accepted(participant: Participant, purpose: str) -> tuple[str, ...]:
    """Keys of the means by which this person may show who they are, the usual one first."""
    if purpose == Purpose.OPENING:
        return _opening(participant)
    if purpose == Purpose.SIGNING:
        usual = (EMAIL_CODE, TOTP) if participant.user_id else (EMAIL_CODE,)
        return (participant.signs_by,) if participant.signs_by else usual
    return (_fetching(participant),)


def needed(participant: Participant, purpose: str) -> Method:
    """The means that this person uses on a public page.

    Raises NotIdentified where the site has it no more, or something is missing for it.
    """
    found = method(accepted(participant, purpose)[0])
    if found and purpose not in found.purposes:
        found = None
    why = found.missing(participant) if found else _("It is not set up on this site any more.")
    if found is None or why:
        words = _(
            "You can’t show who you are by the means that was chosen for you. Ask the sender."
        )
        raise NotIdentified(f"{words} {why}")
    return found


def is_link_enough(participant: Participant, purpose: str) -> bool:
    """Whether whoever has the personal link needs to show nothing more."""
    return LINK in accepted(participant, purpose)


def may_read(session: SigningSession) -> bool:
    """Whether whoever has this session may see anything of the contract."""
    keys = accepted(session.participant, Purpose.OPENING)
    if LINK in keys:
        return True
    found = Identification.objects.filter(session=session, purpose=Purpose.OPENING)
    return found.filter(participant=session.participant_id, method__in=keys).exists()


def good_for_signing(session: SigningSession, version: ContractVersion) -> Identification | None:
    """What was shown in this session, before reading, if a signature on `version` may rest on it.

    By the means that signing would ask for, within FRESH, by the link that still opens, and for
    this very version: a code that was asked for another text says nothing about this one.
    """
    found = _shown(session, Purpose.OPENING, Purpose.SIGNING).filter(version=version)
    keys = accepted(session.participant, Purpose.SIGNING)
    return found.filter(method__in=keys, signature=None).order_by("-at").first()


def good_for_fetching(session: SigningSession) -> Identification | None:
    """What was shown in this session to take the sealed copy, and has not been used for one."""
    keys = accepted(session.participant, Purpose.FETCHING)
    found = _shown(session, Purpose.FETCHING).filter(method__in=keys, fetch=None)
    return found.order_by("-at").first()


def insist_fits(
    identification: Identification, participant: Participant, version: ContractVersion
) -> None:
    """Raise NotIdentified unless a signature of this person on this version may rest on it.

    It names both, is by a means that is asked of them, fresh, and was used for no other signature.
    """
    mine = (identification.participant_id, identification.version_id) == (
        participant.pk,
        version.pk,
    )
    by = identification.method in accepted(participant, Purpose.SIGNING)
    fresh = timezone.now() - FRESH <= identification.at
    unused = not Signature.objects.filter(identification=identification).exists()
    if not (mine and by and fresh and unused and identification.purpose != Purpose.FETCHING):
        raise NotIdentified(_("Identify yourself again. Nothing is signed."))


def _opening(participant: Participant) -> tuple[str, ...]:
    """In person too, where nothing else was chosen: only a host can vouch for somebody."""
    chosen = participant.opens_by or LINK
    if chosen == LINK and participant.party.contract.is_confidential:
        return (EMAIL_CODE, IN_PERSON)
    return (chosen,)


def _fetching(participant: Participant) -> str:
    chosen = participant.fetches_by or LINK
    if chosen == LINK and participant.party.contract.copy_is_behind:
        return EMAIL_CODE
    return chosen


def _shown(session: SigningSession, *purposes: str) -> QuerySet[Identification]:
    now = timezone.now()
    return Identification.objects.filter(
        session=session,
        session__ended_at=None,
        session__expires_at__gt=now,
        session__invitation__revoked_at=None,
        participant=session.participant_id,
        purpose__in=purposes,
        at__gte=now - FRESH,
    )
