"""Yes and no: signatures, and declining."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import ReasonMissing
from wagtail_contracts.contracts.models import Contract, ContractVersion, Participant
from wagtail_contracts.signing.core import drawings
from wagtail_contracts.signing.core.names import one_line
from wagtail_contracts.signing.errors import DrawingRefused, NotIdentified
from wagtail_contracts.signing.flows import concluding
from wagtail_contracts.signing.flows.consumers import digest_kept, insist_told, keep_told
from wagtail_contracts.signing.flows.identifying import identify_by_link
from wagtail_contracts.signing.flows.levels import level_of, proof_of
from wagtail_contracts.signing.flows.looking import compared_with
from wagtail_contracts.signing.flows.means import (
    good_for_signing,
    insist_fits,
    is_link_enough,
)
from wagtail_contracts.signing.flows.sittings import take_over
from wagtail_contracts.signing.flows.standing import Standing, insist_may_sign
from wagtail_contracts.signing.models import (
    Decline,
    Identification,
    Purpose,
    Signature,
    SigningSession,
)

NAME_LENGTH = 120


@dataclass(frozen=True)
class Affirmed:
    """What a signatory affirmed: the declaration as it was shown, in its language, and the name."""

    name: str
    consent: str
    language: str
    drawing: str = ""  # strokes as JSON
    told: str = ""  # digest of what a consumer was shown
    agreed: bool = False  # to electronic form, where a box asks for it


@transaction.atomic
def sign(
    participant: Participant,
    digest: str,
    identification: Identification,
    affirmed: Affirmed,
    *,
    by: Actor,
) -> Signature:
    """Say yes to the version with this digest; the last one needed concludes the contract.

    Raises StaleVersion, AlreadySigned, WrongState, NotYourTurn, NotReady, NotIdentified,
    NotTold, ConsentMissing, DrawingRefused, Unprintable.
    """
    contract = Contract.objects.lock(participant.party.contract_id)
    version = contracts.insist_on_current(contract, digest)
    before = insist_may_sign(contract, version, participant)
    insist_fits(identification, participant, version)
    told = insist_told(participant, version, affirmed)

    person = before.place_of(participant).person
    contracts.insist_lawful(contract, [person])
    signature = _signature(identification, affirmed, person)
    earlier = compared_with(participant, version)
    signature.save()
    keep_told(signature, told, affirmed)

    if earlier:
        contracts.note_comparison(participant, earlier, version, by=by)
    _announce(contract, signature, before, by=by)
    return signature


@transaction.atomic
def sign_at_once(
    session: SigningSession, digest: str, affirmed: Affirmed, *, by: Actor
) -> Signature:
    """Sign with what this session showed a moment ago, or with the link where that is enough.

    Raises NotIdentified where there is nothing that `good_for_signing` takes, and what `sign` does.
    """
    contract = Contract.objects.lock(session.participant.party.contract_id)
    version = contracts.insist_on_current(contract, digest)
    identification = good_for_signing(session, version) or take_over(session, version, by=by)
    if identification is None and is_link_enough(session.participant, Purpose.SIGNING):
        identification = identify_by_link(session, digest, by=by)
    if identification is None:
        raise NotIdentified(_("Identify yourself again. Nothing is signed."))
    return sign(session.participant, digest, identification, affirmed, by=by)


@transaction.atomic
def decline(
    participant: Participant, digest: str, *, kind: str, reason: str = "", by: Actor
) -> Decline:
    """Say no to the version with this digest, which ends the contract.

    `kind` is one of Decline.Kind; only “other” needs words. Raises StaleVersion, WrongState,
    ReasonMissing, ReasonTooLong.
    """
    contract = Contract.objects.lock(participant.party.contract_id)
    version = contracts.insist_on_current(contract, digest)
    contracts.insist_may(participant, "decline", contract)
    reason = reason.replace("\0", "").strip()
    if kind not in Decline.Kind.values or (kind == Decline.Kind.OTHER and not reason):
        raise ReasonMissing(_("Say why: everybody who takes part is told."))
    contracts.decline(contract, digest, kind=kind, reason=reason, by=by)

    return Decline.objects.create(
        participant=participant,
        version=version,
        kind=kind,
        reason=reason,
        at=timezone.now(),
    )


@transaction.atomic
def void(contract: Contract, *, by: Actor) -> list[Signature]:
    """Record the signatures that a newer version made void, each once, and tell their givers.

    They stopped counting when that version was frozen; this only says so. After a revision
    everybody is told anyhow.
    """
    contract = Contract.objects.lock(contract.pk)
    current = contract.current_version
    earlier = Signature.objects.filter(version__contract=contract).exclude(version=current)
    lapsed = [signature for signature in earlier if not _recorded(contract, signature)]

    for signature in lapsed:
        data = {
            "participant": signature.participant.public_id,
            "version": signature.version.number,
            "digest": signature.digest,
            "newer": current.number if current else None,
        }
        contracts.record(contract, events.SIGNATURE_VOIDED, data, by=by)
    if lapsed and current and current.kind == ContractVersion.Kind.ANSWERED:
        givers = {signature.participant for signature in lapsed}
        contracts.tell(sorted(givers, key=lambda giver: giver.pk), "new_version")
    return lapsed


def _signature(
    identification: Identification, affirmed: Affirmed, person: Mapping[str, Any]
) -> Signature:
    return Signature(
        participant=identification.participant,
        version=identification.version,
        digest=identification.version.digest,
        identification=identification,
        name=_name(affirmed.name),
        capacity=person["capacity"],
        acts_as=person.get("acts_as", ""),
        drawing=read_drawing(affirmed.drawing),
        consent=affirmed.consent,
        language=affirmed.language,
        level=level_of(identification),
        proof=proof_of(identification),
        at=timezone.now(),
    )


def _announce(contract: Contract, signature: Signature, before: Standing, *, by: Actor) -> None:
    version = signature.version
    data = {
        "participant": signature.participant.public_id,
        "version": version.number,
        "digest": signature.digest,
        "method": signature.identification.method,
        "level": signature.level,
        "identification": signature.identification_id,
        **_shown(signature),
    }
    contracts.record(contract, events.SIGNATURE_GIVEN, data, by=by)
    if not concluding.conclude_if_complete(contract, before):
        contracts.tell_owner(contract, "signed_one", by=by, participant=signature.participant)
        concluding.tell_next(before)


def _shown(signature: Signature) -> dict[str, str]:
    """Digests of what was drawn, and of what a consumer was shown; of neither where there is none.

    So the trail, too, holds them.
    """
    found = {"drawing": drawings.digest(signature.drawing), "told": digest_kept(signature)}
    return {name: digest for name, digest in found.items() if digest}


def _name(name: str) -> str:
    name = one_line(name)[:NAME_LENGTH]
    if not name:
        raise NotIdentified(_("Write the name as it will stand in the signature."))
    contracts.insist_on_name(name)
    return name


def read_drawing(typed: str) -> str:
    """What was drawn, in the form in which it is kept. Raises DrawingRefused."""
    try:
        drawing = drawings.read(typed)
    except drawings.Misdrawn as error:
        raise DrawingRefused(
            _("This drawing can't be used. Draw again, or leave it out: the name is enough.")
        ) from error
    return drawing.text if drawing else ""


def _recorded(contract: Contract, signature: Signature) -> bool:
    told = Event.objects.of(contract.trail).named(events.SIGNATURE_VOIDED)
    lapsed = (signature.participant.public_id, signature.digest)
    return any((event.data["participant"], event.data["digest"]) == lapsed for event in told)
