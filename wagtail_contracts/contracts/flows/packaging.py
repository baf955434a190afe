"""Several contracts to one person: each is sent as any other, and one mail invites to all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.errors import (
    DeadlineRefused,
    MomentRefused,
    PackageRefused,
    QuotaReached,
)
from wagtail_contracts.contracts.flows import announcing
from wagtail_contracts.contracts.flows.acting import staff
from wagtail_contracts.contracts.flows.planned import insist_on_no_plan
from wagtail_contracts.contracts.flows.quotas import refusals_told
from wagtail_contracts.contracts.flows.sending import send
from wagtail_contracts.contracts.flows.telling import invite_all
from wagtail_contracts.contracts.models import Contract, Package, PackageItem, Participant
from wagtail_contracts.contracts.models.contracts import ContractQuerySet
from wagtail_contracts.errors import Refusal

FEWEST, MOST = 2, 20


@dataclass(frozen=True)
class Offer:
    """A draft as it was shown: the digests of its content, and of who gets it.

    `by` is who has confirmed it, with its own `deadline`; without, it is whoever sends the package.
    """

    contract: Contract
    digest: str
    recipients: str
    deadline: date | None = None
    by: Actor | None = None


@refusals_told()
@transaction.atomic
def send_together(offers: Sequence[Offer], *, into: str, by: Actor, **words: Any) -> Package:
    """Send several contracts whose signatory is one person, all or none, with one invitation.

    So is each of ours invited who signs more than one of them. `words` are `deadline` and
    `message`, as `send` takes them. It is called for each and asks for the right, the state and the
    approval. Raises PackageRefused, with what it says of which contract, DeadlineRefused and
    QuotaReached.
    """
    ordered = held_together(offers)
    found = [offer.contract for offer in ordered]
    people, ours = same_person(found), _ours(found)
    apart = {person.pk for group in (people, *ours) for person in group}

    for offer in ordered:
        _send(offer, {**words, "into": into, "apart": apart}, by=offer.by or by)
    package, *_of_ours = [_package(group, by=by) for group in (people, *ours)]

    told = {"package": package.public_id, "contracts": len(people)}
    for offer in ordered:
        announcing.record(offer.contract, events.PACKAGE_SENT, told, by=offer.by or by)
    invite_all([group[0] for group in (people, *ours)], kind="package")
    return package


def held_together(offers: Sequence[Offer]) -> list[Offer]:
    """The offers in the one order in which contracts are locked, each of them locked."""
    ordered = sorted(offers, key=lambda offer: offer.contract.pk)
    for offer in ordered:
        Contract.objects.lock(offer.contract.pk)
    return ordered


@contextmanager
def naming(contract: Contract) -> Iterator[None]:
    """Have a refusal say which contract of a package it is about, unless it is about all alike."""
    try:
        yield
    except (QuotaReached, DeadlineRefused, MomentRefused):
        raise
    except Refusal as refusal:
        words = {"number": contract.number, "why": str(refusal)}
        raise PackageRefused(_("%(number)s: %(why)s") % words) from refusal


def same_person(found: Sequence[Contract]) -> list[Participant]:
    """The one person who signs each of these contracts for another side, in their order.

    By address. Raises PackageRefused where there is no such person, or more than one.
    """
    if not FEWEST <= len({contract.pk for contract in found}) == len(found) <= MOST:
        words = {"fewest": FEWEST, "most": MOST}
        raise PackageRefused(_("A package holds %(fewest)s to %(most)s contracts.") % words)
    return _common(signatories(found))


def _common(signing: Sequence[Sequence[Participant]]) -> list[Participant]:
    common = set.intersection(*({address(one) for one in people} for people in signing))
    if not common:
        raise PackageRefused(_("There is nobody who signs each of these contracts."))
    people = [one for some in signing for one in some if address(one) in common]
    if len(people) != len(signing):
        raise PackageRefused(_("More than one person signs each of these contracts."))
    return people


def beside(contract: Contract, among: ContractQuerySet) -> list[Contract]:
    """Drafts `among` others that one person signs who signs this one, too: the newest first."""
    [mine] = signatories([contract])
    found: dict[int, Contract] = {}
    for person in mine:
        called = among.called(address(person)).filter(state__in=states.INSIDE)
        for other in called.exclude(pk=contract.pk).select_related("workspace")[: MOST * 5]:
            found[other.pk] = other
    others = [*found.values()]
    fits = [
        other
        for other, theirs in zip(others, signatories(others), strict=True)
        if _fits(mine, theirs)
    ]
    return sorted(fits, key=lambda other: -other.pk)


def _fits(mine: list[Participant], theirs: list[Participant]) -> bool:
    try:
        return bool(_common([mine, theirs]))
    except PackageRefused:
        return False


def signatories(found: Sequence[Contract]) -> list[list[Participant]]:
    """Those who sign each of these contracts for other sides than ours, with one query."""
    by_contract: dict[int, list[Participant]] = {contract.pk: [] for contract in found}
    for person in _signing(found):
        if not _is_ours(person):
            by_contract[person.party.contract_id].append(person)
    return [by_contract[contract.pk] for contract in found]


def _ours(found: Sequence[Contract]) -> list[list[Participant]]:
    """Those of our side who sign more than one of these contracts, person by person."""
    found_at: dict[str, dict[int, Participant]] = {}
    for person in filter(_is_ours, _signing(found)):
        found_at.setdefault(address(person), {})[person.party.contract_id] = person
    return [[*people.values()] for email, people in found_at.items() if email and len(people) > 1]


def _signing(found: Sequence[Contract]) -> QuerySet[Participant]:
    people = Participant.objects.present().filter(
        party__contract__in=found, role=Participant.Role.SIGNATORY
    )
    return people.select_related("party__contract").order_by("pk")


def _is_ours(person: Participant) -> bool:
    return person.party.role in person.party.contract.own_roles


def _package(people: Sequence[Participant], *, by: Actor) -> Package:
    package = Package.objects.create(sent_by=staff(by), sent_at=timezone.now())
    items = [PackageItem(package=package, participant=person) for person in people]
    PackageItem.objects.bulk_create(items)
    return package


def address(person: Participant) -> str:
    """Where somebody is written to, in the form in which two are compared."""
    return person.email.strip().lower()


def package_of(person: Participant) -> Package | None:
    """The package that somebody's contract went out in."""
    item = PackageItem.objects.filter(participant=person).select_related("package").first()
    return item.package if item else None


def open_items(package: Package) -> list[PackageItem]:
    """The contracts of a package that are out still, with their person there."""
    found = package.items.filter(
        participant__left_at=None, participant__party__contract__state__in=states.OPEN
    )
    return list(found.select_related("participant__party__contract__workspace"))


def _send(offer: Offer, how: dict[str, Any], *, by: Actor) -> None:
    deadline = how.get("deadline") or offer.deadline
    how = {**how, "recipients": offer.recipients, "deadline": deadline}
    with naming(offer.contract):
        if offer.by is None:
            insist_on_no_plan(offer.contract)
        send(offer.contract, offer.digest, by=by, **how)
