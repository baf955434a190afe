"""Witnesses: who was present when somebody signed says so, with an own name, on the same device.

A signature that needs witnesses counts when all of them have spoken; until then the contract is not
concluded, and nobody whose turn comes after may sign.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import Unprintable, WrongState
from wagtail_contracts.contracts.models import Contract, ContractVersion
from wagtail_contracts.signing.core.names import one_line, same_name
from wagtail_contracts.signing.errors import WitnessRefused
from wagtail_contracts.signing.flows import concluding
from wagtail_contracts.signing.flows.standing import Place, standing
from wagtail_contracts.signing.models import Attestation, Signature, SigningSession

LONGEST = 120  # characters of a name
ABOUT = 200  # and of an address or occupation


@dataclass(frozen=True)
class Witness:
    """Who was present, where they are found, and what they affirmed, as it was shown."""

    name: str
    about: str
    statement: str
    language: str


@transaction.atomic
def attest(session: SigningSession, digest: str, witness: Witness, *, by: Actor) -> Attestation:
    """Note that a witness was present; the last one needed may conclude the contract.

    Raises StaleVersion, WrongState, WitnessRefused.
    """
    contract = Contract.objects.lock(session.participant.party.contract_id)
    version = contracts.insist_on_current(contract, digest)
    before = standing(version)
    place = _insist_waits(contract, before.of(session.participant), session)
    contracts.insist_lawful(contract, [place.person])
    signature: Any = place.signature
    name, about = _name(witness, version, signature), _about(witness.about)

    made = Attestation.objects.create(
        signature=signature,
        place=signature.attestations.count() + 1,
        name=name,
        statement=witness.statement,
        language=witness.language,
        at=timezone.now(),
    )

    told = {"name": name, "about": about}
    contracts.record(contract, events.WITNESS_ATTESTED, _told(made), by=by, disclose=told)
    if not concluding.conclude_if_complete(contract, before):
        concluding.tell_next(before)
    return made


def _told(made: Attestation) -> dict[str, Any]:
    version = made.signature.version
    return {
        "participant": made.signature.participant.public_id,
        "version": version.number,
        "digest": version.digest,
        "attestation": made.pk,
        "place": made.place,
    }


def is_sitting(session: SigningSession, place: Place) -> bool:
    """Whether a session is the one in which the signature of a place was given."""
    given = place.signature
    return given is not None and given.identification.session_id == session.pk


def _insist_waits(contract: Contract, place: Place | None, session: SigningSession) -> Place:
    """The signatory's place, where a witness is still to speak and this is the sitting for it."""
    if contract.state != "signing":
        raise WrongState(_("This contract can't be signed now."))
    if place is None or place.signature is None or not place.lacks:
        raise WitnessRefused(_("No witness is needed here."))
    if not is_sitting(session, place):
        raise WitnessRefused(
            _("A witness speaks right after the signature, on the device on which it was given.")
        )
    return place


def _name(witness: Witness, version: ContractVersion, signature: Signature) -> str:
    """The name of somebody who is no party, does not sign, and has not spoken already."""
    name = one_line(witness.name)
    if not name or len(name) > LONGEST:
        raise WitnessRefused(_("Write the name of the witness."), "name")
    try:
        contracts.insist_on_name(name)
    except Unprintable as refusal:
        raise WitnessRefused(str(refusal), "name") from refusal
    taken = {signature.name, *_bound(version.content)}
    if any(same_name(name, other) for other in taken):
        raise WitnessRefused(_("A party or somebody who signs can’t be the witness."), "name")
    spoken = signature.attestations.values_list("name", flat=True)
    if any(same_name(name, other) for other in spoken):
        raise WitnessRefused(_("This witness has spoken already. Another one is needed."), "name")
    return name


def _bound(content: Mapping[str, Any]) -> list[str]:
    """The names of the parties, and of all who sign for them."""
    people = [person["name"] for party in content["parties"] for person in party["people"]]
    return [*people, *(party["name"] for party in content["parties"])]


def _about(words: str) -> str:
    about = one_line(words)
    if not about or len(about) > ABOUT:
        raise WitnessRefused(_("Write where the witness lives, or what they do."), "about")
    return about
