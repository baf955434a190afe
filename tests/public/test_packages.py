"""A package: several contracts to one person, with one mail, one link and one identification."""

from __future__ import annotations

import json
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from example_site import contents as made
from tests import builders, mails, signatures, tables
from tests.public import visits
from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import DeadlineRefused, PackageRefused
from wagtail_contracts.contracts.models import Contract, Participant, Workspace
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.core.reports import Report
from wagtail_contracts.sealing.models import SealedFile
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.flows import means
from wagtail_contracts.signing.models import Challenge, Identification, Signature

BODY = [made.clause("Duties", "They are kept."), made.signatures("Signatures")]
TITLES = ("Employment", "Confidentiality", "House rules")


def draft(page: Any, sender: Any, title: str) -> Contract:
    return builders.contract(page, sender, title=title, values={})


def offer(contract: Contract) -> contracts.Offer:
    return contracts.Offer(contract, builders.shown(contract), builders.recipients(contract))


def person(contract: Contract) -> Participant:
    people = Participant.objects.select_related("party__contract")
    return people.get(party__contract=contract, party__role="customer")


@pytest.fixture
def short(sales: Workspace) -> Any:
    """A text in which nothing is filled in."""
    return builders.template(sales, "Short", body=BODY, fields=[])


@pytest.fixture
def drafts(short: Any, sender: Any) -> list[Contract]:
    """Three for one person."""
    return [draft(short, sender, title) for title in TITLES]


@pytest.fixture
def package(drafts: list[Contract], sender: Any) -> SimpleNamespace:
    """Sent together, with the link of the one mail."""
    mails.forget()
    by = builders.actor(sender)
    sent = contracts.send_together([offer(one) for one in drafts], into="signing", by=by)
    letters = [mail for mail in mails.sent() if mail.to == ["kari@customer.example"]]
    return SimpleNamespace(
        sent=sent, people=[person(one) for one in drafts], letters=letters, sender=sender
    )


def enter(package: SimpleNamespace) -> Client:
    """A browser that followed the link of the mail."""
    (link,) = [link for link in mails.links(package.letters[0]) if "/c/" in link]
    client = Client()
    answer = client.post("/" + link.split("/", 3)[3])
    assert answer.url == visits.page("package", package.people[0])
    return client


def step(client: Client, here: Participant, there: Participant) -> Any:
    args = [here.public_id, there.public_id]
    return client.post(reverse("wagtail_contracts:package_step", args=args))


def sign_at_once(client: Client, there: Participant) -> Any:
    form = {**visits.shown(there), "name": there.name, "do": "sign"}
    return client.post(visits.page("sign", there), form)


def test_one_mail_one_link_one_code_and_a_signature_on_each(package):
    (letter,) = package.letters
    assert "3 contracts" in letter.subject
    assert all(title in letter.body for title in TITLES)
    first, second, third = package.people
    client = enter(package)
    assert "0 of 3 signed" in client.get(visits.page("package", first)).content.decode()
    step(client, first, first)
    visits.sign(client, first)
    page = client.get(visits.page("done", first)).content.decode()
    assert "1 of 3 signed" in page
    assert "Next: Confidentiality" in page
    for here, there in ((first, second), (second, third)):
        assert step(client, here, there).url == visits.page("contract", there)
        assert sign_at_once(client, there).url == visits.page("done", there)
    assert "3 of 3 signed" in client.get(visits.page("package", first)).content.decode()
    assert Signature.objects.count() == 3
    proofs = list(Identification.objects.order_by("pk"))
    assert [proof.version.contract.title for proof in proofs] == list(TITLES)
    assert len({proof.at for proof in proofs}) == 1
    told = Event.objects.of(proofs[2].version.contract.trail)
    told = told.named(events.IDENTIFICATION_COMPLETED)
    assert told.get().data["derived_from"] == proofs[0].pk


def begun(package: SimpleNamespace) -> Client:
    """A browser in which the first of them was signed with a code, a moment ago."""
    client = enter(package)
    visits.sign(client, package.people[0])
    return client


def asks_for_a_code(client: Client, there: Participant) -> bool:
    """Whether a press of “sign” is answered by the page of the code, and signs nothing."""
    before = Signature.objects.count()
    answer = sign_at_once(client, there)
    done = answer.url == visits.page("done", there)
    assert answer.url in (visits.page("done", there), visits.page("code", there))
    assert Signature.objects.count() == before + done
    return not done


def test_half_a_package_survives_the_closing_of_the_browser(package):
    begun(package)
    later = enter(package)
    page = later.get(visits.page("package", package.people[0])).content.decode()
    assert "1 of 3 signed" in page
    step(later, package.people[0], package.people[1])
    assert later.get(visits.page("contract", package.people[1])).status_code == 200


def test_each_is_signed_and_sealed_alone_also_after_the_closing_of_the_browser(package):
    first, second, third = package.people
    begun(package)
    assert len(sealed_by_our_side(first)) == 1
    later = enter(package)
    step(later, first, second)
    assert visits.sign(later, second)["Location"] == visits.page("done", second)
    reports = sealed_by_our_side(second)
    assert [report.verdict for report in reports] == ["intact"] * 2
    inside = [json.loads(one.files["contract.json"])["content"]["title"] for one in reports]
    assert inside == ["Employment", "Confidentiality"]
    for one in reports:
        said = json.loads(one.files["evidence.json"])["statements"]
        assert [item["digest"] for item in said] == [said[0]["digest"]] * 2
    assert Contract.objects.get(pk=third.party.contract_id).state == "signing"
    assert "2 of 3 signed" in later.get(visits.page("package", first)).content.decode()


def sealed_by_our_side(there: Participant) -> list[Report]:
    """Our own signature comes to one of them; all files that there are then, in their order."""
    ours = Participant.objects.get(party__contract=there.party.contract_id, party__role="supplier")
    signatures.sign(ours)
    mails.sent()
    assert Contract.objects.get(pk=there.party.contract_id).state == "signed"
    return [sealing.verify(sealing.content(one)) for one in SealedFile.objects.order_by("pk")]


def test_one_is_declined_and_the_others_go_on(package):
    first = package.people[0]
    client = enter(package)
    form = {**visits.shown(first), "kind": "price", "reason": ""}
    client.post(visits.page("decline", first), form)
    page = client.get(visits.page("package", first)).content.decode()
    assert ("Declined." in page, page.count("Read and sign")) == (True, 2)
    states = [Contract.objects.get(pk=one.party.contract_id).state for one in package.people]
    assert states == ["declined", "signing", "signing"]
    assert "Next: Confidentiality" in client.get(visits.page("contract", first)).content.decode()


def test_another_browser_has_to_show_who_it_is(package):
    mine, other = begun(package), enter(package)
    for client in (mine, other):
        step(client, package.people[0], package.people[1])
    assert asks_for_a_code(other, package.people[1])
    assert not asks_for_a_code(mine, package.people[1])


def test_what_was_shown_is_good_for_ten_minutes(package, monkeypatch):
    client = begun(package)
    step(client, package.people[0], package.people[1])
    with monkeypatch.context() as late:
        late.setattr(means, "FRESH", timedelta(0))
        assert asks_for_a_code(client, package.people[1])
    assert not asks_for_a_code(client, package.people[1])


def test_what_was_shown_opens_others_for_ten_minutes(package, monkeypatch):
    client, (first, second, third) = begun(package), package.people
    for there in (second, third):
        signatures.asked_for(there, opens_by="email_code")
    with monkeypatch.context() as late:
        late.setattr(means, "FRESH", timedelta(0))
        step(client, first, second)
    step(client, first, third)
    pages = [client.get(visits.page("contract", there)) for there in (second, third)]
    assert [page.status_code for page in pages] == [303, 200]


def _revised(person: Participant, package: SimpleNamespace) -> None:
    contract = Contract.objects.get(pk=person.party.contract_id)
    contract.title = f"{contract.title}, anew"
    contract.save()
    by = builders.actor(package.sender)
    contracts.revise(contract, builders.shown(contract), "Another title.", by=by)


def test_it_serves_no_text_that_came_after_it_was_shown(package):
    client = begun(package)
    _first, second, third = package.people
    for there in (second, third):
        step(client, package.people[0], there)
    _revised(second, package)
    assert asks_for_a_code(client, second)
    assert not asks_for_a_code(client, third)


def test_it_serves_nothing_once_the_text_that_it_was_shown_for_is_over(package):
    client = enter(package)
    first, second, third = package.people
    visits.agree(client, first)
    signing.identify(
        Challenge.objects.latest("pk"), visits.code(), by=builders.guest(first)
    )  # and did not sign yet
    for there in (second, third):
        step(client, first, there)
    assert not asks_for_a_code(client, second)
    _revised(first, package)
    assert asks_for_a_code(client, third)


def test_a_link_that_somebody_copied_opens_its_own_contract_alone(package):
    first, second, _third = package.people
    client = visits.enter(first)
    assert client.get(visits.page("contract", first)).status_code == 200
    with tables.unchanged():
        assert client.get(visits.page("package", first)).status_code == 404
        assert step(client, first, second).status_code == 404
    assert step(enter(package), first, second).status_code == 303


def test_nobody_steps_into_what_is_in_no_package_of_theirs(package, short, sender):
    alone = draft(short, sender, "Alone")
    by = builders.actor(sender)
    contracts.send(alone, builders.shown(alone), into="signing", by=by)
    first, second, _third = package.people
    client = enter(package)
    ours = Participant.objects.get(party__contract=alone, party__role="supplier")
    with tables.unchanged(but=("_ratewindow",)):
        for stranger in (person(alone), ours):
            assert step(client, first, stranger).status_code == 404
    assert step(client, first, second).status_code == 303


def test_a_list_shows_and_opens_its_own_package_alone(package, short, sender):
    more = [draft(short, sender, title) for title in ("Later", "Last")]
    by = builders.actor(sender)
    contracts.send_together([offer(one) for one in more], into="signing", by=by)
    first, second, _third = package.people
    client = enter(package)
    assert "Later" not in client.get(visits.page("package", first)).content.decode()
    with tables.unchanged(but=("_ratewindow",)):
        assert step(client, first, person(more[0])).status_code == 404
    assert step(client, first, second).status_code == 303


def test_a_new_link_for_one_ends_every_link_to_the_package(package):
    first, second, _third = package.people
    client = enter(package)
    signing.reissue(second, by=builders.actor(package.sender))
    assert client.get(visits.page("contract", first)).status_code == 404
    (link,) = [link for link in mails.links(package.letters[0]) if "/c/" in link]
    assert Client().get("/" + link.split("/", 3)[3]).status_code == 404
    (letter,) = [mail for mail in mails.sent() if "new link" in mail.subject]
    again = Client()
    again.post("/" + mails.links(letter)[0].split("/", 3)[3])
    assert "0 of 3 signed" in again.get(visits.page("package", second)).content.decode()


def test_what_is_handed_on_leaves_the_others_open(package):
    first, second, _third = package.people
    named = contracts.NewPerson("Per", "per@customer.example", "en")
    by = builders.guest(first)
    digest = visits.current(first).digest
    replaced = signing.forward(first, digest, named, "sign", by=by)
    (link,) = [link for link in mails.links(package.letters[0]) if "/c/" in link]
    client = Client()
    answer = client.post("/" + link.split("/", 3)[3])
    assert answer.url == visits.page("package", second)
    page = client.get(answer.url).content.decode()
    assert ("Somebody else takes part" in page, page.count("Read and sign")) == (True, 2)
    theirs = visits.enter(replaced)
    assert theirs.get(visits.page("package", replaced)).status_code == 404


def test_all_are_sent_or_none(drafts, sender):
    offers = [offer(one) for one in drafts]
    by = builders.actor(sender)
    stale = contracts.Offer(drafts[2], "0" * 64, offers[2].recipients)
    with tables.unchanged(), pytest.raises(PackageRefused) as refused:
        contracts.send_together([*offers[:2], stale], into="signing", by=by)
    assert drafts[2].number in str(refused.value)
    contracts.send_together(offers, into="signing", by=by)
    assert Contract.objects.filter(state="signing").count() == 3


def test_a_last_day_that_is_over_is_refused_as_such(drafts, sender):
    offers, by = [offer(one) for one in drafts], builders.actor(sender)
    over, later = date(2020, 1, 1), date(2099, 1, 1)
    with tables.unchanged(), pytest.raises(DeadlineRefused):
        contracts.send_together(offers, into="signing", deadline=over, by=by)
    contracts.send_together(offers, into="signing", deadline=later, by=by)


def test_what_goes_with_a_draft_is_found_at_the_same_cost_however_much_that_is(
    drafts, short, sender
):
    first, *others = drafts
    with CaptureQueriesContext(connection) as few:
        assert contracts.beside(first, Contract.objects.all()) == others[::-1]
    more = [draft(short, sender, f"More {number}") for number in range(4)]
    with CaptureQueriesContext(connection) as many:
        found = contracts.beside(first, Contract.objects.all())
    assert found == [*more[::-1], *others[::-1]]
    assert len(many) == len(few)


def test_only_what_one_person_signs_goes_together(drafts, short, sender):
    by = builders.actor(sender)
    ours, theirs = builders.parties(sender)
    per = contracts.PersonDraft("Per", "per@customer.example")
    strange = [ours, contracts.PartyDraft("customer", "Customer AS", "", [per])]
    other = builders.contract(short, sender, title="For Per", values={}, parties=strange)
    both = [ours, contracts.PartyDraft("customer", "Customer AS", "", [*theirs.people, per])]
    more = [
        builders.contract(short, sender, title=f"Two {n}", values={}, parties=both) for n in (1, 2)
    ]
    cases = [
        ([drafts[0], other], "There is nobody who signs each"),
        (more, "More than one person signs each"),
        (drafts[:1], "2 to 20 contracts"),
        ([drafts[0], drafts[0]], "2 to 20 contracts"),
    ]
    for wrong, why in cases:
        with tables.unchanged(), pytest.raises(PackageRefused, match=why):
            contracts.send_together([offer(one) for one in wrong], into="signing", by=by)
    contracts.send_together([offer(one) for one in (drafts[0], more[0])], into="signing", by=by)


def test_what_one_may_not_send_goes_in_no_package(drafts, sender):
    reader = builders.actor(builders.staff("reader", drafts[0].workspace, ("view", "create")))
    offers = [offer(one) for one in drafts]
    with tables.unchanged(), pytest.raises(PackageRefused):
        contracts.send_together(offers, into="signing", by=reader)
    contracts.send_together(offers, into="signing", by=builders.actor(sender))


def test_reminders_of_several_are_one_mail(package):
    mails.forget()
    for one in package.people[:2]:
        contracts.remind(one, by=builders.actor(package.sender))
    (letter,) = mails.sent()
    assert letter.subject.endswith("Reminder: 3 contracts from Eksempel AS wait for you")
    client = Client()
    answer = client.post("/" + mails.links(letter)[0].split("/", 3)[3])
    assert answer.url == visits.page("package", package.people[0])


@pytest.fixture
def by_telephone(drafts: list[Contract], sender: Any) -> SimpleNamespace:
    """A package whose contracts are signed with a code by SMS."""
    people = Participant.objects.filter(pk__in=[person(one).pk for one in drafts])
    with unguarded():
        people.update(signs_by="sms_code", phone="+4790012345")
    mails.forget()
    by = builders.actor(sender)
    contracts.send_together([offer(one) for one in drafts], into="signing", by=by)
    letters = [mail for mail in mails.sent() if mail.to == ["kari@customer.example"]]
    return SimpleNamespace(people=[person(one) for one in drafts], letters=letters)


def test_a_code_to_one_telephone_serves_no_contract_with_another(by_telephone):
    first, second, third = by_telephone.people
    client = enter(by_telephone)
    step(client, first, first)
    visits.agree(client, first)
    challenge = Challenge.objects.latest("pk")
    signing.identify(challenge, signing.make_code(challenge, by=SYSTEM), by=builders.guest(first))
    for there in (second, third):
        step(client, first, there)
    with unguarded():
        Participant.objects.filter(pk=second.pk).update(phone="+4790012346")
    assert asks_for_a_code(client, second)
    assert not asks_for_a_code(client, third)
