"""A contract gets another owner."""

import pytest

from tests import builders, tables
from tests.announcements import announced
from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import NotAllowed, OwnerRefused
from wagtail_contracts.contracts.models import Contract, GroupWorkspacePermission


def owner():
    return Contract.objects.get().owner


@pytest.mark.parametrize("stage", ["draft", "sent"])
def test_a_contract_gets_another_owner_in_any_state(stage, request, sales, sender):
    request.getfixturevalue(stage)
    contract, eva = Contract.objects.get(), builders.staff("eva", sales)
    with announced(contract) as heard:
        contracts.change_owner(contract, eva, by=builders.actor(sender))

    assert owner() == eva
    assert heard.shared == []
    assert heard.own == [(events.OWNER_CHANGED, {"was": str(sender.pk), "is": str(eva.pk)})]
    assert heard.mails == [("owner_changed", "owner")]  # the other gave it away, and knows


def test_who_owns_it_already_gets_it_without_a_trace(draft, sender):
    with tables.unchanged():
        contracts.change_owner(draft, sender, by=builders.actor(sender))


@pytest.mark.parametrize(
    ("verbs", "own", "may"),
    [
        (("view",), False, True),
        (("view",), True, True),  # once it is theirs, they see it
        (("edit",), False, False),
    ],
)
def test_only_who_sees_it_then_becomes_its_owner(draft, sender, sales, verbs, own, may):
    eva = builders.staff("eva", sales, verbs)
    GroupWorkspacePermission.objects.filter(group__user=eva).update(own=own)
    if not may:
        with tables.unchanged(), pytest.raises(OwnerRefused):
            contracts.change_owner(draft, eva, by=builders.actor(sender))
        return
    contracts.change_owner(draft, eva, by=builders.actor(sender))
    assert owner() == eva


def test_who_has_left_becomes_no_owner(draft, sender, sales):
    eva = builders.staff("eva", sales)
    eva.is_active = False
    eva.save()
    with tables.unchanged(), pytest.raises(OwnerRefused):
        contracts.change_owner(draft, eva, by=builders.actor(sender))


@pytest.mark.parametrize(
    ("verbs", "owns", "may"),
    [
        (("view", "administer"), False, True),
        (("view", "edit", "send"), False, False),
        (("view", "edit"), True, True),
        (("view", "send"), True, False),
        (("administer",), False, False),
    ],
)
def test_its_owner_or_an_administrator_gives_it_away(draft, sales, verbs, owns, may):
    per, eva = builders.staff("per", sales, verbs), builders.staff("eva", sales)
    if owns:
        contracts.change_owner(draft, per, by=SYSTEM)
    if not may:
        with tables.unchanged(), pytest.raises(NotAllowed):
            contracts.change_owner(draft, eva, by=builders.actor(per))
        return
    contracts.change_owner(draft, eva, by=builders.actor(per))
    assert owner() == eva
