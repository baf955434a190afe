"""Keeping the words by which contracts are found: in the transaction of what changes them.

The text is that of the newest version, and of the working copy as long as there is none. A
sensitive value enters no index, so that no search can tell of it; an e-mail address enters as a
keyed digest.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts.core import masking, searching, shown, trees
from wagtail_contracts.contracts.errors import NotReady
from wagtail_contracts.contracts.flows.composing import compose
from wagtail_contracts.contracts.models import Contract, ContractTag, ContractVersion, Participant
from wagtail_contracts.contracts.models.searching import SearchText, digests_of

# After these the words of a contract may be others; a tag's flow calls `index` itself.
EVENTS = frozenset(
    {
        events.CONTRACT_CREATED,
        events.CONTRACT_LINKED,
        events.DRAFT_FILLED_IN,
        events.DRAFT_MERGED,
        events.VERSION_CREATED,
    }
)
BATCH = 100  # contracts that are in memory together


def index(contract: Contract) -> bool:
    """Keep the words of a contract as it is stored now; tell whether they were others.

    A version that was just made may be on `contract` alone: its row is saved after it.
    """
    stored = Contract.objects.select_related("current_version").get(pk=contract.pk)
    return _keep(stored, contract.current_version or stored.current_version)


def rebuild(*, by: Actor) -> int:
    """Make the words of all contracts anew; tell of how many they were others.

    `by` is who asked for it; no event is recorded, as no contract changes.
    """
    return sum(_index_all(some, by=by) for some in _chunks(Contract.objects.all()))


def index_new(*, by: Actor) -> int:
    """Make the words of contracts that have none: those of before there was an index.

    A run that was cut short is gone on with by the next.
    """
    unfound = Contract.objects.filter(search_text=None)
    return sum(_index_all(some, by=by) for some in _chunks(unfound))


def _chunks(found: QuerySet[Contract]) -> Iterator[list[int]]:
    """Primary keys, so many at a time, as contracts are long; what changes meanwhile is no harm."""
    last = 0
    while chunk := list(
        found.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        yield chunk
        last = chunk[-1]


@transaction.atomic
def _index_all(pks: list[int], *, by: Actor) -> int:
    held = Contract.objects.filter(pk__in=pks).order_by("pk").select_for_update(of=("self",))
    rows = held.select_related("current_version")
    return sum(_keep(contract, contract.current_version) for contract in rows)


def _keep(stored: Contract, version: ContractVersion | None) -> bool:
    made = words(stored, version)
    rows = SearchText.objects.filter(pk=stored.pk)
    if rows.filter(**made).exists():
        return False
    SearchText.objects.update_or_create(contract=stored, defaults=made)
    return True


def words(contract: Contract, version: ContractVersion | None) -> dict[str, str]:
    """What the two columns hold."""
    names = [contract.number, contract.title, *_people(contract), *_tags(contract)]
    texts = _texts(_content(contract, version))
    return {"names": searching.stored(names), "words": searching.stored([*names, *texts])}


def _people(contract: Contract) -> Iterator[str]:
    for party in contract.parties.all():
        yield party.name
        yield from searching.identifiers(party.organisation_number)
    for person in Participant.objects.filter(party__contract=contract).order_by("pk"):
        yield person.name
        if person.email:
            yield digests_of(person.email)[0]


def _tags(contract: Contract) -> Iterator[str]:
    tagged = ContractTag.objects.filter(contract=contract).order_by("pk")
    yield from tagged.values_list("tag__name", flat=True)


def _content(contract: Contract, version: ContractVersion | None) -> dict[str, Any] | None:
    """What is read by others, or would be; nothing where a stored text can't be read."""
    try:
        return version.content if version else compose(contract)
    except NotReady:
        return None


def _texts(content: dict[str, Any] | None) -> Iterator[str]:
    if content is None:
        return
    open_to_all = masking.without(content)
    yield from (shown.text(block, open_to_all) for block in trees.blocks(open_to_all["body"]))
