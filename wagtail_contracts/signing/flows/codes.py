"""Codes: how a participant shows who they are, before they read, sign or take the copy."""

from __future__ import annotations

from datetime import timedelta
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
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.signing.backends.methods import TOTP, CodeMethod, method
from wagtail_contracts.signing.conf import signing
from wagtail_contracts.signing.core import shown as kinds
from wagtail_contracts.signing.core import tokens
from wagtail_contracts.signing.core.shown import Shown
from wagtail_contracts.signing.errors import CodeExpired, CodeWrong, NotIdentified
from wagtail_contracts.signing.flows import means
from wagtail_contracts.signing.flows.identifying import failed, identified
from wagtail_contracts.signing.flows.limiting import limit
from wagtail_contracts.signing.flows.standing import insist_may_sign
from wagtail_contracts.signing.models import Challenge, Identification, Purpose, SigningSession

TRIES = 5
CODES_AN_HOUR, GUESSES_A_DAY, DAY = 3, 15, 86_400
DEVICE_CODES_AN_HOUR = 15  # of one member of staff, who may sign many contracts a day
MAILS = {Purpose.SIGNING: "code", Purpose.OPENING: "entry_code", Purpose.FETCHING: "copy_code"}


def ask_code(
    participant: Participant, digest: str, *, session: SigningSession | None = None, by: Actor
) -> Challenge:
    """Ask for a code to sign the version with this digest; the worker makes and sends it.

    Raises StaleVersion, NotYourTurn, AlreadySigned, NotReady, WrongState, NotIdentified, TooMany.
    """
    limit("code", _source(participant, session), most=CODES_AN_HOUR, by=by)
    return _challenge(participant, digest, session=session, by=by)


def ask_entry_code(session: SigningSession, *, by: Actor) -> Challenge:
    """Ask for a code that opens a contract in this session. Raises NotIdentified, TooMany."""
    limit("entry", _source(session.participant, session), most=CODES_AN_HOUR, by=by)
    return _without_digest(session, Purpose.OPENING, by=by)


def ask_copy_code(session: SigningSession, *, by: Actor) -> Challenge:
    """Ask for a code that hands out the sealed copy. Raises NotIdentified, TooMany."""
    limit("copy_code", _source(session.participant, session), most=CODES_AN_HOUR, by=by)
    return _without_digest(session, Purpose.FETCHING, by=by)


@transaction.atomic
def make_code(challenge: Challenge, *, by: Actor) -> str | None:
    """Give an open challenge a new code and return it; None if it is over.

    No row ever holds the code; a retry replaces its hash and resets no attempts.
    """
    code = tokens.new_code()
    rows = Challenge.objects.filter(pk=challenge.pk, used_at=None, expires_at__gt=timezone.now())
    return code if rows.update(code_hash=_hashed(challenge, code)) else None


def identify(challenge: Challenge, code: str, *, by: Actor) -> Identification:
    """Compare a code for signing; each call counts, right or wrong, before it is compared.

    Raises CodeWrong, CodeExpired, TooMany, StaleVersion.
    """
    _compare(challenge, code, by=by)
    return _completed(challenge, by=by)


def enter(challenge: Challenge, code: str, *, by: Actor) -> Identification:
    """Compare a code for opening or fetching, whichever version is newest by now.

    Counted as any other. Raises CodeWrong, CodeExpired, TooMany.
    """
    _compare(challenge, code, by=by)
    return _entered(challenge, by=by)


def _compare(challenge: Challenge, code: str, *, by: Actor) -> None:
    source = _source(challenge.participant, challenge.session)
    limit("guess", source, most=GUESSES_A_DAY, seconds=DAY, by=by)
    left = _attempt(challenge, by=by)
    if left is None:
        raise CodeExpired(_("The code has expired. Ask for a new one."))
    challenge.refresh_from_db()
    if not constant_time_compare(challenge.code_hash, _hashed(challenge, code)):
        failed(challenge.participant, challenge.method, by=by)
        raise CodeWrong(_("That code is not right."), left)


def identify_staff(
    participant: Participant, user: Any, device_id: str, token: str, digest: str, *, by: Actor
) -> Identification:
    """Identify our own signatory by a one-time code of a device (RFC 6238), which it uses up.

    Raises CodeWrong, StaleVersion, TooMany.
    """
    from django_otp import verify_token

    limit("totp", str(user.pk), most=DEVICE_CODES_AN_HOUR, by=by)
    if participant.user_id != user.pk or not verify_token(user, device_id, token):
        failed(participant, TOTP, by=by)
        raise CodeWrong(_("That code is not right."), 0)
    return _identified_staff(participant, digest, device_id, by=by)


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
    return _asked(participant, version, session, Purpose.SIGNING, by=by)


@transaction.atomic
def _without_digest(session: SigningSession, purpose: str, *, by: Actor) -> Challenge:
    contract = Contract.objects.lock(session.participant.party.contract_id)
    version: Any = contract.current_version  # there is a session, so it was sent
    return _asked(session.participant, version, session, purpose, by=by)


@transaction.atomic
def _asked(
    participant: Participant,
    version: ContractVersion,
    session: SigningSession | None,
    purpose: str,
    *,
    by: Actor,
) -> Challenge:
    now, asked = timezone.now(), _code_method(participant, purpose)

    challenge = Challenge.objects.create(
        participant=participant,
        session=session,
        version=version,
        method=asked.key,
        purpose=purpose,
        asked_at=now,
        expires_at=now + timedelta(minutes=signing().code_minutes),
    )

    data = {"participant": participant.public_id, "version": version.number, "method": asked.key}
    contracts.record(version.contract, events.IDENTIFICATION_BEGUN, data, by=by)
    _have_sent(challenge, asked)
    return challenge


def _code_method(participant: Participant, purpose: str) -> CodeMethod:
    asked = means.needed(participant, purpose)
    if not isinstance(asked, CodeMethod):
        raise NotIdentified(_("No code is asked of you. Go back and begin again."))
    return asked


def _have_sent(challenge: Challenge, asked: CodeMethod) -> None:
    """Ask the worker for a letter with the code, or to hand it to whoever sends such codes."""
    person, purpose = challenge.participant, Purpose(challenge.purpose)
    if asked.by_mail:
        contracts.tell([person], MAILS[purpose], challenge=challenge.pk)
    else:
        outbox.post(events.SMS_DUE, participant=person.pk, challenge=challenge.pk)


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
def _completed(challenge: Challenge, *, by: Actor) -> Identification:
    contract = Contract.objects.lock(challenge.participant.party.contract_id)
    contracts.insist_on_current(contract, challenge.version.digest)
    return _used(challenge, by=by)


@transaction.atomic
def _entered(challenge: Challenge, *, by: Actor) -> Identification:
    Contract.objects.lock(challenge.participant.party.contract_id)
    return _used(challenge, by=by)


@transaction.atomic
def _used(challenge: Challenge, *, by: Actor) -> Identification:
    unused = Challenge.objects.filter(
        pk=challenge.pk,
        code_hash=challenge.code_hash,
        used_at=None,
        expires_at__gt=timezone.now(),
    )
    if not unused.update(used_at=timezone.now()):
        raise CodeExpired(_("The code has expired. Ask for a new one."))
    person, asked = challenge.participant, method(challenge.method)
    contact = asked.contact(person) if isinstance(asked, CodeMethod) else ""
    shown = Shown(method=challenge.method, kind=kinds.CODE, contact=contact)
    version, purpose = challenge.version, challenge.purpose
    return identified(person, version, shown, purpose, by=by, session=challenge.session)


@transaction.atomic
def _identified_staff(
    participant: Participant, digest: str, device_id: str, *, by: Actor
) -> Identification:
    contract = Contract.objects.lock(participant.party.contract_id)
    version = contracts.insist_on_current(contract, digest)
    shown = Shown(method=TOTP, kind=kinds.DEVICE, contact=f"device {device_id}")
    return identified(participant, version, shown, Purpose.SIGNING, by=by)


def _hashed(challenge: Challenge, code: str) -> str:
    """Keyed: a plain hash of a million codes would be no secret."""
    words = f"{challenge.public_id}:{''.join(code.split())}"
    return salted_hmac("wagtail_contracts.signing.code", words, algorithm="sha256").hexdigest()
