"""How a participant is shown to be who they are, before they sign."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, ContractVersion, Participant
from wagtail_contracts.signing.conf import signing
from wagtail_contracts.signing.core import tokens
from wagtail_contracts.signing.errors import CodeExpired, CodeWrong, NotIdentified
from wagtail_contracts.signing.flows.limiting import limit
from wagtail_contracts.signing.flows.standing import insist_may_sign
from wagtail_contracts.signing.models import Challenge, Identification, SigningSession

EMAIL_CODE, TOTP = "email_code", "totp"
READING, SIGNING = "reading", "signing"  # what somebody was asked to show who they are for
TRIES = 5
CODES_AN_HOUR, GUESSES_A_DAY, DAY = 3, 15, 86_400
FRESH = timedelta(minutes=10)


def ask_code(
    participant: Participant, digest: str, *, session: SigningSession | None = None, by: Actor
) -> Challenge:
    """Ask for a code by mail for the version with this digest; the worker makes and sends it.

    Raises StaleVersion, NotYourTurn, AlreadySigned, NotReady, WrongState, TooMany.
    """
    limit("code", _source(participant, session), most=CODES_AN_HOUR, by=by)
    return _challenge(participant, digest, session=session, by=by)


def ask_entry_code(session: SigningSession, *, by: Actor) -> Challenge:
    """Ask for a code by mail that opens a confidential contract in this session. Raises TooMany."""
    limit("entry", _source(session.participant, session), most=CODES_AN_HOUR, by=by)
    return _entry_challenge(session, by=by)


@transaction.atomic
def make_code(challenge: Challenge, *, by: Actor) -> str | None:
    """Give an open challenge a new code and return it; None if it is over.

    No row ever holds the code; a retry replaces its hash and resets no attempts.
    """
    code = tokens.new_code()
    rows = Challenge.objects.filter(pk=challenge.pk, used_at=None, expires_at__gt=timezone.now())
    return code if rows.update(code_hash=_hashed(challenge, code)) else None


def identify(challenge: Challenge, code: str, *, by: Actor) -> Identification:
    """Compare a code; each call counts, right or wrong, before it is compared.

    Raises CodeWrong, CodeExpired, TooMany, StaleVersion.
    """
    _compare(challenge, code, by=by)
    return _completed(challenge, by=by)


def enter(challenge: Challenge, code: str, *, by: Actor) -> Identification:
    """Compare a code that opens a confidential contract, whichever version is newest by now.

    Counted as any other. Raises CodeWrong, CodeExpired, TooMany.
    """
    _compare(challenge, code, by=by)
    return _entered(challenge, by=by)


def may_read(session: SigningSession) -> bool:
    """Whether whoever has this session may see anything of the contract."""
    if not session.participant.party.contract.is_confidential:
        return True
    return Identification.objects.filter(session=session).exists()


def _compare(challenge: Challenge, code: str, *, by: Actor) -> None:
    source = _source(challenge.participant, challenge.session)
    limit("guess", source, most=GUESSES_A_DAY, seconds=DAY, by=by)
    left = _attempt(challenge, by=by)
    if left is None:
        raise CodeExpired(_("The code has expired. Ask for a new one."))
    challenge.refresh_from_db()
    if not constant_time_compare(challenge.code_hash, _hashed(challenge, code)):
        _failed(challenge.participant, EMAIL_CODE, by=by)
        raise CodeWrong(_("That code is not right."), left)


def identify_staff(
    participant: Participant, user: Any, device_id: str, token: str, digest: str, *, by: Actor
) -> Identification:
    """Identify our own signatory by a one-time code of a device (RFC 6238), which it uses up.

    Raises CodeWrong, StaleVersion, TooMany.
    """
    from django_otp import verify_token

    limit("totp", str(user.pk), most=GUESSES_A_DAY, by=by)
    if participant.user_id != user.pk or not verify_token(user, device_id, token):
        _failed(participant, TOTP, by=by)
        raise CodeWrong(_("That code is not right."), 0)
    return _identified_staff(participant, digest, device_id, by=by)


def good_for_signing(session: SigningSession, version: ContractVersion) -> Identification | None:
    """What was shown in this session, before reading, if a signature on `version` may rest on it.

    By the means that signing would ask for, within FRESH, by the link that still opens, and for
    this very version: a code that was asked for another text says nothing about this one.
    """
    now = timezone.now()
    found = Identification.objects.filter(
        session=session,
        session__ended_at=None,
        session__expires_at__gt=now,
        session__invitation__revoked_at=None,
        participant=session.participant_id,
        version=version,
        method=EMAIL_CODE,
        at__gte=now - FRESH,
        signature=None,
    )
    return found.order_by("-at").first()


def _source(participant: Participant, session: SigningSession | None) -> str:
    """Limits hang on the link, so that nobody without it can use up what its holder has."""
    if session is None:
        return f"participant {participant.pk}"
    if session.participant_id != participant.pk:
        raise NotIdentified(_("This link belongs to somebody else."))
    return f"invitation {session.invitation_id}"


@transaction.atomic
def _challenge(
    participant: Participant, digest: str, *, session: SigningSession | None, by: Actor
) -> Challenge:
    contract = Contract.objects.lock(participant.party.contract_id)
    version = contracts.insist_on_current(contract, digest)
    insist_may_sign(contract, version, participant)
    return _asked(participant, version, session, "code", by=by)


@transaction.atomic
def _entry_challenge(session: SigningSession, *, by: Actor) -> Challenge:
    contract = Contract.objects.lock(session.participant.party.contract_id)
    version: Any = contract.current_version  # there is a session, so it was sent
    return _asked(session.participant, version, session, "entry_code", by=by)


@transaction.atomic
def _asked(
    participant: Participant,
    version: ContractVersion,
    session: SigningSession | None,
    mail: str,
    *,
    by: Actor,
) -> Challenge:
    now = timezone.now()

    challenge = Challenge.objects.create(
        participant=participant,
        session=session,
        version=version,
        asked_at=now,
        expires_at=now + timedelta(minutes=signing().code_minutes),
    )

    data = {"participant": participant.public_id, "version": version.number, "method": EMAIL_CODE}
    contracts.record(version.contract, events.IDENTIFICATION_BEGUN, data, by=by)
    contracts.tell([participant], mail, challenge=challenge.pk)
    return challenge


@transaction.atomic(durable=True)
def _attempt(challenge: Challenge, *, by: Actor) -> int | None:
    """How many tries remain after this one, None if there was none left; counted for good."""
    rows = Challenge.objects.filter(
        pk=challenge.pk, used_at=None, attempts__lt=TRIES, expires_at__gt=timezone.now()
    ).exclude(code_hash="")
    if not rows.update(attempts=F("attempts") + 1):
        return None
    return TRIES - Challenge.objects.get(pk=challenge.pk).attempts


@transaction.atomic
def _failed(participant: Participant, method: str, *, by: Actor) -> None:
    contract = participant.party.contract
    data = {"participant": participant.public_id, "method": method}
    contracts.record(contract, events.IDENTIFICATION_FAILED, data, by=by)


@transaction.atomic
def _completed(challenge: Challenge, *, by: Actor) -> Identification:
    contract = Contract.objects.lock(challenge.participant.party.contract_id)
    contracts.insist_on_current(contract, challenge.version.digest)
    return _used(challenge, SIGNING, by=by)


@transaction.atomic
def _entered(challenge: Challenge, *, by: Actor) -> Identification:
    Contract.objects.lock(challenge.participant.party.contract_id)
    return _used(challenge, READING, by=by)


@transaction.atomic
def _used(challenge: Challenge, purpose: str, *, by: Actor) -> Identification:
    now = timezone.now()
    unused = Challenge.objects.filter(
        pk=challenge.pk, code_hash=challenge.code_hash, used_at=None, expires_at__gt=now
    )
    if not unused.update(used_at=now):
        raise CodeExpired(_("The code has expired. Ask for a new one."))
    return _identification(
        challenge.participant,
        challenge.version,
        (EMAIL_CODE, f"code to {challenge.participant.email}", now, purpose),
        session=challenge.session,
        by=by,
    )


@transaction.atomic
def _identified_staff(
    participant: Participant, digest: str, device_id: str, *, by: Actor
) -> Identification:
    contract = Contract.objects.lock(participant.party.contract_id)
    version = contracts.insist_on_current(contract, digest)
    how = (TOTP, f"device {device_id}", timezone.now(), SIGNING)
    return _identification(participant, version, how, session=None, by=by)


def _identification(
    participant: Participant,
    version: ContractVersion,
    how: tuple[str, str, datetime, str],
    *,
    session: SigningSession | None,
    by: Actor,
) -> Identification:
    method, evidence, at, purpose = how
    made = Identification.objects.create(
        participant=participant,
        version=version,
        session=session,
        method=method,
        at=at,
        evidence=evidence,
    )
    data = {"participant": participant.public_id, "version": version.number, "method": method}
    told = {**data, "identification": made.pk, "purpose": purpose}
    contracts.record(version.contract, events.IDENTIFICATION_COMPLETED, told, by=by)
    return made


def _hashed(challenge: Challenge, code: str) -> str:
    """Keyed: a plain hash of a million codes would be no secret."""
    words = f"{challenge.public_id}:{code.strip()}"
    return salted_hmac("wagtail_contracts.signing.code", words, algorithm="sha256").hexdigest()
