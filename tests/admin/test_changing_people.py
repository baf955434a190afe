"""Who takes part, changed by staff from a contract's page; each act beside the same one refused."""

import pytest

from tests import builders, signatures, tables
from tests.admin import posts
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, Participant, PersonRequest
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.signing import flows as signing

ASE = {"name": "Åse Boss", "email": "ase@customer.example", "reason": "Has left."}


def post(admin, name, contract, /, **form):
    return admin.post(posts.address(name, contract.pk), form)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("replace_person", "every open page of that person end at once"),
        ("add_person", "a link of their own"),
        ("revoke_access", "can’t be taken back"),
        ("opening", "press “I agree”"),
    ],
)
def test_the_page_says_what_follows_and_does_nothing(admin, in_review, name, words):
    with tables.unchanged():
        page = admin.get(posts.address(name, in_review.contract.pk))
    assert page.status_code == 200
    assert words in page.content.decode()


def test_a_person_is_replaced_with_a_reason(admin, sent):
    form = {**ASE, "participant": sent.kari.public_id}
    for wrong in ({"reason": " "}, {"email": "nowhere"}, {"name": ""}, {"participant": "x" * 22}):
        with tables.unchanged():
            assert post(admin, "replace_person", sent.contract, **form | wrong).status_code == 200

    answer = post(admin, "replace_person", sent.contract, **form)
    assert answer.url == posts.address("inspect", sent.contract.pk)
    assert Participant.objects.get(pk=sent.kari.pk).replaced_by.name == "Åse Boss"
    page = admin.get(answer.url).content.decode()
    assert "Åse Boss" in page
    with tables.unchanged():
        assert post(admin, "replace_person", sent.contract, **form).status_code == 200


def test_somebody_is_added_and_shown_out(admin, sent):
    party = sent.kari.party.public_id
    answer = post(admin, "add_person", sent.contract, **ASE, party=party, role="reader")
    assert answer.status_code == 302
    ase = Participant.objects.get(name="Åse Boss")
    form = {"participant": ase.public_id, "reason": "Done."}
    with tables.unchanged():
        signatory = {**form, "participant": sent.kari.public_id}
        assert post(admin, "revoke_access", sent.contract, **signatory).status_code == 200

    assert post(admin, "revoke_access", sent.contract, **form).status_code == 302
    assert Participant.objects.get(pk=ase.pk).left_at


def test_whoever_asks_is_answered_from_the_overview(admin, sent):
    with unguarded():
        Contract.objects.update(signatories_fixed=True)
    with tables.unchanged():
        assert post(admin, "answer_person", sent.contract, answer="accept").status_code == 200
    new = contracts.NewPerson("Åse Boss", "ase@customer.example")
    digest, by = signatures.digest(sent.kari), builders.guest(sent.kari)
    signing.forward(sent.kari, digest, new, "sign", by=by)

    overview = admin.get(posts.address("inspect", sent.contract.pk)).content.decode()
    assert posts.address("answer_person", sent.contract.pk) in overview
    asked = {"asked": PersonRequest.objects.get().public_id}
    with tables.unchanged():
        assert post(admin, "answer_person", sent.contract, **asked, answer="no").status_code == 200
        assert (
            post(admin, "answer_person", sent.contract, **asked, answer="refuse").status_code == 200
        )
    assert post(admin, "answer_person", sent.contract, **asked, answer="accept").status_code == 302
    assert PersonRequest.objects.get().state == "accepted"
    assert Participant.objects.get(pk=sent.kari.pk).left_at


def test_a_yes_is_to_the_person_who_was_on_the_page(admin, sent):
    with unguarded():
        Contract.objects.update(signatories_fixed=True)
    digest, by = signatures.digest(sent.kari), builders.guest(sent.kari)
    for name in ("ase", "mallory"):
        new = contracts.NewPerson(name.title(), f"{name}@customer.example")
        signing.forward(sent.kari, digest, new, "sign", by=by)
        if name == "ase":
            shown = admin.get(posts.address("answer_person", sent.contract.pk))
            form = shown.context["form"].initial
            contracts.refuse_person(PersonRequest.objects.get(), "Not she.", by=sent.owner)

    with tables.unchanged():
        late = post(admin, "answer_person", sent.contract, **form, answer="accept")
    assert late.url == posts.address("answer_person", sent.contract.pk)
    page = admin.get(late.url)
    assert "This was answered meanwhile." in page.content.decode()
    now = page.context["form"].initial
    assert post(admin, "answer_person", sent.contract, **now, answer="accept").status_code == 302
    assert Participant.objects.get(pk=sent.kari.pk).replaced_by.name == "Mallory"


def test_the_person_that_the_address_names_is_chosen(admin, sent):
    where = posts.address("replace_person", sent.contract.pk)
    chosen = admin.get(where, {"participant": sent.kari.public_id}).context["form"]
    assert chosen["participant"].value() == sent.kari.public_id
    assert not admin.get(where).context["form"]["participant"].value()


def test_the_switch_is_kept(admin, in_review):
    assert post(admin, "opening", in_review.contract, opens="on").status_code == 302
    assert Contract.objects.get().opens_when_agreed
    assert post(admin, "opening", in_review.contract).status_code == 302
    assert not Contract.objects.get().opens_when_agreed


def test_people_of_another_contract_are_not_in_the_list(admin, sent, template, sender):
    other = builders.contract(template, sender, title="Other")
    stranger = Participant.objects.get(party__contract=other, party__role="customer")
    form = {**ASE, "participant": stranger.public_id}
    with tables.unchanged():
        assert post(admin, "replace_person", sent.contract, **form).status_code == 200
        assert post(admin, "revoke_access", sent.contract, **form).status_code == 200


def test_whoever_may_not_send_changes_nobody(client, sent):
    reader = builders.staff("rita", sent.contract.workspace, ("view",))
    client.force_login(reader)
    form = {**ASE, "participant": sent.kari.public_id}
    for name in ("replace_person", "add_person", "revoke_access", "answer_person", "opening"):
        with tables.unchanged():
            assert post(client, name, sent.contract, **form).status_code in (302, 403, 404)
    assert not Participant.objects.exclude(left_at=None).exists()
