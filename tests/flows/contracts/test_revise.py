"""The next version, from the working copy."""

import pytest

from tests import builders, journeys, tables
from tests.announcements import announced, last_event
from wagtail_contracts import events
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.blocks import plain
from wagtail_contracts.contracts.core import trees
from wagtail_contracts.contracts.errors import NotReady, ReasonMissing, StaleVersion, Unprintable
from wagtail_contracts.contracts.models import Contract, ContractVersion


def edit(stage, **changes):
    contract = Contract.objects.get(pk=stage.contract.pk)
    for name, value in {"title": "Hosting 2028", **changes}.items():
        setattr(contract, name, value)
    contract.save()


def revise(stage, shown=None, reason="A new year"):
    shown = shown or builders.shown(stage.contract)
    return contracts.revise(stage.contract, shown, reason, by=stage.owner)


def refused(error, stage, *args, **options):
    with tables.unchanged(), pytest.raises(error):
        revise(stage, *args, **options)


def test_what_is_published_is_what_was_shown(answered):
    before = builders.shown(answered.contract)
    edit(answered)

    refused(StaleVersion, answered, before)
    assert revise(answered).content["title"] == "Hosting 2028"


@pytest.mark.parametrize("reason", ["", " \n"])
def test_a_new_version_needs_a_reason(answered, reason):
    edit(answered)

    refused(ReasonMissing, answered, reason=reason)
    assert revise(answered).reason == "A new year"


def test_a_new_version_must_be_ready(answered):
    edit(answered, values={"price": None, "start": "2027-01-15"})
    refused(NotReady, answered)

    edit(answered, values={"price": {"amount": "1.00", "currency": "NOK"}, "start": None})
    refused(NotReady, answered)
    edit(answered, values={**answered.contract.values})
    assert revise(answered)


def test_a_new_version_must_be_printable(answered):
    edit(answered, title="Hosting \U0001f600")

    refused(Unprintable, answered)


def test_the_same_content_makes_no_version_and_needs_no_reason(answered):
    contract = Contract.objects.get(pk=answered.contract.pk)
    contract.save()
    contract.save_revision()

    with tables.unchanged():
        assert revise(answered, reason="") == answered.version


def test_a_revision_keeps_the_newest_answers_and_our_own_values_are_the_working_copys(answered):
    edit(answered, values={"price": {"amount": "10.00", "currency": "NOK"}, "start": "2028-01-15"})

    values = trees.values_by_key(revise(answered).content)

    assert (values["support"], values["invoice"]) == ("office", "pay@customer.example")
    assert values["price"]["amount"] == "10.00"
    assert values["start"] == "2028-01-15"


def test_a_working_copy_can_t_overwrite_what_the_counterparty_answered(answered):
    edit(answered, values={**answered.contract.values, "invoice": "evil@eksempel.example"})

    assert trees.values_by_key(revise(answered).content)["invoice"] == "pay@customer.example"


def test_a_revision_is_told_to_everybody(answered):
    edit(answered)
    with announced(answered.contract) as heard:
        version = revise(answered)

    assert (version.number, version.kind) == (3, "revised")
    assert version.contract_json["previous"] == answered.version.digest
    assert Contract.objects.get().current_version == version
    assert Contract.objects.get().state == "signing"
    assert [name for name, _data in heard.shared] == [events.VERSION_CREATED]
    assert (heard.shared[0][1]["version"], heard.shared[0][1]["kind"]) == (3, "revised")
    assert heard.own == []
    assert heard.mails == [("new_version", "kari"), ("new_version", "ola")]
    assert heard.tasks == ["signing.void"]


def test_a_deviation_goes_to_our_own_trail_alone(in_review):
    body = plain(in_review.contract.body)
    body = [entry for entry in body if entry["value"].get("policy") != "optional"]
    edit(in_review, body=body)

    with announced(in_review.contract) as heard:
        revise(in_review)

    assert heard.names == [events.VERSION_CREATED]
    ((name, data),) = heard.own
    assert (name, data["version"]) == (events.DEVIATIONS_FOUND, 2)
    assert len(data["deviations"]) == 1
    assert last_event(in_review.contract, name).trail.key == in_review.contract.own_trail


def test_versions_count_up_without_gaps(answered):
    for title in ("One", "Two", "Three"):
        edit(answered, title=title)
        revise(answered)

    stage = journeys.stage(answered.contract, answered.sender)
    assert [version.number for version in ContractVersion.objects.all()] == [1, 2, 3, 4, 5]
    assert stage.version.number == 5
