"""What participants do with the text: look, keep what they typed, answer."""

from types import SimpleNamespace

import pytest

from example_site import contents as made
from tests import builders, journeys, tables
from tests.announcements import announced
from wagtail_contracts import events
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.core import states, trees
from wagtail_contracts.contracts.errors import (
    AnswersRefused,
    NotYourPart,
    StaleVersion,
    WrongState,
)
from wagtail_contracts.contracts.models import (
    Answer,
    AnswerDraft,
    Contract,
    ContractVersion,
    Participant,
)

SEVERAL = [
    made.field(
        "multiple",
        "extras",
        "Extras",
        "customer",
        options=[made.option("garage", "Garage"), made.option("cellar", "Cellar")],
    ),
    made.field("address", "home", "Home", "customer"),
]
TYPED = {
    "extras": ["garage", "cellar"],
    "home": {"street": "Storgata 1", "postcode": "0155", "city": "Os\0lo", "country": "NO"},
}


def answer(stage, *, digest=None, who="kari", **changes):
    person = getattr(stage, who)
    typed = {**builders.ANSWERS, **changes} if who == "kari" else changes
    digest = digest or stage.version.digest
    return contracts.answer(person, digest, typed, by=builders.guest(person))


def refused(error, stage, **changes):
    with tables.unchanged(), pytest.raises(error) as raised:
        answer(stage, **changes)
    return raised.value


def keep(stage, typed, who="kari"):
    person = getattr(stage, who)
    return contracts.save_answers(person, typed, by=builders.guest(person))


def test_an_answer_names_the_version_that_was_on_the_page(sent):
    answer(sent, invoice="first@customer.example")

    refused(StaleVersion, sent)
    now = Contract.objects.get().current_version
    assert answer(sent, digest=now.digest).number == 3


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"invoice": "nobody"}, "invoice"),
        ({"invoice": ""}, "invoice"),
        ({"support": "never"}, "support"),
        ({"support": "extended"}, "until"),
        ({"remarks": "x" * 2001}, "remarks"),
        ({"remarks": "\x01"}, "remarks"),
        ({"remarks": "a\u202eb"}, "remarks"),
        ({"remarks": "\U0001f600"}, "remarks"),
        ({"price": "1"}, "price"),
        ({"unknown": "1"}, "unknown"),
    ],
)
def test_answers_that_do_not_fit_are_refused_by_name(sent, changes, key):
    assert set(refused(AnswersRefused, sent, **changes).problems) == {key}

    assert answer(sent).number == 2


def test_a_field_in_an_option_is_needed_once_that_is_chosen(sent):
    values = trees.values_by_key(answer(sent, support="extended", until="18:00").content)

    assert values["until"] == "18:00"


@pytest.mark.parametrize("who", ["ola", "per"])
def test_our_own_side_and_readers_answer_nothing(template, sender, who):
    ours, theirs = builders.parties(sender)
    per = contracts.PersonDraft("Per", "per@customer.example", role="reader")
    more = contracts.PartyDraft("customer", "Customer AS", people=[*theirs.people, per])
    draft = builders.contract(template, sender, parties=[ours, more])
    contracts.send(draft, builders.shown(draft), into=states.SIGNING, by=builders.actor(sender))
    contract = Contract.objects.get()
    people = {person.name.split()[0].lower(): person for person in Participant.objects.all()}
    stage = SimpleNamespace(contract=contract, version=contract.current_version, **people)

    field, refusal = {"ola": ("price", AnswersRefused), "per": ("invoice", NotYourPart)}[who]
    refused(refusal, stage, who=who, **{field: "1"})
    assert answer(stage).number == 2


def test_the_same_answers_make_no_version(answered):
    with tables.unchanged():
        assert answer(answered) == answered.version


def test_an_answer_makes_a_version_of_the_current_one_and_tells_the_owner(sent):
    contract = Contract.objects.get(pk=sent.contract.pk)
    contract.title = "Half finished"
    contract.save()
    keep(sent, {"invoice": "pa"})

    with announced(sent.contract) as heard:
        version = answer(sent)

    assert (version.number, version.kind, version.content["title"]) == (
        2,
        "answered",
        "Hosting 2027",
    )
    assert Contract.objects.get().current_version == version
    assert list(Answer.objects.values_list("key", "value", "version")) == [
        ("invoice", "pay@customer.example", version.pk),
        ("support", "office", version.pk),
    ]
    assert not AnswerDraft.objects.exists()
    assert heard.shared[1:] == [
        (events.ANSWERS_GIVEN, {"version": 2, "fields": ["invoice", "support"]})
    ]
    assert heard.names == [events.VERSION_CREATED, events.ANSWERS_GIVEN]
    assert heard.own == []
    assert heard.mails == [("answered", "owner")]


def test_only_what_changed_is_an_answer(answered):
    version = answer(answered, invoice="other@customer.example")

    assert [one.key for one in Answer.objects.filter(version=version)] == ["invoice"]


def test_what_is_typed_and_not_handed_in_is_kept_encrypted(sent):
    keep(sent, {"invoice": "kept@customer.example"})

    assert "kept@" not in repr(tables.rows(AnswerDraft._meta.db_table))
    assert AnswerDraft.objects.get().values == {"invoice": "kept@customer.example"}


def test_what_is_typed_is_kept_as_it_is_and_makes_no_version(sent):
    with announced(sent.contract) as heard:
        keep(sent, {"invoice": "not yet an addr", "remarks": None, "until": "18\x0000"})
        keep(sent, {"invoice": "pay@", "remarks": "x" * 20_000})

    values = AnswerDraft.objects.get().values
    assert values == {"invoice": "pay@", "remarks": "x" * 12_000}
    assert ContractVersion.objects.count() == 1
    assert heard == type(heard)()


def test_what_has_several_inputs_is_kept_in_its_shape(sales, sender):
    page = builders.template(sales, body=[made.place("extras"), made.place("home")], fields=SEVERAL)
    draft = builders.contract(page, sender, values={})
    contracts.send(draft, builders.shown(draft), into=states.SIGNING, by=builders.actor(sender))
    kari = journeys.stage(draft, sender).kari

    contracts.save_answers(kari, TYPED, by=builders.guest(kari))

    kept = contracts.kept_answers(kari)
    assert kept == {**TYPED, "home": {**TYPED["home"], "city": "Oslo"}}
    version = kari.party.contract.versions.latest()
    shown = trees.values_by_key(contracts.offered(kari, version, kept))
    assert (shown["extras"], shown["home"]["street"]) == (["garage", "cellar"], ["Storgata 1"])


def test_nothing_is_kept_for_a_field_of_somebody_else(sent):
    with tables.unchanged(), pytest.raises(AnswersRefused):
        keep(sent, {"price": "1"})
    with tables.unchanged(), pytest.raises(AnswersRefused):
        keep(sent, {"price": "1"}, who="ola")

    assert keep(sent, {"invoice": "x"})


def test_a_closed_contract_takes_no_answers(sent):
    contracts.withdraw(sent.contract, "Wrong price", by=sent.owner)

    refused(WrongState, sent)
    with tables.unchanged(), pytest.raises(WrongState):
        keep(sent, {"invoice": "x"})


def test_a_view_is_recorded_with_what_was_shown(answered, sent):
    by = builders.guest(answered.kari)
    with tables.unchanged(), pytest.raises(StaleVersion):
        contracts.view(answered.kari, sent.version.digest, by=by)

    with announced(answered.contract) as heard:
        contracts.view(answered.kari, answered.version.digest, by=by)

    shown = {"version": 2, "digest": answered.version.digest}
    assert heard.shared == [(events.CONTRACT_VIEWED, shown)]
    assert (heard.own, heard.mails) == ([], [("opened", "owner")])
    with announced(answered.contract) as heard:
        contracts.view(answered.kari, answered.version.digest, by=by)
    assert (heard.shared, heard.mails) == ([(events.CONTRACT_VIEWED, shown)], [])


def test_a_draft_can_t_be_viewed(draft, sender):
    stage = journeys.stage(draft, sender)

    with tables.unchanged(), pytest.raises(WrongState):
        contracts.view(stage.kari, "0" * 64, by=builders.guest(stage.kari))


def test_an_answer_can_be_taken_back(answered):
    answer(answered, digest=answered.version.digest, remarks="By the side door")
    now = Contract.objects.get().current_version
    answer(answered, digest=now.digest, remarks="")

    last = Contract.objects.get().current_version
    assert Answer.objects.get(version=last).value is None
    assert trees.values_by_key(last.content)["remarks"] is None
