"""Others come in and go while a contract is out: by the rules it keeps, told to all, once."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.utils import timezone

from tests import builders, signatures, tables
from tests.announcements import announced, last_event
from tests.reliability.rewinding import lifted
from tests.security import s18_damages
from wagtail_contracts import events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import (
    NotAllowed,
    NotYourPart,
    Overtaken,
    PersonRefused,
    QuotaReached,
    ReasonMissing,
    StaleVersion,
    WrongState,
)
from wagtail_contracts.contracts.models import (
    Agreement,
    AnswerDraft,
    Contract,
    Participant,
    PersonRequest,
)
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.errors import AlreadySigned, HandedOn, NotYourTurn

ASE = {"name": "Åse Boss", "email": "ase@customer.example", "message": "You decide this."}


def person(**changes):
    return contracts.NewPerson(**{**ASE, **changes})


def keep(contract, **rules):
    with unguarded():
        Contract.objects.filter(pk=contract.pk).update(**rules)


def forward(stage, todo="sign", *, who="kari", digest="", **changes):
    someone = getattr(stage, who)
    digest = digest or signatures.digest(someone)
    by = builders.guest(someone)
    return signing.forward(someone, digest, person(**changes), todo, by=by)


def replace(stage, reason="Has left.", by=None, **changes):
    return signing.replace_person(stage.kari, person(**changes), reason, by=by or stage.owner)


def revoke(someone, reason="Not needed.", **options):
    return contracts.revoke_access(someone, reason, **options)


def refused(stage, refusal, call, **changes):
    with tables.unchanged(), pytest.raises(refusal) as raised:
        call(stage, **changes)
    return raised.value


def told(kind):
    found = Message.objects.filter(topic=events.MAIL_DUE, keys__kind=kind)
    ids = [message.keys["participant"] for message in found if "user" not in message.keys]
    return sorted(Participant.objects.filter(pk__in=ids).values_list("name", flat=True))


def signatories(version):
    return [
        (party["name"], person["name"], person["position"])
        for party in version.content["parties"]
        for person in party["people"]
    ]


def test_whoever_signs_instead_stands_in_a_new_version_and_nothing_else_differs(sent):
    before = sent.version
    with announced(sent.contract) as heard:
        made = forward(sent, capacity="Director")

    contract = Contract.objects.get()
    version = contract.current_version
    assert (version.number, version.kind) == (2, "people")
    assert signatories(version) == [
        ("Eksempel AS", "Ola Nordmann", 1),
        ("Customer AS", "Åse Boss", 1),
    ]
    assert {
        key: value for key, value in version.content.items() if key not in ("parties", "offer")
    } == {key: value for key, value in before.content.items() if key not in ("parties", "offer")}
    gone = Participant.objects.get(pk=sent.kari.pk)
    assert gone.left_at
    assert gone.replaced_by == made
    assert (made.role, made.added_by, made.left_at) == ("signatory", gone, None)
    assert heard.names == [events.VERSION_CREATED, events.PERSON_FORWARDED]


def test_the_trail_names_ids_and_no_address(sent):
    made = forward(sent)

    event = last_event(sent.contract, events.PERSON_FORWARDED)
    assert event.data["person"] == made.public_id
    assert event.data["instead_of"] == sent.kari.public_id
    assert event.disclosed()["name"] == "Åse Boss"
    records = [row.record + repr(row.disclosed()) for row in Event.objects.of(sent.contract.trail)]
    assert len(records) > 3
    assert not [record for record in records if "ase@customer.example" in record]


def test_everybody_is_told_of_another_signatory(sent):
    forward(sent)

    assert told("forwarded") == ["Åse Boss"]
    assert told("new_version") == ["Ola Nordmann"]


def test_a_half_finished_edit_of_ours_does_not_leak(sent):
    sent.contract.refresh_from_db()
    sent.contract.title = "Not yet to be seen"
    sent.contract.save()

    forward(sent)

    assert Contract.objects.get().current_version.content["title"] == "Hosting 2027"


def test_the_next_version_of_ours_keeps_who_signs_now(sent):
    forward(sent)
    contract = Contract.objects.get()
    contract.title = "Hosting 2028"
    contract.save()

    made = contracts.revise(contract, builders.shown(contract), "A year more", by=sent.owner)

    assert [name for _party, name, _place in signatories(made)] == ["Ola Nordmann", "Åse Boss"]


def test_what_was_filled_in_and_kept_goes_along(sent):
    typed = {"invoice": "pay@customer.example"}
    contracts.save_answers(sent.kari, typed, by=builders.guest(sent.kari))

    made = forward(sent)

    assert AnswerDraft.objects.get().participant == made
    assert AnswerDraft.objects.get().values == typed


@pytest.mark.parametrize(
    ("todo", "role"), [("approve", "approver"), ("advise", "adviser"), ("read", "reader")]
)
def test_whoever_comes_in_beside_makes_no_version(sent, todo, role):
    made = forward(sent, todo)

    assert (made.role, made.party, made.added_by) == (role, sent.kari.party, sent.kari)
    assert Contract.objects.get().current_version == sent.version
    assert Participant.objects.get(pk=sent.kari.pk).left_at is None
    assert told("person_added") == ["Åse Boss"]
    assert told("people_changed") == ["Ola Nordmann"]
    assert builders.shown(sent.contract) == sent.version.content_digest


@pytest.mark.parametrize(
    ("rules", "todo"),
    [({"may_delegate": False}, "sign"), ({"may_add_readers": False}, "read")],
)
def test_the_rules_of_the_contract_say_who_comes_in(sent, rules, todo):
    keep(sent.contract, **rules)
    refused(sent, PersonRefused, forward, todo=todo)

    keep(sent.contract, **dict.fromkeys(rules, True))
    assert forward(sent, todo)


def test_the_template_hands_its_rules_to_each_contract(template, sender):
    template.may_delegate, template.opens_when_agreed = False, True
    template.save_revision().publish()
    template.refresh_from_db()

    made = builders.contract(template, sender)

    rules = (made.may_delegate, made.may_add_readers, made.signatories_fixed)
    assert (*rules, made.opens_when_agreed) == (False, True, False, True)


def test_a_stale_page_hands_nothing_on(answered):
    old = answered.contract.versions.first().digest
    refused(answered, StaleVersion, forward, digest=old)

    assert forward(answered)


def test_whoever_has_signed_hands_nothing_on(answered):
    signatures.sign(answered.kari)
    refused(answered, AlreadySigned, forward)
    assert forward(answered, "read")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 121),
        ("name", "Per\u202egnol"),
        ("name", "Per \U0001f9d1"),
        ("name", "Win at evil.example/now"),
        ("capacity", "\u2066boss"),
        ("capacity", "www.evil.example"),
        ("email", "no address"),
        ("email", "a@b.example\nBcc: all@customer.example"),
        ("email", "KARI@customer.example"),
        ("message", "See https://evil.example/now"),
        ("message", "x" * 501),
    ],
)
def test_hostile_and_faulty_people_stay_out(sent, field, value):
    for todo in ("sign", "read"):
        refusal = refused(sent, PersonRefused, forward, todo=todo, **{field: value})
        assert refusal.field == field
    assert forward(sent, "read")


def test_of_other_parties_nobody_learns_an_address(sent):
    made = forward(sent, "read", email=sent.ola.email)
    assert made.email == sent.ola.email


def test_five_people_a_day_and_no_more(sent):
    for number in range(5):
        forward(sent, "read", email=f"{number}@customer.example")
    refused(sent, PersonRefused, forward, todo="read")
    refused(sent, PersonRefused, forward, todo="sign")

    with unguarded():
        Participant.objects.update(joined_at=timezone.now() - dt.timedelta(hours=25))
    assert forward(sent, "read")


def test_a_chain_of_people_is_no_way_around_the_limit(sent):
    chain = sent.kari
    for number in range(10):
        made = signing.forward(
            chain,
            signatures.digest(chain),
            person(email=f"{number}@customer.example"),
            "sign",
            by=builders.guest(chain),
        )
        chain = made
    stage = SimpleNamespace(kari=chain)
    refused(stage, PersonRefused, forward)


@pytest.fixture
def limited(settings):
    def limit(**more):
        ours = settings.WAGTAIL_CONTRACTS
        settings.WAGTAIL_CONTRACTS = {**ours, "CONTRACTS": {**ours.get("CONTRACTS", {}), **more}}

    return limit


def test_whoever_comes_in_counts_against_the_limit_of_a_contract(sent, limited):
    limited(RECIPIENTS=2)
    forward(sent, "read")
    refused(sent, PersonRefused, forward, todo="read", email="b@customer.example")

    limited(RECIPIENTS=3)
    assert forward(sent, "read", email="b@customer.example")


def test_whoever_comes_in_counts_against_the_limit_of_a_workspace(sent, limited):
    limited(RECIPIENTS_A_DAY_IN_WORKSPACE=2)
    forward(sent, "read")
    refused(sent, PersonRefused, forward, todo="read", email="b@customer.example")
    other = builders.contract(sent.contract.template.specific, sent.sender)
    others = Participant.objects.filter(party__contract=other, user=None)
    others.update(email="c@customer.example")
    with tables.unchanged(but=("outbox_message",)), pytest.raises(QuotaReached):
        contracts.send(other, builders.shown(other), into="signing", by=sent.owner)

    limited(RECIPIENTS_A_DAY_IN_WORKSPACE=3)
    assert contracts.send(other, builders.shown(other), into="signing", by=sent.owner)


def test_only_domains_that_the_site_names_get_contracts(sent, limited):
    limited(RECIPIENT_DOMAINS=["customer.example"])
    refused(sent, PersonRefused, forward, todo="read", email="a@elsewhere.example")
    assert forward(sent, "read")


# -- consent of the sender ------------------------------------------------------------------------


@pytest.fixture
def asked(sent):
    keep(sent.contract, signatories_fixed=True)
    sent.request = forward(sent)
    return sent


def test_where_signatories_are_fixed_the_sender_is_asked(asked):
    assert isinstance(asked.request, PersonRequest)
    assert Contract.objects.get().current_version == asked.version
    assert Participant.objects.filter(name="Åse Boss").count() == 0
    event = last_event(asked.contract, events.REQUEST_MADE)
    assert event.data["participant"] == asked.kari.public_id
    notices = Message.objects.filter(keys__kind="person_asked")
    assert [row.keys["user"] for row in notices] == [asked.sender.pk]
    refused(asked, PersonRefused, forward)  # one question at a time


def test_who_signs_for_our_side_is_always_confirmed(sent):
    asked = forward(sent, who="ola", email="new@eksempel.example")

    assert isinstance(asked, PersonRequest)
    assert Contract.objects.get().current_version == sent.version
    made = signing.consent_to(asked, by=sent.owner)
    assert made.party == sent.ola.party


def test_no_way_leads_around_the_sender_where_signatories_are_fixed(sent):
    def delegate(stage):
        digest, by = signatures.digest(stage.kari), builders.guest(stage.kari)
        return contracts.delegate(stage.kari, digest, person(), by=by)

    keep(sent.contract, signatories_fixed=True)
    refused(sent, PersonRefused, delegate)
    keep(sent.contract, signatories_fixed=False)
    assert delegate(sent)


def test_a_yes_of_the_sender_lets_them_in(asked):
    made = signing.consent_to(asked.request, by=asked.owner)

    version = Contract.objects.get().current_version
    assert [name for _party, name, _place in signatories(version)] == ["Ola Nordmann", "Åse Boss"]
    assert made.added_by == asked.kari
    assert told("person_confirmed") == ["Kari Nordmann"]
    with pytest.raises(Overtaken):
        contracts.refuse_person(asked.request, "No.", by=asked.owner)


def test_a_no_of_the_sender_leaves_all_as_it_is(asked):
    with tables.unchanged(), pytest.raises(ReasonMissing):
        contracts.refuse_person(asked.request, " ", by=asked.owner)
    contracts.refuse_person(asked.request, "We know her not.", by=asked.owner)

    assert PersonRequest.objects.get().state == "refused"
    assert PersonRequest.objects.get().answer == "We know her not."
    assert Contract.objects.get().current_version == asked.version
    assert told("person_refused") == ["Kari Nordmann"]
    with pytest.raises(Overtaken):
        signing.consent_to(asked.request, by=asked.owner)


def test_strangers_answer_no_request(asked):
    eve = builders.actor(builders.staff("eve"))
    for answer in (
        lambda: signing.consent_to(asked.request, by=eve),
        lambda: contracts.refuse_person(asked.request, "No.", by=eve),
    ):
        with tables.unchanged(), pytest.raises(NotAllowed):
            answer()
    assert signing.consent_to(asked.request, by=asked.owner)


def test_whoever_signed_meanwhile_is_not_replaced(asked):
    answers = builders.ANSWERS
    contracts.answer(asked.kari, asked.version.digest, answers, by=builders.guest(asked.kari))
    point = transaction.savepoint()
    signatures.sign(asked.kari)
    with tables.unchanged(), pytest.raises(AlreadySigned):
        signing.consent_to(asked.request, by=asked.owner)
    transaction.savepoint_rollback(point)
    assert signing.consent_to(asked.request, by=asked.owner)


# -- replacing and ending access, from our side ---------------------------------------------------


def test_a_replaced_person_is_a_new_row_and_all_are_told(sent):
    mary = builders.staff("mary", sent.contract.workspace)

    made = replace(sent, by=builders.actor(mary))

    gone = Participant.objects.get(pk=sent.kari.pk)
    assert (gone.replaced_by, gone.left_at is not None) == (made, True)
    assert (made.role, made.position, made.added_by) == ("signatory", gone.position, None)
    event = last_event(sent.contract, events.PERSON_REPLACED)
    assert event.disclosed()["reason"] == "Has left."
    assert told("person_added") == ["Åse Boss"]
    assert told("person_replaced") == ["Kari Nordmann"]
    assert told("new_version") == ["Ola Nordmann"]


def test_the_same_person_comes_in_anew_to_sign_another_way(sent):
    contracts.add_person(sent.kari.party, person(), "reader", asked_by=None, by=sent.owner)
    refused(sent, PersonRefused, replace)

    made = replace(sent, name="Kari Nordmann", email=sent.kari.email.upper(), signs_by="in_person")

    assert Participant.objects.get(pk=sent.kari.pk).replaced_by == made
    assert (made.signs_by, told("person_replaced")) == ("in_person", [])
    assert "Kari Nordmann" in told("person_added")


def test_a_replacement_has_a_reason_and_a_right(sent):
    refused(sent, ReasonMissing, replace, reason=" ")
    refused(sent, NotAllowed, replace, by=builders.actor(builders.staff("eve")))
    refused(sent, NotAllowed, replace, by=builders.guest(sent.kari))
    assert replace(sent)


def test_a_colleague_who_comes_in_sees_the_workspace(sent):
    mary, eve = builders.staff("mary", sent.contract.workspace), builders.staff("eve")

    def other(stage, user):
        new = contracts.NewPerson(user.get_full_name(), user.email, user=user)
        return signing.replace_person(stage.ola, new, "Leaves.", by=stage.owner)

    refused(sent, PersonRefused, other, user=eve)
    assert other(sent, mary).user == mary


@pytest.mark.parametrize("state", ["signed", "declined", "withdrawn", "expired"])
def test_nobody_is_replaced_where_nobody_signs(sent, state):
    with unguarded():
        Contract.objects.update(state=state)
    refused(sent, WrongState, replace)

    with unguarded():
        Contract.objects.update(state="negotiating")
    assert replace(sent)


def test_access_ends_at_once_with_a_reason(sent):
    per = forward(sent, "read")
    with tables.unchanged(), pytest.raises(ReasonMissing):
        revoke(per, "", by=sent.owner)
    revoke(per, by=sent.owner)

    assert Participant.objects.get(pk=per.pk).left_at
    assert told("access_revoked") == ["Åse Boss"]
    assert last_event(sent.contract, events.ACCESS_REVOKED).data["person"] == per.public_id
    with tables.unchanged(), pytest.raises(NotYourPart):
        revoke(per, by=sent.owner)


def test_a_signatory_is_replaced_not_taken_away(sent):
    with tables.unchanged(), pytest.raises(PersonRefused):
        revoke(sent.kari, by=sent.owner)
    revoke(forward(sent, "read"), by=sent.owner)


def test_a_party_shows_out_whom_it_let_in_and_nobody_else(sent):
    per = forward(sent, "approve")
    ida = contracts.add_person(
        sent.kari.party, person(email="ida@x.example"), "reader", by=sent.owner
    )
    by = builders.guest(sent.kari)
    for one in (ida, sent.kari, sent.ola):
        with tables.unchanged(), pytest.raises(NotYourPart):
            revoke(one, asked_by=sent.kari, by=by)
    with tables.unchanged(), pytest.raises(NotYourPart):
        revoke(per, asked_by=sent.ola, by=builders.guest(sent.ola))
    revoke(per, asked_by=sent.kari, by=by)
    assert Participant.objects.get(pk=per.pk).left_at


def test_our_side_adds_another_signatory_and_a_participant_does_not(sent):
    ours = {"by": sent.owner}
    theirs = {"by": builders.guest(sent.kari), "asked_by": sent.kari}
    with tables.unchanged(), pytest.raises(NotYourPart):
        contracts.add_person(sent.kari.party, person(), "signatory", **theirs)
    with tables.unchanged(), pytest.raises(NotYourPart):
        contracts.add_person(sent.ola.party, person(), "reader", **theirs)

    contracts.add_person(sent.kari.party, person(), "signatory", **ours)

    assert len(signatories(Contract.objects.get().current_version)) == 3


def test_whoever_is_gone_does_nothing_more(answered):
    signatures_before = signatures.proof(answered.kari)
    forward(answered)
    by, now = builders.guest(answered.kari), signatures.digest(answered.kari)
    typed = {"invoice": "a@customer.example"}
    told = {"by": by}
    calls = {
        "answer": lambda: contracts.answer(answered.kari, now, builders.ANSWERS, **told),
        "save": lambda: contracts.save_answers(answered.kari, typed, **told),
        "view": lambda: contracts.view(answered.kari, now, **told),
        "decline": lambda: signatures.decline(answered.kari),
        "agree": lambda: signing.agree(answered.kari, now, **told),
        "forward": lambda: forward(answered),
        "add": lambda: forward(answered, "read"),
        "reissue": lambda: signing.reissue(answered.kari, by=answered.owner),
        "remind": lambda: contracts.remind(answered.kari, by=answered.owner),
    }
    for name, call in calls.items():
        with tables.unchanged(), pytest.raises(NotYourPart):
            call()
        assert name
    with tables.unchanged(), pytest.raises((NotYourTurn, NotYourPart)):
        signatures.sign(answered.kari, signatures_before)
    with pytest.raises(HandedOn):
        signing.come_in(answered.kari, by=by)


def test_nobody_who_left_signs_even_where_a_version_still_names_them(answered):
    proof = signatures.proof(answered.kari)
    with unguarded():
        Participant.objects.filter(pk=answered.kari.pk).update(left_at=timezone.now())
    with tables.unchanged(), pytest.raises(NotYourPart):
        signatures.sign(answered.kari, proof)

    with unguarded():
        Participant.objects.filter(pk=answered.kari.pk).update(left_at=None)
    assert signatures.sign(answered.kari, proof)


# -- “I agree” ------------------------------------------------------------------------------------


def agree(stage, who="kari", digest=""):
    someone = getattr(stage, who)
    by = builders.guest(someone)
    return signing.agree(someone, digest or signatures.digest(someone), by=by)


def test_to_agree_is_no_signature_and_counts_once(in_review):
    made = agree(in_review)

    with tables.unchanged():
        assert agree(in_review) == made
    assert Contract.objects.get().state == "negotiating"
    assert last_event(in_review.contract, events.AGREEMENT_GIVEN).data["version"] == 1
    assert Agreement.objects.count() == 1


def test_the_check_of_the_evidence_knows_who_agreed(in_review):
    in_review.per = forward(in_review, "approve")
    agree(in_review)
    number = in_review.contract.number
    assert [found.code for found in signing.check(number)] == []

    Agreement.objects.bulk_create(
        [Agreement(participant=in_review.per, version=in_review.version, at=timezone.now())]
    )

    assert [found.code for found in signing.check(number)] == ["agreement_unrecorded"]
    with lifted():
        s18_damages.delete(Agreement._meta.db_table, Agreement.objects.order_by("pk")[0])
    found = {found.code for found in signing.check(number)}
    assert found == {"agreement_unrecorded", "agreement_missing"}


def test_it_is_about_the_newest_version(in_review):
    refused(in_review, StaleVersion, agree, digest="0" * 64)
    assert agree(in_review)


def test_a_reader_agrees_to_nothing(in_review):
    in_review.per = forward(in_review, "read")
    refused(in_review, NotYourPart, agree, who="per")
    assert agree(in_review)


def test_a_signatory_agrees_in_review_only(sent):
    refused(sent, WrongState, agree)
    contracts.reopen(sent.contract, "Look again.", by=sent.owner)
    assert agree(sent)


def test_signing_opens_once_all_agree_where_the_contract_says_so(in_review):
    keep(in_review.contract, opens_when_agreed=True)
    in_review.per = forward(in_review, "approve")
    agree(in_review, "per")
    assert Contract.objects.get().state == "negotiating"

    agree(in_review)

    assert Contract.objects.get().state == "signing"
    assert told("signing_opened") == ["Kari Nordmann", "Ola Nordmann", "Åse Boss"]


def test_a_new_version_asks_for_agreement_anew(in_review):
    keep(in_review.contract, opens_when_agreed=True)
    in_review.per = forward(in_review, "approve")
    agree(in_review, "per")
    forward(in_review, email="new@customer.example", name="New Boss")
    in_review.new = Participant.objects.get(name="New Boss")
    agree(in_review, "new")

    assert Contract.objects.get().state == "negotiating"
    agree(in_review, "per")
    assert Contract.objects.get().state == "signing"


def test_the_switch_opens_what_all_agreed_to_before(in_review):
    agree(in_review)
    eve = builders.actor(builders.staff("eve"))
    with tables.unchanged(), pytest.raises(NotAllowed):
        contracts.open_when_agreed(in_review.contract, opens=True, by=eve)

    contracts.open_when_agreed(in_review.contract, opens=True, by=in_review.owner)

    assert Contract.objects.get().state == "signing"


def test_nobody_signs_before_the_approvers_of_their_party(answered):
    answered.per = forward(answered, "approve")
    proof = signatures.proof(answered.kari)
    with tables.unchanged(), pytest.raises(NotYourTurn):
        signatures.sign(answered.kari, proof)
    waits = signing.standing(Contract.objects.get().current_version).of(answered.kari)
    assert waits.waits_for == ("Åse Boss",)

    agree(answered, "per")

    assert told("your_turn") == ["Kari Nordmann"]
    assert signatures.sign(answered.kari, proof)


def test_the_other_party_does_not_wait_for_them(answered):
    forward(answered, "approve")
    assert signing.to_sign(Contract.objects.all(), answered.sender).count() == 1
    assert signatures.sign(answered.ola)


def test_our_own_approver_keeps_ours_from_the_desk_until_they_agree(answered):
    answered.ida = contracts.add_person(answered.ola.party, person(), "approver", by=answered.owner)
    assert signing.to_sign(Contract.objects.all(), answered.sender).count() == 0

    agree(answered, "ida")

    assert signing.to_sign(Contract.objects.all(), answered.sender).count() == 1
