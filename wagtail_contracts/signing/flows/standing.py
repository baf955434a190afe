"""Where a contract stands with its signatories: who has signed, whose turn it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import NotReady, WrongState
from wagtail_contracts.contracts.models import (
    Contract,
    ContractVersion,
    Listing,
    Participant,
)
from wagtail_contracts.signing.core import quorum
from wagtail_contracts.signing.errors import AlreadySigned, NotYourTurn
from wagtail_contracts.signing.models import Attestation, Signature


@dataclass(frozen=True)
class Place:
    """One signatory on the version; `needed` until the party's rule is met without them.

    `waits_for` names all who come before, `approvers` those among them whose yes their party needs.
    `turn` says whether they may sign now and are needed, `lacks` how many witnesses are missing.
    """

    party: dict[str, Any]
    person: dict[str, Any]
    signature: Signature | None
    waits_for: tuple[str, ...]
    needed: bool
    turn: bool
    approvers: tuple[str, ...] = ()
    lacks: int = 0

    @property
    def may_sign(self) -> bool:
        """Whether it is this person's turn."""
        return self.signature is None and not self.waits_for


@dataclass(frozen=True)
class Standing:
    """The signatories of a version, in the order of signing, and whether it is signed."""

    version: ContractVersion
    places: tuple[Place, ...]
    complete: bool

    def of(self, participant: Participant) -> Place | None:
        """The place of a participant, None if they don't sign."""
        found = (place for place in self.places if place.person["id"] == participant.public_id)
        return next(found, None)

    def place_of(self, participant: Participant) -> Place:
        """The place of a signatory. Raises NotYourTurn for anybody else."""
        if (place := self.of(participant)) is None:
            raise NotYourTurn(_("You are not asked to sign this contract."))
        return place

    @property
    def waiting(self) -> list[Place]:
        """Those who may sign now and are still needed."""
        return [place for place in self.places if place.turn]

    @property
    def given(self) -> list[Place]:
        """Those who have signed."""
        return [place for place in self.places if place.signature]


def standing(version: ContractVersion) -> Standing:
    """The state of signing of a version; signatures on other versions do not count."""
    approvers, given, content = _approvers(version), _given(version), version.content
    spoken = _spoken(version)
    counted = quorum.counted(content, given, spoken)
    turns = set(quorum.turns(content, counted)) - given.keys()
    places = tuple(
        Place(
            party=dict(party),
            person=dict(person),
            signature=given.get(person["id"]),
            waits_for=(
                *approvers.get(party["id"], ()),
                *quorum.waiting_for(content, person["id"], counted),
            ),
            needed=not quorum.bound(party, counted),
            turn=person["id"] in turns and party["id"] not in approvers,
            approvers=tuple(approvers.get(party["id"], ())),
            lacks=max(0, person.get("witnesses", 0) - spoken.get(person["id"], 0)),
        )
        for party, person in quorum.signatories(content)
    )
    return Standing(version, places, quorum.complete(content, counted))


def _given(version: ContractVersion) -> dict[str, Signature]:
    found = version.signatures.select_related("participant", "identification")
    return {signature.participant.public_id: signature for signature in found}


def signed_in_full(version: ContractVersion) -> set[str]:
    """Ids of those whose signatures on a version count, with all the witnesses that they need."""
    signed = version.signatures.values_list("participant__public_id", flat=True)
    return quorum.counted(version.content, set(signed), _spoken(version))


def _spoken(version: ContractVersion) -> dict[str, int]:
    """How many witnesses have spoken, by the id of who signed; not asked where none is needed."""
    if not quorum.witnesses(version.content):
        return {}
    found = Attestation.objects.filter(signature__version=version)
    return Counter(found.values_list("signature__participant__public_id", flat=True))


def _approvers(version: ContractVersion) -> dict[str, list[str]]:
    """Names of those whose yes each party waits for before any of its people signs."""
    found: dict[str, list[str]] = {}
    for person in contracts.yet_to_approve(version):
        found.setdefault(person.party.public_id, []).append(person.name)
    return found


def waited_for(contract: Contract) -> list[Participant]:
    """Whom a contract waits for now, of all sides, by the rule of `core.quorum`."""
    if (version := contract.current_version) is None:
        return []
    left = Listing.objects.get(contract=contract).left
    ids = quorum.awaited(contract.state, version.content, signed_in_full(version), left)
    people = Participant.objects.filter(party__contract=contract, public_id__in=ids)
    found = list(people.select_related("party").order_by("pk"))
    before = contracts.yet_to_approve(version) if contract.state == "signing" else []
    return approvers_first(found, before)


def approvers_first(
    found: Sequence[Participant], before: Sequence[Participant]
) -> list[Participant]:
    """Those whom a contract waits for, with approvers in the place of whom they hold up.

    `found` are the signatories whose turn it is, `before` all approvers who have not agreed.
    """
    held = {person.party_id for person in before}
    asked = {person.party_id for person in found}
    approvers = [person for person in before if person.party_id in asked]
    return [*approvers, *(person for person in found if person.party_id not in held)]


def insist_may_sign(
    contract: Contract, version: ContractVersion, participant: Participant
) -> Standing:
    """Raise AlreadySigned, WrongState, NotYourTurn, NotYourPart or NotReady unless they may sign.

    `contract` is locked and `version` its current one; the standing before is returned.
    """
    now = standing(version)
    if (place := now.of(participant)) and place.signature:
        raise AlreadySigned(_("You have signed this version."))
    if contract.state != "signing":
        raise WrongState(_("This contract can't be signed now."))
    if contract.is_overdue(timezone.now()):  # whether or not the worker has ended it yet
        raise WrongState(_("The deadline has passed."))
    place = now.place_of(participant)
    contracts.insist_may(participant, "sign", contract)
    if place.waits_for:
        words = {"names": ", ".join(place.waits_for)}
        raise NotYourTurn(_("First it is the turn of %(names)s.") % words)
    if empty := version.unanswered:
        raise NotReady([_("“%s” is not filled in.") % label for label in empty])
    if place.party["own"] and (why := contracts.unapproved(contract)):
        raise NotReady([why])
    return now
