"""Sign-ins: people show elsewhere who they are, and a row remembers who left, and for what.

It is used once, and used up before the service is asked: a crash costs the person a new start and
nothing else. An answer in another browser does not use it up.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, ContractVersion
from wagtail_contracts.contracts.rendering.addresses import absolute
from wagtail_contracts.contracts.rendering.around import spoken
from wagtail_contracts.signing.backends.methods import AwayMethod, Leaving, Onward, method
from wagtail_contracts.signing.core import tokens
from wagtail_contracts.signing.errors import NotIdentified, ProviderUnusable, SignInRefused
from wagtail_contracts.signing.flows import means
from wagtail_contracts.signing.flows.identifying import failed
from wagtail_contracts.signing.flows.limiting import limit
from wagtail_contracts.signing.flows.mismatches import identified_as_expected
from wagtail_contracts.signing.flows.standing import insist_may_sign
from wagtail_contracts.signing.models import Identification, Purpose, SignIn, SigningSession

LASTS = timedelta(minutes=10)
AN_HOUR = 20  # how often one may leave by one link


@dataclass(frozen=True)
class Returned:
    """Somebody who came back: shown to be who they are, or on the way to `address` once more."""

    purpose: str
    identification: Identification | None = None
    address: str = ""
    place: str = ""


class Waits(NamedTuple):
    """What stays here while somebody is away: for the means, and for themselves.

    Where they were going, and what they had typed there.
    """

    kept: str = ""
    place: str = ""
    typed: str = ""


def begin_sign_in(
    session: SigningSession, purpose: str, digest: str, *, by: Actor, waits: Waits | None = None
) -> str:
    """Begin to show elsewhere who one is; the address to send the browser to.

    `digest` is that of the version that is signed; for other purposes it is the newest, anyhow.
    What `waits` leads somebody on once they are back.
    Raises StaleVersion, NotYourTurn, AlreadySigned, NotReady, WrongState, NotIdentified, TooMany,
    ProviderUnusable.
    """
    limit("away", f"invitation {session.invitation_id}", most=AN_HOUR, by=by)
    version, away = _departure(session, purpose, digest, by=by)
    return _sent_off(session, version, purpose, away, waits or Waits(), by=by)


def has_typed(session: SigningSession) -> bool:
    """Whether something that somebody had typed waits for them in this session."""
    return _typed(session).exists()


@transaction.atomic
def take_typed(session: SigningSession, *, by: Actor) -> Waits:
    """What somebody had typed, and where, for whoever may read by now; it waits no more.

    Nothing where nobody may read yet.
    """
    left = _typed(session).last() if means.may_read(session) else None
    if left is None:
        return Waits()
    _typed(session).update(typed="")
    return Waits(place=left.place, typed=left.typed)


def sign_in_of(state: str) -> SignIn | None:
    """What somebody left for, if there is such a state and no answer came yet."""
    rows = SignIn.objects.select_related("participant", "session", "version")
    return rows.filter(state_hash=tokens.fingerprint(state)).first() if state else None


def is_last_trip(sign_in: SignIn) -> bool:
    """Whether who is back from this one is sent away no more."""
    away = method(sign_in.method)
    return not isinstance(away, AwayMethod) or away.is_last(sign_in.kept)


def finish_sign_in(
    answer: Iterable[tuple[str, str]], session: SigningSession | None, *, key: str, by: Actor
) -> Returned:
    """Judge an answer that a browser brought along. What it shows is kept as an identification.

    `key` is that of the means whose address it came back to: no service answers for another
    (mix-up, RFC 9700, 4.4).
    Raises SignInRefused, SignInCancelled, ProviderUnusable, IdentityDiffers, StaleVersion.
    """
    parameters = _single(answer)
    sign_in = sign_in_of(parameters.get("state", ""))
    if sign_in is None:
        raise SignInRefused("state")
    if session is None or session.pk != sign_in.session_id:
        raise SignInRefused("session")
    _use(sign_in, by=by)
    try:
        _insist_own_address(sign_in, key)
        return _judged(sign_in, parameters, by=by)
    except SignInRefused as refused:
        failed(sign_in.participant, sign_in.method, why=refused.check, by=by)
        raise
    except ProviderUnusable:
        failed(sign_in.participant, sign_in.method, why="provider", by=by)
        raise


def _judged(sign_in: SignIn, parameters: Mapping[str, str], *, by: Actor) -> Returned:
    """The service is asked for nothing where the text is another by now."""
    _insist_current(sign_in)
    away = _away(sign_in.method)
    found = away.finish(_leaving(sign_in, ""), parameters)
    if isinstance(found, Onward):
        session, version, waits = sign_in.session, sign_in.version, Waits(found.kept, sign_in.place)
        address = _sent_off(session, version, sign_in.purpose, away, waits, by=by)
        return Returned(sign_in.purpose, address=address)
    return Returned(
        sign_in.purpose, identified_as_expected(sign_in, found, by=by), place=sign_in.place
    )


def _insist_own_address(sign_in: SignIn, key: str) -> None:
    if key != sign_in.method:
        raise SignInRefused("address")


def _insist_current(sign_in: SignIn) -> None:
    """What is opened or fetched is the newest, whichever that is; what is signed is one version."""
    if sign_in.purpose == Purpose.SIGNING:
        contract = Contract.objects.get(pk=sign_in.version.contract_id)
        contracts.insist_on_current(contract, sign_in.version.digest)


@transaction.atomic
def _departure(
    session: SigningSession, purpose: str, digest: str, *, by: Actor
) -> tuple[ContractVersion, AwayMethod]:
    participant = session.participant
    contract = Contract.objects.lock(participant.party.contract_id)
    asked = means.needed(participant, purpose)
    version = contract.current_version
    if purpose == Purpose.SIGNING:
        version = contracts.insist_on_current(contract, digest)
        insist_may_sign(contract, version, participant)
    if version is None or not isinstance(asked, AwayMethod):
        raise _nowhere()
    data = {"participant": participant.public_id, "version": version.number, "method": asked.key}
    contracts.record(contract, events.IDENTIFICATION_BEGUN, data, by=by)
    return version, asked


def _sent_off(
    session: SigningSession,
    version: ContractVersion,
    purpose: str,
    away: AwayMethod,
    waits: Waits,
    *,
    by: Actor,
) -> str:
    state = tokens.issue()
    row = _row(session, version, purpose, (away.key, state, waits), by=by)
    return away.begin(_leaving(row, state))


@transaction.atomic
def _row(
    session: SigningSession,
    version: ContractVersion,
    purpose: str,
    way: tuple[str, str, Waits],
    *,
    by: Actor,
) -> SignIn:
    now, (key, state, waits) = timezone.now(), way
    _make_room(session, waits)
    return SignIn.objects.create(
        state_hash=tokens.fingerprint(state),
        participant=session.participant,
        session=session,
        version=version,
        method=key,
        purpose=purpose,
        nonce=_nonce(version.digest, session.participant.public_id),
        verifier=secrets.token_urlsafe(48),
        kept=waits.kept,
        place=waits.place,
        typed=waits.typed,
        begun_at=now,
        expires_at=now + LASTS,
    )


def _make_room(session: SigningSession, waits: Waits) -> None:
    if waits.typed:  # it takes the place of what was typed before
        _typed(session).update(typed="")


def _typed(session: SigningSession) -> QuerySet[SignIn]:
    return SignIn.objects.filter(session=session).exclude(typed="").order_by("pk")


def _leaving(sign_in: SignIn, state: str) -> Leaving:
    return Leaving(
        participant=sign_in.participant,
        version=sign_in.version,
        purpose=sign_in.purpose,
        state=state,
        nonce=sign_in.nonce,
        verifier=sign_in.verifier,
        redirect=absolute(reverse("wagtail_contracts:return", args=[sign_in.method])),
        language=spoken(sign_in.participant.language),
        kept=sign_in.kept,
    )


@transaction.atomic(durable=True)
def _use(sign_in: SignIn, *, by: Actor) -> None:
    """By one statement: of two answers at once one is too late."""
    now = timezone.now()
    unused = SignIn.objects.filter(pk=sign_in.pk, used_at=None, expires_at__gt=now)
    if not unused.update(used_at=now):
        raise SignInRefused("expired" if sign_in.used_at is None else "used")


def _away(key: str) -> AwayMethod:
    found = method(key)
    if not isinstance(found, AwayMethod):
        raise _nowhere()
    return found


def _nowhere() -> NotIdentified:
    return NotIdentified(_("Nobody else is asked who you are. Go back and begin again."))


def _single(answer: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Each parameter once: two states or codes are an attack, or a fault."""
    pairs = list(answer)
    found = dict(pairs)
    if len(found) != len(pairs):
        raise SignInRefused("parameters")
    return found


def _nonce(digest: str, participant: str) -> str:
    """Bound to the text, the person and chance: a token of another sign-in has another one."""
    bound = hashlib.sha256(f"{digest}\0{participant}\0".encode() + secrets.token_bytes(32))
    return base64.urlsafe_b64encode(bound.digest()).decode().rstrip("=")
