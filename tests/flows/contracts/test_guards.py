"""What only flows may write, whoever else tries: form, revert, bulk action or shell."""

import pytest
from django.db import transaction
from modelcluster.fields import ParentalKey

from tests import builders, tables
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import ContractIsClosed, OnlyByFlow
from wagtail_contracts.contracts.models import Contract, Participant, Party
from wagtail_contracts.contracts.models.guards import KEPT, unguarded

WORDS = {
    "state": "signed",
    "expired_from": "signing",
    "number": "X-1",
    "language": "nb",
    "template_digest": "x",
    "template_revision": 7,
    "outline": [],
    "fields": [],
    "roles": [],
    "deadline": "2099-01-01",
    "public_id": "x" * 22,
}


def contract():
    return Contract.objects.get()


@pytest.mark.parametrize("name", WORDS)
def test_a_kept_column_is_put_back_by_save_and_refused_by_update(draft, name):
    before = Contract.objects.values(name).get()
    edited = contract()
    setattr(edited, name, WORDS[name])
    edited.title = "Edited"
    edited.save()

    assert Contract.objects.values(name).get() == before
    with tables.unchanged(), pytest.raises(OnlyByFlow):
        Contract.objects.update(**{name: WORDS[name]})
    assert Contract.objects.update(title="Edited again") == 1


@pytest.mark.parametrize("name", ["workspace", "owner", "current_version", "template"])
def test_a_kept_relation_is_put_back_by_save_and_refused_by_update(sent, name):
    before = Contract.objects.values(name).get()
    others = {
        "workspace": builders.workspace("legal"),
        "owner": builders.staff("eva"),
        "current_version": None,
        "template": None,
    }
    edited = contract()
    setattr(edited, name, others[name])
    edited.save()

    assert Contract.objects.values(name).get() == before
    with pytest.raises(OnlyByFlow):
        Contract.objects.update(**{name: others[name]})
    with pytest.raises(OnlyByFlow):
        Contract.objects.update(**{f"{name}_id": None})


def test_every_column_but_the_content_is_kept():
    content = {"id", "title", "body", "values", "latest_revision_id"}
    locks = {"locked", "locked_at", "locked_by_id"}
    columns = {field.attname for field in Contract._meta.concrete_fields}

    assert columns - set(KEPT) == content | locks


def test_content_is_saved_while_the_contract_is_open_and_never_after(sent):
    edited = contract()
    edited.title = "Edited"
    edited.save()
    edited.save_revision()
    contracts.withdraw(sent.contract, "Wrong price", by=sent.owner)

    edited.title = "Too late"
    for late in (
        edited.save,
        edited.save_revision,
        lambda: Contract.objects.update(title="Too late"),
        lambda: Contract.objects.bulk_update([edited], ["title"]),
    ):
        with tables.unchanged(), pytest.raises(ContractIsClosed), transaction.atomic():
            late()


def test_a_contract_is_made_by_the_flow_alone(draft):
    made = {"workspace": draft.workspace, "owner": draft.owner, "number": "X-1", "title": "x"}

    with tables.unchanged():
        with pytest.raises(OnlyByFlow):
            Contract.objects.create(**made)
        with pytest.raises(OnlyByFlow):
            Contract.objects.bulk_create([Contract(**made)])


def test_a_draft_is_deleted_and_what_was_sent_is_not(template, sender, sent):
    with tables.unchanged():
        with pytest.raises(ContractIsClosed):
            contract().delete()
        with pytest.raises(ContractIsClosed):
            Contract.objects.all().delete()

    builders.contract(template, sender).delete()
    assert Contract.objects.count() == 1


def test_an_old_revision_brings_back_neither_state_nor_people(draft, sender):
    old = draft.save_revision()
    contracts.send(draft, builders.shown(draft), into="signing", by=builders.actor(sender))
    with unguarded():
        Participant.objects.filter(name="Kari Nordmann").update(name="Kari Hansen")

    restored = old.as_object()
    restored.save()

    now = contract()
    assert (now.state, now.current_version.number) == ("signing", 1)
    assert Participant.objects.filter(name="Kari Hansen").count() == 1
    assert Participant.objects.count() == 2


def people_writes(stage):
    kari, party = Participant.objects.get(pk=stage.kari.pk), stage.kari.party
    kari.name = "Kari Hansen"
    new = Participant(party=party, name="Per")
    yield kari.save
    yield kari.delete
    yield party.save
    yield party.delete
    yield new.save
    yield lambda: Participant.objects.create(party=party, name="Per")
    yield lambda: Participant.objects.update(name="Kari Hansen")
    yield lambda: Participant.objects.all().delete()
    yield lambda: Party.objects.update(name="Other AS")
    yield lambda: Party.objects.all().delete()


def test_people_change_in_a_draft_and_by_flows_only(draft, sender, sent):
    for write in people_writes(sent):
        with tables.unchanged(), pytest.raises(ContractIsClosed), transaction.atomic():
            write()

    with unguarded():
        Participant.objects.filter(pk=sent.kari.pk).update(name="Kari Hansen")
    assert Participant.objects.filter(name="Kari Hansen").exists()


def test_people_of_a_draft_may_change_but_never_move(template, sender, sent):
    other = builders.contract(template, sender)
    person = Participant.objects.filter(party__contract=other).last()
    person.name = "Kari Hansen"
    person.save()

    with tables.unchanged():
        person.party = sent.kari.party
        with pytest.raises(ContractIsClosed):
            person.save()
        mine = Participant.objects.filter(party__contract=other)
        with pytest.raises(OnlyByFlow):
            mine.update(party=sent.kari.party)
        with pytest.raises(OnlyByFlow):
            mine.update(public_id="x")
        with pytest.raises(OnlyByFlow):
            Participant.objects.bulk_create([Participant(party=person.party, name="Per")])


@pytest.mark.parametrize("model", [Contract, Party, Participant])
def test_no_other_row_has_a_manager_that_writes_past_the_guard(model):
    keys = [field for field in model._meta.concrete_fields if field.is_relation]
    leading_back = {key.name for key in keys if not key.remote_field.hidden}
    children = {key.name for key in keys if isinstance(key, ParentalKey)}
    assert leading_back - children <= {"locked_by"}


def test_a_template_that_is_deleted_leaves_its_contracts_as_they_were(draft):
    before = Contract.objects.values(*set(KEPT) - {"template_id"}).get()
    draft.template.specific.delete()
    assert Contract.objects.values(*set(KEPT) - {"template_id"}).get() == before
    assert contract().template is None
