"""S-23: those who take part in one contract are foreign to each other; ids never reach across."""

import pytest
from django.core import signing as texts

from tests import builders, tables
from tests.journeys import everybody, stage
from tests.public import stages, visits
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import AnswerDraft
from wagtail_contracts.signing.models import Signature
from wagtail_contracts.signing.public.affirming import SALT

PER = "per-private@partner.example"
PAGES = ("contract", "changes", "sign", "decline", "done", "code")


@pytest.fixture
def three(template, sender):
    """A contract with a second signatory and a reader on the customer's side, and inner notes."""
    ours, theirs = builders.parties(sender)
    people = [
        *theirs.people,
        contracts.PersonDraft("Per Hansen", PER, capacity="board"),
        contracts.PersonDraft("Rita Leser", "rita-private@partner.example", role="reader"),
    ]
    customer = contracts.PartyDraft("customer", "Customer AS", "", people)
    draft = builders.contract(template, sender, parties=[ours, customer])
    contracts.send(draft, builders.shown(draft), into="signing", by=builders.actor(sender))
    contracts.look(draft, by=builders.actor(sender))
    return everybody(draft, sender)


def test_nobody_sees_the_addresses_of_others_or_what_is_our_own(three):
    visits.answer(visits.enter(three.per), three.per)
    client = visits.enter(three.kari)
    pages = [client.get(visits.page(name, three.kari)) for name in PAGES]
    text = "".join(page.content.decode() for page in pages)

    assert "Per Hansen" in text  # takes part, and the contract names who signs
    assert "k•••@customer.example" in text
    for secret in (
        PER,
        "rita-private",
        "kari@customer.example",
        "Rita Leser",
        "staff.looked",
        "Service agreement",  # the template
        "totp",
        three.contract.own_trail,
        three.contract.trail,
        three.contract.public_id,
        three.per.public_id,
    ):
        assert secret not in text


def test_a_draft_of_answers_is_its_writers_alone(three):
    client = visits.enter(three.per)
    form = {**visits.TYPED, "a-remarks": "Only for my eyes", "do": "save"}
    client.post(visits.page("answers", three.per), form)

    mine = client.get(visits.page("contract", three.per)).content.decode()
    theirs = visits.enter(three.kari).get(visits.page("contract", three.kari)).content.decode()
    assert "Only for my eyes" in mine
    assert "Only for my eyes" not in theirs


def test_a_reader_can_read_and_nothing_else(three):
    client, form = visits.enter(three.rita), {**visits.shown(three.rita), **visits.TYPED}

    page = client.get(visits.page("contract", three.rita)).content.decode()
    assert "For reading" in page
    assert 'name="a-' not in page
    with tables.unchanged():
        for name in ("answers", "sign", "code", "decline", "sealed"):
            answer = client.post(visits.page(name, three.rita), {**form, "kind": "price"})
            assert answer.status_code in (303, 409, 422), name
    assert not AnswerDraft.objects.exists()


def test_a_field_of_another_role_is_refused_not_ignored(sent):
    client = visits.enter(sent.kari)
    form = {**visits.shown(sent.kari), **visits.TYPED}

    with tables.unchanged():
        for do in ("save", "review"):
            forged = {**form, "a-price": "1", "do": do}
            assert client.post(visits.page("answers", sent.kari), forged).status_code == 422
    assert visits.answer(client, sent.kari).status_code == 303


def test_only_versions_that_somebody_was_shown_can_be_compared(sent):
    client = visits.enter(sent.kari)
    stages.revise(sent, "Never shown to her", "A slip")
    stages.revise(sent, "Hosting 2029", "Corrected")

    page = client.get(f"{visits.page('changes', sent.kari)}?from=2").content.decode()
    assert "Hosting 2029" in page
    assert "Never shown to her" not in page


def test_a_challenge_of_another_session_or_person_signs_nothing(three):
    visits.answer(visits.enter(three.per), three.per)
    per = visits.enter(three.per)
    visits.agree(per, three.per)
    act = texts.loads(per.cookies[f"c-{three.per.public_id}-act"].value, salt=SALT)
    kari = visits.enter(three.kari)
    kari.cookies[f"c-{three.kari.public_id}-act"] = texts.dumps(act, salt=SALT)

    answer = kari.post(visits.page("code", three.kari), {"code": visits.code()})

    assert answer["Location"] == visits.page("sign", three.kari)
    assert not Signature.objects.exists()
    assert per.post(visits.page("code", three.per), {"code": visits.code()}).status_code == 303
    assert Signature.objects.get().participant == three.per


def test_the_digest_of_another_contract_is_a_stale_one(sent, template, sender):
    draft = builders.contract(template, sender, title="Support 2027")
    contracts.send(draft, builders.shown(draft), into="signing", by=builders.actor(sender))
    other = stage(draft, sender)
    client = visits.enter(sent.kari)

    with tables.unchanged():
        form = {**visits.shown(other.kari), **visits.TYPED, "do": "review"}
        assert client.post(visits.page("answers", sent.kari), form).status_code == 409
