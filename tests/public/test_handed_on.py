"""Old links and open pages end with a person's part: tried beside the same requests before."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests import builders, tables
from tests.public import visits
from tests.public.test_confidential import addressed, of_a_participant
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Participant
from wagtail_contracts.signing import flows as signing

pytestmark = pytest.mark.django_db
ASE = {"name": "Åse Boss", "email": "ase@customer.example"}


def delegated(at, client):
    form = {**visits.shown(at.kari), **ASE, "todo": "sign"}
    assert client.post(visits.page("forward", at.kari), form).status_code == 303


def replaced(at, client):
    signing.replace_person(at.kari, contracts.NewPerson(**ASE), "Has left.", by=at.owner)


def revoked(at, client):
    contracts.revoke_access(at.kari, "Not any more.", by=at.owner)


def requests(client, person):
    """What somebody with a page open may send: answers kept, answers given, a signature, a no."""
    form = visits.shown(person)
    yield "people", None
    yield "contract", None
    yield "answers", {**form, **visits.TYPED, "do": "save"}
    yield "answers", {**form, **visits.TYPED, "do": "review"}
    yield "sign", {**form, "name": person.name}
    yield "decline", {**form, "kind": "price"}
    yield "agree", form


def send(client, person, name, form):
    address = visits.page(name, person)
    return client.get(address) if form is None else client.post(address, form)


def enter(at, person):
    secret = signing.invite(person, by=SYSTEM)
    link, client = reverse("wagtail_contracts:landing", args=[secret]), Client()
    assert client.get(link).status_code == 200
    assert client.post(link).status_code == 303
    return link, client


def insist_shut(client, person, status, form):
    """Each page of this person answers so to an open browser, looked at or posted to."""
    asked = 0
    for pattern in of_a_participant():
        place = addressed(pattern, person.public_id)
        for posted in (None, form):
            with tables.unchanged():
                answer = client.get(place) if posted is None else client.post(place, posted)
            assert answer.status_code == status, place
            asked += 1
    assert asked >= 2 * 18


@pytest.mark.parametrize(
    ("end", "status"), [(delegated, 410), (replaced, 404)], ids=["delegated", "replaced"]
)
def test_the_old_link_and_its_open_pages_are_dead(answered, end, status):
    link, client = enter(answered, answered.kari)
    tried = 0
    for name, form in requests(client, answered.kari):
        point = transaction.savepoint()
        assert send(client, answered.kari, name, form).status_code in (200, 303), name
        transaction.savepoint_rollback(point)
        tried += 1
    end(answered, client)

    for name, form in requests(client, answered.kari):
        with tables.unchanged():
            answer = send(client, answered.kari, name, form)
        assert answer.status_code == status, name
        assert "Hosting 2027" not in answer.content.decode()
    insist_shut(client, answered.kari, status, visits.shown(answered.kari))
    for method in (client.get, client.post, Client().post):
        with tables.unchanged():
            assert method(link).status_code == status
    assert tried == 7


def test_whoever_lost_access_has_a_dead_link_and_a_dead_page(answered):
    at = answered
    new = contracts.NewPerson("Per", "per@customer.example")
    at.kari = contracts.add_person(at.kari.party, new, "adviser", by=at.owner)
    link, client = enter(at, at.kari)
    said = {"begin": "new", "text-new": "Why?", "kind-new": "comment", **visits.shown(at.kari)}
    for name in ("contract", "people", "threads"):
        assert client.get(visits.page(name, at.kari)).status_code == 200
    assert client.post(visits.page("threads", at.kari), said).status_code == 303
    revoked(at, client)

    insist_shut(client, at.kari, 404, said)
    with tables.unchanged():
        assert client.post(link).status_code == 404


def test_only_whoever_forwarded_reads_where_to_and_only_masked(answered):
    link, client = enter(answered, answered.kari)
    delegated(answered, client)
    address = visits.page("contract", answered.kari)
    nothing = Client().get(visits.page("contract", answered.kari))

    for said in (client.get(address), client.get(link)):
        words = said.content.decode()
        assert said.status_code == 410
        assert "You have forwarded this contract" in words
        assert "a•••@customer.example" in words
        assert "ase@customer.example" not in words
    assert nothing.status_code == 404
    assert "forwarded" not in nothing.content.decode()


def test_the_new_one_finds_the_contract_and_who_had_it(answered):
    delegated(answered, enter(answered, answered.kari)[1])
    ase = Participant.objects.get(name="Åse Boss")
    client = visits.enter(ase)

    assert client.get(visits.page("contract", ase)).status_code == 200
    said = client.get(visits.page("people", ase)).content.decode()
    assert "let in by Kari Nordmann" in said
    assert "@" not in said.split("<main")[1].split("</main>")[0]


def test_who_has_access_is_one_list_for_all(answered):
    new = contracts.NewPerson("Per <b>Ås</b>", "per@customer.example")
    per = contracts.add_person(answered.kari.party, new, "reader", by=answered.owner)
    for person in (answered.kari, per):
        said = visits.enter(person).get(visits.page("people", person)).content.decode()
        assert "Per &lt;b&gt;Ås&lt;/b&gt;" in said
        assert "Ola Nordmann" in said
        assert "customer.example" not in said.split("<main")[1].split("</main>")[0]


def test_a_party_ends_the_access_of_whom_it_let_in_by_a_button(answered):
    client = visits.enter(answered.kari)
    form = {**visits.shown(answered.kari), **ASE, "todo": "read"}
    assert client.post(visits.page("forward", answered.kari), form).status_code == 303
    ase = Participant.objects.get(name="Åse Boss")
    address = visits.page("people", answered.kari)
    assert "End access" in client.get(address).content.decode()

    with tables.unchanged():
        assert client.post(address, {"person": ase.public_id}).status_code == 422
        assert client.post(address, {"person": answered.ola.public_id}).status_code == 404
    assert client.post(address, {"person": ase.public_id, "reason": "Done"}).status_code == 303
    assert Participant.objects.get(pk=ase.pk).left_at


def test_what_was_refused_stays_in_the_form(answered):
    client = visits.enter(answered.kari)
    form = {**visits.shown(answered.kari), "todo": "sign", "name": "Åse Boss", "email": "nowhere"}
    with tables.unchanged():
        answer = client.post(visits.page("forward", answered.kari), form)
    assert answer.status_code == 422
    words = answer.content.decode()
    assert "Write an e-mail address." in words
    assert 'value="nowhere"' in words


def test_a_no_that_is_not_mine_leads_to_forward(answered):
    client = visits.enter(answered.kari)
    said = client.get(visits.page("decline", answered.kari)).content.decode()
    assert visits.page("forward", answered.kari) in said


def test_i_agree_is_a_button_in_review_that_says_it_is_no_signature(in_review):
    client = visits.enter(in_review.kari)
    address = visits.page("contract", in_review.kari)
    before = client.get(address).content.decode()
    assert "I agree to version 1" in before
    assert "That is no signature" in before

    answer = client.post(visits.page("agree", in_review.kari), visits.shown(in_review.kari))
    assert answer.status_code == 303
    after = client.get(answer["Location"]).content.decode()
    assert "You agreed to version 1" in after
    assert "I agree to version 1" not in after


def test_i_agree_is_in_reach_of_a_thumb_once_nothing_else_comes_first(in_review):
    kari = in_review.kari
    client, who = visits.enter(kari), contracts.NewPerson(**ASE)
    kept = "wc-next__main"  # what a phone shows in its bar instead
    page = client.get(visits.page("contract", kari)).content.decode()
    before, after = page.split("I agree to version 1")
    assert before.rpartition("wc-agree")[2].count(kept) == 0
    assert "wc-bar" in after

    made = contracts.add_person(kari.party, who, "approver", asked_by=kari, by=builders.guest(kari))
    page = visits.enter(made).get(visits.page("contract", made)).content.decode()
    rail, bar, _rest = page.split("I agree to version 1")
    assert kept in rail.rpartition("wc-agree")[2]
    assert '<section class="wc-bar"' in bar
