"""What changes in a workspace stands in its own trail; numbers come once; a test stays a test."""

import datetime as dt
import json
from unittest import mock

import pytest
from django.core.exceptions import ValidationError

from tests import builders, tables, uploads
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import TextRefused, TrainingFixed
from wagtail_contracts.contracts.flows.drafting import next_number
from wagtail_contracts.contracts.models import (
    Contract,
    FileUse,
    NumberSeries,
    Workspace,
    WorkspaceText,
)


@pytest.fixture
def eve(sales):
    """Somebody who administers sales."""
    return builders.actor(builders.staff("eve", sales, ("view", "administer")))


def told(workspace, name):
    """The data of the events of one name in a workspace's trail."""
    found = Event.objects.of(workspace.trail).named(name).order_by("sequence")
    return [json.loads(event.record)["data"] for event in found]


def test_a_change_is_recorded_by_column_and_without_names_or_addresses(sales, eve):
    values = {"deadline_days": 9, "accent": "#123456", "contact_email": "new@eksempel.example"}
    contracts.change_workspace(sales, values, by=eve)

    sales.refresh_from_db()
    assert {name: getattr(sales, name) for name in values} == values
    [data] = told(sales, "workspace.changed")
    assert data["columns"] == sorted(values)
    assert data["values"] == {"deadline_days": 9, "accent": "#123456"}


def test_what_stays_is_no_change(sales, eve):
    with tables.unchanged():
        contracts.change_workspace(sales, {"deadline_days": sales.deadline_days}, by=eve)
    contracts.change_workspace(sales, {"deadline_days": 5}, by=eve)
    assert len(told(sales, "workspace.changed")) == 1


@pytest.mark.parametrize(
    ("name", "fits", "refused"),
    [
        ("accent", "#0a5752", "#7fd6c9"),
        ("timezone", "Europe/Oslo", "Europe/Nowhere"),
        ("number_prefix", "{code}-", "{code}"),
    ],
)
def test_what_would_break_contracts_is_refused_by_the_flow_too(sales, eve, name, fits, refused):
    with tables.unchanged(), pytest.raises(ValidationError) as error:
        contracts.change_workspace(sales, {name: refused}, by=eve)
    assert set(error.value.message_dict) == {name}
    contracts.change_workspace(sales, {name: fits}, by=eve)


def test_a_workspace_with_a_contract_stays_for_real(sales, eve, draft):
    with tables.unchanged(), pytest.raises(TrainingFixed):
        contracts.change_workspace(sales, {"training": True}, by=eve)


def test_one_without_may_become_one_for_training(sales, eve):
    contracts.change_workspace(sales, {"training": True}, by=eve)
    assert Workspace.objects.get(pk=sales.pk).training
    assert told(sales, "workspace.changed") == [
        {"columns": ["training"], "values": {"training": True}}
    ]


def test_what_is_for_training_is_not_real(sales, draft):
    assert list(Contract.objects.real()) == [draft]
    Workspace.objects.filter(pk=sales.pk).update(training=True)
    assert list(Contract.objects.real()) == []


def test_numbers_begin_anew_with_the_year_and_never_come_twice(sales, template, sender, eve):
    def made(year):
        moment = dt.datetime(year, 6, 1, tzinfo=dt.UTC)
        with mock.patch("wagtail_contracts.contracts.flows.drafting.timezone.now") as now:
            now.return_value = moment
            said = contracts.upcoming_number(sales)
            assert next_number(sales) == said
        return said

    assert [made(2026), made(2026), made(2027), made(2026)] == [
        "SALES-2026-1",
        "SALES-2026-2",
        "SALES-2027-1",
        "SALES-2026-3",
    ]
    changed = {"number_prefix": "AVT-{year}-", "number_digits": 4}
    sales = contracts.change_workspace(sales, changed, by=eve)
    assert [made(2026), made(2026)] == ["AVT-2026-0001", "AVT-2026-0002"]
    sales = contracts.change_workspace(sales, {"number_prefix": "{code}-{year}-"}, by=eve)
    assert made(2026) == "SALES-2026-0004"


def test_who_takes_over_a_code_counts_on(sales, draft, eve):
    first = draft.number
    contracts.change_workspace(sales, {"code": "OLD"}, by=eve)
    other = builders.workspace("other", code="SALES")
    assert contracts.upcoming_number(other) == first[:-1] + "2"
    assert NumberSeries.objects.get().last == 1


def test_own_words_take_the_place_of_ours_until_both_are_empty(sales, eve):
    contracts.write_text(sales, "invitation", "en", " Read {title} ", "Dear {name}", by=eve)

    stored = WorkspaceText.objects.get()
    assert (stored.subject, stored.body) == ("Read {title}", "Dear {name}")
    contracts.write_text(sales, "invitation", "en", "", "", by=eve)
    assert not WorkspaceText.objects.exists()
    assert [data["own"] for data in told(sales, "workspace.text_written")] == [True, False]


@pytest.mark.parametrize(
    ("subject", "body", "where"),
    [
        ("Read {titel}", "Dear {name}", {"subject"}),
        ("Read {title}", "It costs {price}", {"body"}),
        ("Read {title}", "", {"body"}),
        ("", "Dear {name}", {"subject"}),
    ],
)
def test_words_that_cannot_be_sent_are_refused_at_their_place(sales, eve, subject, body, where):
    with tables.unchanged(), pytest.raises(TextRefused) as refused:
        contracts.write_text(sales, "invitation", "en", subject, body, by=eve)
    assert set(refused.value.problems) == where
    contracts.write_text(sales, "invitation", "en", "Read {title}", "Dear {name}", by=eve)


def test_members_see_the_logo_and_strangers_do_not(sales, eve):
    logo = uploads.stored("logo", uploads.picture(), "logo.png", eve)
    contracts.change_workspace(sales, {"logo": logo}, by=eve)

    assert FileUse.objects.get().workspace == sales
    member, stranger = builders.staff("ann", sales, ("view",)), builders.staff("sue")
    known = type(logo).objects.known_to
    assert list(known(member)) == [logo]
    assert list(known(stranger)) == []
