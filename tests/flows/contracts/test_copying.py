"""A draft from a contract: a duplicate, an amendment, a renewal."""

from __future__ import annotations

import json
import re
import uuid
from types import SimpleNamespace

import pytest

from tests import builders, signatures, tables
from tests.announcements import announced
from tests.flows.contracts.test_products import TABLE
from tests.journeys import stage
from wagtail_contracts import events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.core import deviations
from wagtail_contracts.contracts.core.content import body
from wagtail_contracts.contracts.errors import NotAllowed, WrongState
from wagtail_contracts.contracts.flows.copying import ITS_OWN
from wagtail_contracts.contracts.models import Contract, ContractLink, Participant, Workspace
from wagtail_contracts.contracts.models.guards import KEPT, unguarded
from wagtail_contracts.signing.models import Invitation, SigningSession

ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
ENDS = {
    "declined": lambda sent: signatures.decline(sent.kari),
    "withdrawn": lambda sent: contracts.withdraw(sent.contract, "Wrong", by=sent.owner),
}


@pytest.fixture
def signed(answered: SimpleNamespace) -> SimpleNamespace:
    """Version 2, signed by everybody."""
    signatures.sign_all(answered)
    answered.contract = Contract.objects.get(pk=answered.contract.pk)
    return answered


def from_(contract, verb, user):
    """What a verb makes, as it is stored."""
    made = getattr(contracts, verb)(contract, owner=user, by=builders.actor(user))
    return Contract.objects.get(pk=made.pk)


def said(contract):
    """The content without ids, which are never those of another contract."""
    content = contracts.compose(Contract.objects.get(pk=contract.pk))
    for party in content["parties"]:
        party["id"] = ""
        for person in party["people"]:
            person["id"] = ""
    return text({**content, "offer": ""})


def text(value):
    """Without ids."""
    return ID.sub("id", json.dumps(value, sort_keys=True, ensure_ascii=False))


def ids(value):
    """Every id of a block, nested ones too, in stored streams."""
    if isinstance(value, list):
        return {found for item in value for found in ids(item)}
    if not isinstance(value, dict):
        return set()
    own = {value["id"]} if value.get("id") and "type" in value else set()
    return own.union(*(ids(part) for part in value.values()))


def streams(contract):
    return [contract.outline, contract.body.get_prep_value()]


def edited(contract, text):
    """The working copy with other words in its editable clause."""
    changed = Contract.objects.get(pk=contract.pk)
    price = next(block for block in changed.body if block.value["policy"] == "editable")
    price.value["text"].source = f"<p>{text}</p>"
    changed.save()
    return changed


def test_a_duplicate_of_a_draft_says_what_it_says(draft, sender):
    edited(draft, "It costs nothing.")
    made = from_(draft, "duplicate", sender)

    assert said(made) == said(draft)
    assert "It costs nothing." in said(made)
    assert (made.state, made.owner, made.workspace) == ("draft", sender, draft.workspace)
    assert made.number != draft.number
    assert (made.deadline, made.current_version, made.sent) == (None, None, {})


def test_no_id_of_a_block_is_in_two_contracts_and_an_outline_keeps_its_own(draft, sender):
    made = from_(draft, "duplicate", sender)

    assert len(ids(streams(draft))) > 12
    assert ids(streams(draft)).isdisjoint(ids(streams(made)))
    assert len(ids(streams(made))) == len(ids(streams(draft)))
    assert [entry["id"] for entry in made.outline] == [block.id for block in made.body]
    assert [entry["origin"] for entry in made.outline] == [
        entry["origin"] for entry in draft.outline
    ]


def test_a_reference_leads_to_the_block_of_its_own_contract(sales, sender):
    target = {**builders.made.clause("Price", "It costs."), "id": str(uuid.uuid4())}
    cites = builders.made.text(f"See {builders.made.chip('clause.' + target['id'])}.")
    first = builders.contract(builders.template(sales, body=[target, cites]), sender)
    made = from_(first, "duplicate", sender)

    assert f"clause.{made.body[0].id}" in str(made.body.get_prep_value())
    assert contracts.missing(made, contracts.compose(made)) == []


def test_a_duplicate_goes_on_reporting_what_differs_from_the_template(draft, sender):
    edited(draft, "It costs nothing.")
    draft.template.specific.unpublish()
    made = from_(draft, "duplicate", sender)

    found = deviations.found(body(made.outline), contracts.compose(made)["body"])
    assert [item["kind"] for item in found] == ["changed"]
    assert made.template_digest == draft.template_digest


@pytest.mark.parametrize("end", [None, *ENDS])
def test_what_is_out_or_over_is_duplicated_as_it_was_sent(sent, sender, end):
    sent_as = said(sent.contract)
    contracts.answer(sent.kari, sent.version.digest, builders.ANSWERS, by=builders.guest(sent.kari))
    edited(sent.contract, "Half an edit that nobody was sent.")
    if end:
        ENDS[end](sent)
    made = from_(sent.contract, "duplicate", sender)

    assert said(made) == sent_as
    assert "Half an edit" not in said(made)
    assert made.values["invoice"] is None  # what the others answered is theirs to say again


def test_after_a_new_version_that_is_what_was_sent(sent, sender):
    edited(sent.contract, "It costs more.")
    shown = builders.shown(sent.contract)
    contracts.revise(sent.contract, shown, "Price", by=sent.owner)
    assert "It costs more." in said(from_(sent.contract, "duplicate", sender))


def test_everybody_is_a_row_of_their_own_and_has_no_way_in(sent, sender):
    made = from_(sent.contract, "duplicate", sender)
    old = Participant.objects.filter(party__contract=sent.contract).order_by("pk")
    new = Participant.objects.filter(party__contract=made).order_by("pk")
    named = ("name", "email", "role", "capacity", "position", "language", "user_id", "party__role")

    assert [*new.values_list(*named)] == [*old.values_list(*named)]
    assert {person.public_id for person in new}.isdisjoint(person.public_id for person in old)
    assert not Invitation.objects.filter(participant__in=new).exists()
    assert not SigningSession.objects.filter(invitation__participant__in=new).exists()


def test_a_colleague_who_has_left_is_not_the_account_that_signs(draft, sender, sales):
    other = builders.staff("siri", sales)
    sender.groups.clear()
    made = from_(draft, "duplicate", other)
    ours = Participant.objects.get(party__contract=made, party__role="supplier")
    assert (ours.name, ours.user) == ("Ola Nordmann", None)


def test_sensitive_values_are_asked_for_again(sales, sender):
    first = builders.contract(builders.template(sales), sender)
    with unguarded():
        first.fields[0]["sensitive"] = True
        first.save()
    made = from_(first, "duplicate", sender)
    assert (first.values["price"]["amount"], made.values["price"]) == ("5300.00", None)
    assert made.values["start"] == first.values["start"]


@pytest.mark.parametrize("verb", ["amend", "renew"])
def test_only_what_is_signed_is_amended_or_renewed(answered, sender, verb):
    with tables.unchanged(), pytest.raises(WrongState):
        from_(answered.contract, verb, sender)
    signatures.sign_all(answered)
    assert from_(answered.contract, verb, sender).state == "draft"


def test_an_amendment_begins_with_what_was_signed_and_names_it(signed, sender):
    made = from_(signed.contract, "amend", sender)
    content = contracts.compose(made)
    first, *rest = content["body"]

    assert first["content"][0]["content"][0]["text"] == (
        f"This contract amends contract {signed.contract.number}, “Hosting 2027”, version 2."
    )
    assert made.title == "Amendment to Hosting 2027"
    was = signed.contract.current_version.content
    assert [block["type"] for block in rest] == [block["type"] for block in was["body"]]
    assert content["values"] == was["values"]
    assert content["values"][4]["value"] == "pay@customer.example"


def test_an_amendment_of_an_amendment_names_the_last_one_only(signed, sender):
    second = from_(signed.contract, "amend", sender)
    contracts.send(second, builders.shown(second), into="signing", by=builders.actor(sender))
    signatures.sign_all(stage(second, sender))
    third = from_(second, "renew", sender)

    assert said(third).count("This contract ") == 1
    assert f"renews contract {second.number}" in said(third)
    assert len(third.outline) == len(second.outline)


def test_what_was_chosen_inside_a_block_is_chosen_in_the_amendment(sales, sender):
    page = builders.template(sales, body=[*builders.BODY[:-1], TABLE, builders.BODY[-1]])
    first = builders.contract(page, sender)
    contracts.send(first, builders.shown(first), into="signing", by=builders.actor(sender))
    offer = stage(first, sender)
    chosen = {row["name"]: row["id"] for row in products(offer.version.whole)["rows"]}
    typed = {**builders.ANSWERS, chosen["Backup"]: "yes", f"{chosen['Seats']}.quantity": "10"}
    typed[f"{products(offer.version.whole)['id']}.1"] = chosen["Plus"]
    contracts.answer(offer.kari, offer.version.digest, typed, by=builders.guest(offer.kari))
    signatures.sign_all(stage(first, sender))
    made = from_(first, "amend", sender)

    signed = products(Contract.objects.get(pk=first.pk).current_version.content)
    again = products(contracts.compose(made))
    names = [row["name"] for row in signed["rows"]]
    assert names == ["Setup", "Backup", "Plus", "Seats"]
    assert text(again) == text(signed)


def products(content):
    """The product table."""
    return next(block for block in content["body"] if block["type"] == "products")


def test_whatever_flows_alone_write_is_carried_or_the_draft_s_own(draft, sender):
    made = from_(draft, "duplicate", sender)
    same = [name for name in KEPT if getattr(made, name) == getattr(draft, name)]
    others = set(KEPT) - ITS_OWN
    assert others <= set(same)
    assert {"language", "template_id", "fields", "roles", "workspace_id"} <= others
    unlike = {"uuid", "public_id", "salt", "number", "outline", "made_at"}
    assert unlike.isdisjoint(same)


def test_a_renewal_asks_for_its_days_again(signed, sender):
    made = from_(signed.contract, "renew", sender)
    assert (made.title, made.values["start"]) == ("Hosting 2027", None)
    assert made.values["price"] == {"amount": "5300.00", "currency": "NOK"}
    assert made.values["invoice"] == "pay@customer.example"


def test_both_trails_of_our_own_side_know_and_no_counterparty_does(signed, sender):
    with announced(signed.contract) as heard:
        made = from_(signed.contract, "amend", sender)
    data = {"kind": "amends", "contract": made.number, "first": signed.contract.number}

    assert (heard.shared, heard.own) == ([], [(events.CONTRACT_LINKED, data)])
    assert heard.mails == []
    names = [(event.name, event.data) for event in Event.objects.of(made.own_trail)]
    assert names == [(events.CONTRACT_LINKED, data)]
    assert [event.name for event in Event.objects.of(made.trail)] == [events.CONTRACT_CREATED]


def test_a_draft_that_was_linked_can_be_deleted_and_the_link_stays(draft, sender):
    made = from_(draft, "duplicate", sender)
    made.delete()
    link = ContractLink.objects.get()
    assert (link.first_id, link.kind) == (draft.pk, "duplicate_of")
    assert not ContractLink.objects.between(draft, Contract.objects.all()).exists()


def test_links_lead_to_what_one_may_see(draft, sender):
    made = from_(draft, "duplicate", sender)
    [link] = ContractLink.objects.between(draft, Contract.objects.visible_to(sender))
    assert link.seen_from(draft) == ("Duplicated as", made)
    [same] = ContractLink.objects.between(made, Contract.objects.visible_to(sender))
    assert same.seen_from(made) == ("Duplicate of", draft)
    stranger = builders.staff("stranger", Workspace.objects.create(name="x", slug="x", code="X"))
    assert not ContractLink.objects.between(draft, Contract.objects.visible_to(stranger)).exists()


@pytest.mark.parametrize("verb", ["duplicate", "amend", "renew", "replace"])
def test_nobody_copies_what_they_do_not_see(signed, sales, verb):
    eve = builders.staff("eve", sales, ("create",))
    seeing = eve.groups.get().workspace_permissions.create(workspace=sales, verb="view", own=True)
    with tables.unchanged(), pytest.raises(NotAllowed):
        from_(signed.contract, verb, eve)
    seeing.own = False
    seeing.save()
    assert from_(signed.contract, verb, eve).owner == eve
