"""Several contracts in one sitting: from the list of a package into each, and one showing for all.

A sitting is what one browser does by one link to a package: the session that the link was exchanged
for, and those into which somebody went on from there. What they showed of themselves in one of them
serves the others for as long as it is fresh, each by an identification of its own.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts.flows.packaging import address
from wagtail_contracts.contracts.models import Contract, ContractVersion, PackageItem, Participant
from wagtail_contracts.signing.backends.methods import CodeMethod, method
from wagtail_contracts.signing.core import shown, tokens
from wagtail_contracts.signing.core.shown import Shown
from wagtail_contracts.signing.errors import UnknownLink
from wagtail_contracts.signing.flows import means
from wagtail_contracts.signing.flows.identifying import identified
from wagtail_contracts.signing.flows.limiting import limit
from wagtail_contracts.signing.flows.mismatches import difference
from wagtail_contracts.signing.models import Identification, Purpose, SigningSession

STEPS_AN_HOUR = 120


def items_of(session: SigningSession) -> QuerySet[PackageItem]:
    """The contracts of the package that a session is about; none of any other session."""
    found = PackageItem.objects.filter(package=session.package_id or 0)
    whole = ("workspace__logo", "owner", "current_version")
    return found.select_related(*(f"participant__party__contract__{name}" for name in whole))


def step_into(
    session: SigningSession, public_id: str, *, replaces: str = "", by: Actor
) -> tuple[SigningSession, str]:
    """Go on from one contract of a package to another; return the session there and its cookie.

    It lasts no longer than the sitting. `replaces` is the cookie that this browser had for it.
    Raises UnknownLink, TooMany.
    """
    limit("step", f"invitation {session.invitation_id}", most=STEPS_AN_HOUR, by=by)
    item = items_of(session).filter(participant__public_id=public_id).first()
    if item is None or not _is_same(item.participant, session.participant):
        raise UnknownLink(_("This link does not work."))
    return _stepped(session, item.participant, replaces, by=by)


def is_same_sitting(one: SigningSession, other: SigningSession) -> bool:
    """Whether two sessions are one browser's, by one link."""
    return _sitting(one) == _sitting(other)


def shown_for_signing(session: SigningSession, version: ContractVersion) -> Identification | None:
    """What a signature on `version` may rest on: shown here, or in this sitting beside it."""
    return means.good_for_signing(session, version) or serves(session, version, Purpose.SIGNING)


def serves(
    session: SigningSession, version: ContractVersion, purpose: str
) -> Identification | None:
    """What was shown in another contract of this sitting and serves in this one, the newest of it.

    By the same person and the means asked of them here, fresh, for the version that is the newest
    there, and when the one here lay beside it already. It has to show whom this contract expects,
    too. What somebody signed with a signature of their own serves nothing else.
    """
    if session.package_id is None:
        return None
    keys = means.accepted(session.participant, purpose)
    found = _shown_beside(session).filter(method__in=keys, at__gte=version.frozen_at)
    same = (one for one in found if _is_same(one.participant, session.participant))
    return next((one for one in same if _shows(one, session.participant)), None)


@transaction.atomic
def take_over(
    session: SigningSession, version: ContractVersion, *, by: Actor, purpose: str = Purpose.SIGNING
) -> Identification | None:
    """Make an identification for this version of what serves it, as old as that; None for nothing.

    The event says from which it was taken over. A provider's answer stays with that one: it names
    the text that it was asked for, and proves nothing about another.
    """
    Contract.objects.lock(version.contract_id)
    source = serves(session, version, purpose)
    if source is None or (evidence := _evidence(source)) is None:
        return None
    person, told = session.participant, replace(evidence, answer="")
    return identified(person, version, told, purpose, by=by, source=source, session=session)


def _shown_beside(session: SigningSession) -> QuerySet[Identification]:
    now, sitting = timezone.now(), _sitting(session)
    found = Identification.objects.filter(
        Q(session=sitting) | Q(session__sitting=sitting),
        source=None,
        session__ended_at=None,
        session__expires_at__gt=now,
        session__invitation__revoked_at=None,
        session__package=session.package_id,
        participant__packaged__package=session.package_id,
        participant__party__contract__current_version=F("version"),
        purpose__in=(Purpose.OPENING, Purpose.SIGNING),
        at__gte=now - means.FRESH,
    )
    found = found.exclude(participant=session.participant_id).order_by("-at", "pk")
    return found.select_related("participant")


@transaction.atomic
def _stepped(
    session: SigningSession, participant: Participant, replaces: str, *, by: Actor
) -> tuple[SigningSession, str]:
    cookie, now = tokens.issue(), timezone.now()

    old = SigningSession.objects.filter(secret_hash=tokens.fingerprint(replaces), ended_at=None)
    old.filter(participant=participant).update(ended_at=now)
    made = SigningSession.objects.create(
        participant=participant,
        invitation=session.invitation,
        package_id=session.package_id,
        sitting_id=_sitting(session),
        secret_hash=tokens.fingerprint(cookie),
        begun_at=now,
        expires_at=session.expires_at,
    )
    version: Any = participant.party.contract.current_version  # it was sent
    if not means.may_read(made):
        take_over(made, version, purpose=Purpose.OPENING, by=by)
    return made, cookie


def _sitting(session: SigningSession) -> int:
    found: Any = session.sitting_id or session.pk
    return int(found)


def _evidence(source: Identification) -> Shown | None:
    """What was shown; None where it was erased, or is a signature over another version."""
    found = shown.read(source.evidence)
    return found if found and not found.signature else None


def _shows(source: Identification, person: Participant) -> bool:
    """Whether it shows this very person: whom a provider named, or who has the address of a code.

    The people of a package have one mailbox; names, numbers and telephones may differ.
    """
    found, asked = _evidence(source), method(source.method)
    if found is None:
        return False
    if isinstance(asked, CodeMethod):
        return found.contact.lower() == asked.contact(person).lower()
    return found.kind != shown.AWAY or not difference(person, found)


def _is_same(one: Participant, other: Participant) -> bool:
    return one.left_at is None and address(one) == address(other)
