"""A package that is confirmed now and leaves later as one, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests import builders, mails, tables
from tests.announcements import Heard, announced
from tests.flows.contracts.test_scheduling import due, minute  # noqa: F401 - a fixture
from tests.public.test_packages import draft, drafts, offer, short  # noqa: F401 - fixtures
from wagtail_contracts import canonical, events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import tasks
from wagtail_contracts.contracts.errors import MomentRefused, NotAllowed, PackageRefused
from wagtail_contracts.contracts.models import Contract, Package, PlannedSending
from wagtail_contracts.outbox.models import Message

LATER = timedelta(days=3)


def confirm(some: list[Contract], user: Any, **more: Any) -> list[PlannedSending]:
    offers = [offer(one) for one in some]
    how = {"into": "signing", "at": timezone.now() + LATER, **more}
    return contracts.schedule_together(offers, by=builders.actor(user), **how)


def states(some: list[Contract]) -> set[str]:
    return {Contract.objects.get(pk=one.pk).state for one in some}


def retitle(contract: Contract) -> None:
    changed = Contract.objects.get(pk=contract.pk)
    changed.title = "Another title"
    changed.save()


@contextmanager
def own(some: list[Contract]) -> Iterator[list[Heard]]:
    """What is announced about each of these."""
    with ExitStack() as stack:
        yield [stack.enter_context(announced(one)) for one in some]


def names(heard: list[Heard]) -> list[list[str]]:
    """The names of the events in each one's own trail."""
    return [[name for name, _data in one.own] for one in heard]


def test_a_package_is_drafts_until_it_leaves_as_one(drafts, sender):  # noqa: F811 - a fixture
    with own(drafts) as heard:
        plans = confirm(drafts, sender, message="Welcome.")
    assert names(heard) == [[events.SENDING_PLANNED]] * 3
    assert [one.own[0][1]["contracts"] for one in heard] == [3, 3, 3]
    assert (states(drafts), mails.sent()) == ({"draft"}, [])

    letters = due()
    assert states(drafts) == {"signing"}
    assert sorted(letter.to[0] for letter in letters) == [
        "kari@customer.example",
        "ola@eksempel.example",
    ]
    assert all("3 contracts" in letter.subject for letter in letters)
    assert all("Welcome." in letter.body for letter in letters)
    sent = [Contract.objects.get(pk=one.pk) for one in drafts]
    assert [one.current_version.content_digest for one in sent] == [one.digest for one in plans]
    assert not PlannedSending.objects.exists()
    with tables.unchanged():
        for message in Message.objects.filter(topic=events.SENDING_DUE):
            tasks.send_planned(message)


def test_calling_one_off_takes_all_of_its_package_back(drafts, sender, minute):  # noqa: F811
    before = timezone.now()
    plans = confirm(drafts, sender, at=None)
    assert all(plan.at >= before + minute for plan in plans)
    with own(drafts) as heard:
        contracts.call_off(drafts[1], by=builders.actor(sender))
    assert names(heard) == [[events.SENDING_CANCELLED]] * 3
    assert (due(), PlannedSending.objects.count()) == ([], 0)
    assert (states(drafts), Package.objects.count()) == ({"draft"}, 0)

    confirm(drafts, sender)
    assert (len(due()), states(drafts)) == (2, {"signing"})


def test_whoever_may_not_send_all_of_a_package_calls_none_of_it_off(
    drafts,  # noqa: F811 - a fixture
    sender,
    short,  # noqa: F811 - a fixture
):
    hr = builders.workspace("hr")
    builders.joins(sender, hr, builders.SENDER)
    other = builders.template(hr, "Other", body=short.body, fields=[])
    both = [drafts[0], draft(other, sender, "For HR")]
    confirm(both, sender)
    eva = builders.actor(builders.staff("eva", drafts[0].workspace))
    with tables.unchanged(), pytest.raises(NotAllowed):
        contracts.call_off(drafts[0], by=eva)
    contracts.call_off(drafts[0], by=builders.actor(sender))
    assert not PlannedSending.objects.exists()


def test_a_change_of_one_stops_all_of_its_package_and_its_owner_is_told_once(
    drafts,  # noqa: F811 - a fixture
    sender,
):
    confirm(drafts, sender)
    assert [contracts.fate(one).code for one in drafts] == ["", "", ""]
    retitle(drafts[1])
    codes = ["package_refused", "stale_version", "package_refused"]
    assert [contracts.fate(Contract.objects.get(pk=one.pk)).code for one in drafts] == codes
    found = contracts.fates([one.pk for one in drafts])
    assert [found[one.pk].code for one in drafts] == codes

    with own(drafts) as heard:
        (letter,) = due()
    assert "was not sent at its time" in letter.subject
    assert (letter.to, drafts[1].number in letter.body) == (["ola@eksempel.example"], True)
    assert names(heard) == [[events.SENDING_STOPPED]] * 3
    assert [one.own[0][1]["code"] for one in heard] == codes
    assert (states(drafts), PlannedSending.objects.count()) == ({"draft"}, 0)


@pytest.mark.parametrize("gone", ["deleted", "confirmed alone"])
def test_a_package_that_one_has_left_is_not_sent(drafts, sender, gone):  # noqa: F811
    confirm(drafts, sender)
    first, *rest = drafts
    if gone == "deleted":
        Contract.objects.get(pk=first.pk).delete()
    else:
        retitle(first)
        changed = Contract.objects.get(pk=first.pk)
        how = {"into": "signing", "at": timezone.now() + LATER, "by": builders.actor(sender)}
        contracts.schedule(changed, builders.shown(changed), **how)
    assert {contracts.fate(one).code for one in rest} == {"package_refused"}
    due()
    assert (states(rest), Package.objects.count()) == ({"draft"}, 0)

    confirm(rest, sender)
    due()
    assert states(rest) == {"signing"}


def test_a_refusal_at_its_moment_leaves_all_of_a_package_unsent(
    drafts,  # noqa: F811 - a fixture
    sender,
    settings,
):
    at = confirm(drafts, sender)[0].at
    ours = settings.WAGTAIL_CONTRACTS
    none = {**ours["CONTRACTS"], "RECIPIENTS_A_DAY_IN_WORKSPACE": 0}
    settings.WAGTAIL_CONTRACTS = {**ours, "CONTRACTS": none}
    with own(drafts) as heard:
        assert not contracts.send_planned(drafts[0], canonical.moment(at), by=SYSTEM)
    assert [one.own[-1][1]["code"] for one in heard] == ["quota_reached"] * 3
    assert (states(drafts), Package.objects.count()) == ({"draft"}, 0)
    settings.WAGTAIL_CONTRACTS = ours
    at = confirm(drafts, sender)[0].at
    assert contracts.send_planned(drafts[0], canonical.moment(at), by=SYSTEM)


def test_all_of_a_package_are_confirmed_or_none(drafts, sender):  # noqa: F811 - a fixture
    by, at = builders.actor(sender), timezone.now() + LATER
    offers = [offer(one) for one in drafts]
    stale = contracts.Offer(drafts[2], "0" * 64, offers[2].recipients)
    with tables.unchanged(), pytest.raises(PackageRefused, match=drafts[2].number):
        contracts.schedule_together([*offers[:2], stale], into="signing", at=at, by=by)
    with tables.unchanged(), pytest.raises(PackageRefused):
        contracts.schedule_together(offers[:1], into="signing", at=at, by=by)
    with tables.unchanged(), pytest.raises(MomentRefused):
        contracts.schedule_together(offers, into="signing", at=at - LATER - LATER, by=by)
    contracts.schedule_together(offers, into="signing", at=at, by=by)
    with tables.unchanged(), pytest.raises(PackageRefused, match=drafts[0].number):
        contracts.schedule_together(offers, into="signing", at=at, by=by)
    with tables.unchanged(), pytest.raises(PackageRefused, match=drafts[0].number):
        contracts.send_together(offers, into="signing", by=by)
    contracts.call_off(drafts[0], by=by)
    contracts.send_together(offers, into="signing", by=by)
