"""A contract is found by its words as soon as a flow has changed them, alike on both engines."""

from __future__ import annotations

import gc
from contextlib import suppress
from typing import Any
from weakref import WeakSet

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models.signals import post_init

from example_site import contents as made
from tests import builders, signatures, tables
from wagtail_contracts import encryption
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.flows import indexing
from wagtail_contracts.contracts.models import Contract, ContractTag, Tag
from wagtail_contracts.contracts.models.searching import SearchText, install


def found(typed: str) -> list[str]:
    """The titles of what is found."""
    return sorted(Contract.objects.holding(typed).values_list("title", flat=True))


@pytest.fixture
def two(template: Any, sender: Any) -> list[Contract]:
    """A contract with what is special in it, and another one."""
    people = [contracts.PersonDraft("Åse Ødegård", "Åse.Ø@Kunde.example")]
    parties = builders.parties(sender)
    parties[1] = contracts.PartyDraft("customer", "Kunde & Søn AS", "923 609 016", people)
    first = builders.contract(template, sender, title="Quicksilver", parties=parties)
    return [first, builders.contract(template, sender, title="Plain")]


CASES = {
    "title": ("quick", ["Quicksilver"]),
    "party": ("KUNDE søn", ["Quicksilver"]),
    "person": ("ase ødegard", ["Quicksilver"]),
    "e-mail": ("  åse.ø@kunde.EXAMPLE ", ["Quicksilver"]),
    "half an e-mail": ("åse.ø@kunde.exampl", []),
    "organisation number": ("923609016", ["Quicksilver"]),
    "organisation number in groups": ("923 609 016", ["Quicksilver"]),
    "our own number": ("999 999 999", ["Plain", "Quicksilver"]),
    "text": ("supplier may name", ["Plain", "Quicksilver"]),
    "value": ("5 300", ["Plain", "Quicksilver"]),
    "the middle of a word": ("uicksilver", []),
    "no word of it": ("zebra", []),
    "one word of two": ("quicksilver zebra", []),
    "marks alone": ("?*'\"()|&:-", []),
    "nothing": ("", []),
    "words of the engines": ("quicksilver OR plain", []),
    "a column": ("names:quicksilver", []),
}


@pytest.mark.parametrize("case", CASES)
def test_a_contract_is_found_by(case, two):
    typed, titles = CASES[case]
    assert found(typed) == titles


def test_by_its_number(two):
    assert "Quicksilver" in found(two[0].number)
    assert two[0] in Contract.objects.called(two[0].number)


def test_by_its_tags(two):
    tag = Tag.objects.create(workspace=two[0].workspace, name="Møbler")
    ContractTag.objects.create(contract=two[0], tag=tag)
    contracts.index(two[0])
    assert found("møb") == ["Quicksilver"]


def test_what_it_is_called_by_is_known_apart_from_its_text(two):
    assert [item.title for item in Contract.objects.called("Søn")] == ["Quicksilver"]
    assert not Contract.objects.called("supplier may name").exists()


def test_a_search_narrows_what_somebody_sees(two, sender):
    stranger = builders.staff("per", builders.workspace("legal"))
    assert Contract.objects.visible_to(sender).holding("quick").count() == 1
    assert Contract.objects.visible_to(stranger).holding("quick").count() == 0


def test_the_text_is_that_of_the_newest_version(sent):
    assert found("pay customer") == []
    digest = sent.version.digest
    contracts.answer(sent.kari, digest, builders.ANSWERS, by=builders.guest(sent.kari))
    assert found("pay customer") == ["Hosting 2027"]

    contract = Contract.objects.get(pk=sent.contract.pk)
    contract.title = "Elsewhere"
    contract.values = {**contract.values, "price": {"amount": "7777.00", "currency": "NOK"}}
    contract.save()
    contracts.index(contract)
    assert found("5 300") == found("elsewhere") == ["Elsewhere"]
    assert found("7 777") == []  # nobody else has seen that yet


STAGES = ("draft", "sent", "in_review", "answered")


@pytest.mark.parametrize("stage", STAGES)
def test_every_flow_keeps_the_words(stage, request):
    at = request.getfixturevalue(stage)
    contract = getattr(at, "contract", at)
    assert SearchText.objects.filter(pk=contract.pk).exists()
    assert contracts.rebuild(by=SYSTEM) == 0


def test_so_do_the_flows_that_write_drafts(draft, sender):
    by = builders.actor(sender)
    parties = builders.parties(sender)
    parties[1] = contracts.PartyDraft("customer", "Renamed AS", "", parties[1].people)
    shown = contracts.parties_digest(draft)
    contracts.name_parties(draft, parties, shown, title="Named", by=by)
    assert found("renamed named") == ["Named"]
    draft = Contract.objects.get(pk=draft.pk)
    shown = contracts.details_digest(draft)
    contracts.fill_in(draft, {"price": "6400"}, shown, title="Filled", deadline=None, by=by)
    assert found("6 400 filled") == ["Filled"]
    contracts.duplicate(Contract.objects.get(pk=draft.pk), owner=sender, by=by)
    assert found("filled") == ["Filled", "Filled"]
    assert contracts.rebuild(by=SYSTEM) == 0


def test_nothing_is_found_of_what_was_rolled_back_or_deleted(draft):
    edited = Contract.objects.get(pk=draft.pk)
    edited.title = "Quicksilver"
    with suppress(ZeroDivisionError), transaction.atomic():
        edited.save()
        contracts.index(edited)
        raise ZeroDivisionError
    assert found("quicksilver") == []

    edited.save()
    contracts.index(edited)
    assert found("quicksilver") == ["Quicksilver"]
    edited.delete()
    assert found("quicksilver") == []


SECRET = made.field("text", "secret", "Secret", "supplier", sensitive=True)


def test_a_sensitive_value_enters_no_index(sales, sender):
    body = [*builders.BODY, made.text(f"It is {made.chip('secret')} or {made.chip('price')}.")]
    page = builders.template(sales, "Secret", body=body, fields=[*builders.FIELDS, SECRET])
    values = {"price": "5300", "secret": "Xylophone 4711"}
    contract = builders.contract(page, sender, title="Masked", values=values)
    by = builders.actor(sender)
    for stage in ("draft", "sent"):
        assert found("5 300") == ["Masked"], stage
        assert found("xylophone") == found("4711") == [], stage
        if stage == "draft":
            contracts.send(contract, builders.shown(contract), into="signing", by=by)
    stored = [name for name in tables.names() if "searchtext" in name]
    assert stored
    assert "xylophone" not in "".join(repr(tables.rows(name)) for name in stored).lower()


def test_an_address_is_kept_as_a_digest_that_another_key_does_not_make(two, settings):
    [row] = SearchText.objects.filter(contract=two[0])
    assert "kunde" in row.names  # the party's name
    assert "example" not in row.names
    ours = settings.WAGTAIL_CONTRACTS
    new = encryption.Fernet.generate_key().decode()
    settings.WAGTAIL_CONTRACTS = {**ours, "KEYS": [new, *ours["KEYS"]]}
    assert found("åse.ø@kunde.example") == ["Quicksilver"]
    call_command("contracts_rebuild_search", verbosity=0)
    assert (
        encryption.keyed_digests("åse.ø@kunde.example")[0]
        in SearchText.objects.get(contract=two[0]).names.split()
    )
    assert found("åse.ø@kunde.example") == ["Quicksilver"]


def test_the_command_makes_all_of_it_anew(two, capsys):
    SearchText.objects.all().delete()
    assert found("quick") == []
    call_command("contracts_rebuild_search")
    assert "made anew: 2" in capsys.readouterr().out
    assert found("quick") == ["Quicksilver"]
    call_command("contracts_rebuild_search")
    assert "made anew: 0" in capsys.readouterr().out


def test_what_was_there_before_the_index_enters_it_after_migrate(two):
    SearchText.objects.all().delete()
    install(connection)
    call_command("migrate", verbosity=0)
    assert found("quick") == ["Quicksilver"]
    assert contracts.index_new(by=SYSTEM) == 0


def test_a_signed_contract_is_found(answered):
    signatures.sign_all(answered)
    assert found("kari") == ["Hosting 2027"]


def test_no_more_contracts_are_in_memory_than_a_chunk_has(template, sender, monkeypatch):
    for _ in range(5):
        builders.contract(template, sender)
    SearchText.objects.all().delete()
    there: WeakSet[Contract] = WeakSet()
    most = []

    def words(*args: Any) -> dict[str, str]:
        gc.collect()
        most.append(len(there))
        return whole(*args)

    def meet(instance: Contract, **_more: Any) -> None:
        there.add(instance)

    whole = indexing.words
    monkeypatch.setattr(indexing, "BATCH", 2)
    monkeypatch.setattr(indexing, "words", words)
    post_init.connect(meet, sender=Contract)
    try:
        assert contracts.index_new(by=SYSTEM) == 5
        assert contracts.rebuild(by=SYSTEM) == 0
    finally:
        post_init.disconnect(meet, sender=Contract)
    assert len(most) == 10
    assert max(most) == 2
    assert SearchText.objects.count() == 5
