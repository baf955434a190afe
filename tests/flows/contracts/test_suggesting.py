"""The other side suggests; the owner accepts into a version, or dismisses."""

import pytest

from example_site import contents as made
from tests import approvals, builders, journeys, signatures, suggestions, tables
from tests.announcements import last_event
from wagtail_contracts import canonical, events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.blocks import plain
from wagtail_contracts.contracts.core import content as tree
from wagtail_contracts.contracts.core import trees
from wagtail_contracts.contracts.errors import (
    ApprovalMissing,
    NotAllowed,
    NotYourPart,
    StaleVersion,
    SuggestionRefused,
    WrongState,
)
from wagtail_contracts.contracts.models import Contract, Participant, Suggestion
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.signing import flows as signing

ANSWERS = builders.ANSWERS
PRICE = "It costs {Price} a month. It is paid in June."
VALUES = {"price": {"amount": "5300.00", "currency": "NOK"}, "start": "2027-01-15"}


@pytest.fixture
def draft(sales, sender):
    page = builders.template(sales, "Seats", body=suggestions.BODY)
    return builders.contract(page, sender, values=VALUES)


def working(stage):
    return Contract.objects.get(pk=stage.contract.pk)


def refused(error, call, *args, **options):
    with tables.unchanged(), pytest.raises(error) as found:
        call(*args, **options)
    return found.value


def newer(stage, words):
    """The price clause as suggested, and the suggestion."""
    wanted = suggestions.wish(working(stage).current_version, "Price", words)
    return suggestions.suggest(stage, wanted)


def edit(stage, name, words):
    """The owner rewrites a clause in the working copy and publishes nothing."""
    contract = working(stage)
    at = suggestions.block(contract.current_version, name)["id"]
    body = plain(contract.body)
    next(one for one in body if one["id"] == at)["value"]["text"] = words
    contract.body = body
    contract.save()


def test_an_accepted_wording_is_the_next_version_and_everything_else_stays(in_review):
    before = in_review.version
    suggestion = newer(in_review, "It costs {Price} a month. It is paid in July.")

    version = suggestions.accept(suggestion, in_review.owner)

    assert (version.number, version.kind) == (2, "revised")
    assert (
        suggestions.text(version, "Price")
        == "Price\nIt costs 5,300\u00a0NOK a month. It is paid in July."
    )
    was, now = ({b["id"]: b for b in v.whole["body"]} for v in (before, version))
    changed = [id for id in was if was[id] != now[id]]
    assert changed == [suggestions.block(version, "Price")["id"]]
    assert version.reason == "Suggested by Kari Nordmann."
    found = Suggestion.objects.get()
    assert (found.state, found.made) == ("accepted", version)
    assert found.thread.resolved_by


def test_what_was_suggested_is_recorded_by_digests_and_never_by_its_words(in_review):
    suggestion = newer(in_review, "It costs {Price} a UNICORN.")
    told = {
        "suggestion": suggestion.thread.public_id,
        "block": suggestion.thread.block,
        "kind": "wording",
        "proposal": canonical.digest(canonical.SUGGESTION, suggestion.proposed),
    }
    assert last_event(in_review.contract, events.SUGGESTION_MADE).data == {**told, "version": 1}

    suggestions.accept(suggestion, in_review.owner)

    made = Event.objects.of(in_review.contract.trail).named(events.SUGGESTION_ACCEPTED).get()
    assert made.data == {**told, "version": 2}
    assert "UNICORN" not in "".join(Event.objects.values_list("record", flat=True))


def test_a_dismissed_one_changes_nothing_but_says_why(in_review):
    suggestion = newer(in_review, "Free.")

    contracts.dismiss(suggestion, "Not for free.", by=in_review.owner)

    found = Suggestion.objects.get()
    assert (found.state, found.answer, found.made) == ("dismissed", "Not for free.", None)
    assert working(in_review).current_version == in_review.version
    refused(WrongState, contracts.dismiss, suggestion, by=in_review.owner)
    refused(WrongState, suggestions.accept, suggestion, in_review.owner)


def test_only_who_may_send_decides(in_review, sales):
    suggestion = newer(in_review, "Free.")
    reader = builders.actor(builders.staff("reader", sales, ("view", "edit")))

    refused(NotAllowed, suggestions.accept, suggestion, reader)
    refused(NotAllowed, contracts.dismiss, suggestion, by=reader)
    refused(NotAllowed, contracts.take_in, suggestion, by=reader)
    refused(NotAllowed, suggestions.accept, suggestion, builders.guest(in_review.kari))
    assert suggestions.accept(suggestion, in_review.owner).number == 2


@pytest.mark.parametrize("name", ["Service", "Law"])
def test_what_the_template_locks_is_not_open_to_suggestions(in_review, name):
    wanted = suggestions.wish(in_review.version, name, "Other words.")

    refused(SuggestionRefused, suggestions.suggest, in_review, wanted)
    assert newer(in_review, "Other words.").is_open


def test_what_is_suggested_must_be_readable(in_review):
    for words, part in (
        ("It costs {Price a month.", "content"),
        ("It costs {Pric} a month.", "content"),
        ("\u202eback", "content"),
        ("x" * 20_001, "content"),
    ):
        wanted = suggestions.wish(in_review.version, "Price", words)
        assert set(refused(SuggestionRefused, suggestions.suggest, in_review, wanted).problems) == {
            part
        }
    wanted = suggestions.wish(in_review.version, "Price", PRICE)
    assert refused(SuggestionRefused, suggestions.suggest, in_review, wanted).problems.keys() == {
        ""
    }
    assert newer(in_review, PRICE + " Or May.").is_open


def test_a_reader_our_own_side_and_whoever_has_an_old_page_suggest_nothing(in_review):
    wanted = suggestions.wish(in_review.version, "Price", "Free.")
    ola, kari = in_review.ola, in_review.kari
    digest = in_review.version.digest
    refused(NotYourPart, contracts.suggest, ola, digest, wanted, by=builders.guest(ola))
    refused(StaleVersion, contracts.suggest, kari, "0" * 64, wanted, by=builders.guest(kari))
    with unguarded():
        Participant.objects.filter(pk=kari.pk).update(role="reader")
    refused(NotYourPart, suggestions.suggest, in_review, wanted)
    with unguarded():
        Participant.objects.filter(pk=kari.pk).update(role="approver")
    assert suggestions.suggest(in_review, wanted).is_open


def test_a_new_clause_stands_in_the_open_area_and_goes_on_in_the_working_copy(in_review):
    wanted = suggestions.clause(in_review.version, "It is *kept* secret.\n\n- here\n- there")
    suggestion = suggestions.suggest(in_review, wanted)

    version = suggestions.accept(suggestion, in_review.owner)

    [clause] = suggestions.block(version, "More terms")["blocks"]
    assert suggestions.text(version, "New") == "New\nIt is *kept* secret.\n• here\n• there"
    assert clause["id"] == suggestion.proposed["id"]
    assert builders.shown(working(in_review)) == version.content_digest


def test_values_and_quantities_of_ours_may_be_suggested_and_nobody_elses(in_review):
    version = in_review.version
    price, seats = (suggestions.block(version, name)["id"] for name in ("Price", "Seats"))
    row = suggestions.block(version, "Seats")["rows"][0]["id"]
    for at, typed in ((price, {"support": "office"}), (seats, {"price": "1"}), (price, {row: "2"})):
        wanted = contracts.Wish("values", at, typed)
        refused(SuggestionRefused, suggestions.suggest, in_review, wanted)

    first = suggestions.suggest(in_review, contracts.Wish("values", price, {"price": "5000"}))
    second = suggestions.suggest(in_review, contracts.Wish("values", seats, {row: "2"}))
    suggestions.accept(first, in_review.owner)
    version = suggestions.accept(second, in_review.owner)

    assert "5,000\u00a0NOK" in suggestions.text(version, "Price")
    assert version.content["value"] == [{"amount": "200.00", "currency": "NOK"}]
    assert builders.shown(working(in_review)) == version.content_digest


def test_the_second_one_on_a_clause_goes_into_todays_text_or_is_refused(in_review):
    june, may, free = (
        newer(in_review, words)
        for words in (
            "It costs {Price} a year. It is paid in June.",
            "It costs {Price} a month. It is paid in May.",
            "It costs {Price} a week. It is paid in June.",
        )
    )
    shown = contracts.fit_of(may).digest
    suggestions.accept(june, in_review.owner)

    refused(StaleVersion, contracts.accept, may, shown, by=in_review.owner)
    refused(StaleVersion, suggestions.accept, free, in_review.owner)
    version = suggestions.accept(may, in_review.owner)
    assert suggestions.text(version, "Price").endswith("a year. It is paid in May.")


def test_one_that_the_text_says_already_is_accepted_without_a_version(in_review):
    wanted = "It costs {Price} a month. It is paid in May."
    first, second = newer(in_review, wanted), newer(in_review, wanted)
    version = suggestions.accept(first, in_review.owner)

    assert suggestions.accept(second, in_review.owner) == version
    assert [one.state for one in Suggestion.objects.all()] == ["accepted", "accepted"]


def test_a_half_finished_edit_neither_leaks_nor_gets_lost(in_review):
    edit(in_review, "Service", "<p>HALF FINISHED</p>")
    suggestion = newer(in_review, "It is paid in May.")

    version = suggestions.accept(suggestion, in_review.owner)

    assert "HALF FINISHED" not in version.record + version.offer
    contract = working(in_review)
    assert "HALF FINISHED" in str(plain(contract.body))
    made = contracts.revise(contract, builders.shown(contract), "Mine", by=in_review.owner)
    assert "HALF FINISHED" in made.record
    assert suggestions.text(made, "Price") == "Price\nIt is paid in May."


def test_where_the_owner_rewrote_the_same_clause_both_are_kept(in_review):
    edit(in_review, "Price", "<p>MINE</p>")
    suggestion = newer(in_review, "It is paid in May.")
    assert contracts.undone(suggestion, contracts.fit_of(suggestion))

    version = suggestions.accept(suggestion, in_review.owner)

    contract = working(in_review)
    assert builders.shown(contract) == version.content_digest
    texts = [str(one.content["body"]) for one in contract.revisions.order_by("pk")]
    assert any("MINE" in text for text in texts[:-1])
    assert "MINE" not in texts[-1]


def test_what_is_stored_is_what_was_frozen(in_review):
    suggestions.accept(newer(in_review, "It is paid in May.\n\n1. one\n2. two"), in_review.owner)

    contract = working(in_review)
    stored = tree.body(plain(contract.body))
    assert stored == contract.current_version.whole["body"] == tree.body(contract.sent["body"])


def test_accepting_makes_a_signature_void_like_any_version(sent):
    contracts.answer(sent.kari, sent.version.digest, ANSWERS, by=builders.guest(sent.kari))
    signatures.sign(sent.kari)
    assert len(signing.standing(working(sent).current_version).given) == 1

    version = suggestions.accept(newer(sent, "It is paid in May."), sent.owner)

    assert (version.number, signing.standing(version).given) == (3, [])
    assert trees.values_by_key(version.content)["invoice"] == "pay@customer.example"


def test_a_rule_that_asks_is_asked_for_the_version_with_the_suggestion(in_review, sales):
    finn = approvals.approver(sales)
    approvals.rule(sales, approvals.boss(sales), finn, on_deviation=True)
    edit(in_review, "Service", in_review_text(in_review))
    suggestion = newer(in_review, "It is paid in May.")
    refused(ApprovalMissing, suggestions.accept, suggestion, in_review.owner)

    contracts.take_in(suggestion, by=in_review.owner)
    approvals.ask(working(in_review), in_review.sender)
    refused(ApprovalMissing, suggestions.accept, suggestion, in_review.owner)
    approvals.say_yes(working(in_review), finn)

    assert suggestions.accept(suggestion, in_review.owner).number == 2
    assert working(in_review).approval is None


def in_review_text(stage):
    """What the clause says already, so that saving changes nothing."""
    at = suggestions.block(stage.version, "Service")["id"]
    return next(b for b in plain(stage.contract.body) if b["id"] == at)["value"]["text"]


@pytest.fixture
def choosable(sales, sender):
    first, second = ("A month", "Notice", "A month."), ("A week", "Notice", "A week.")
    closed = made.alternatives(("Here", "Court", "Here."), ("There", "Court", "There."))
    body = [made.alternatives(first, second, others=True), closed, *suggestions.BODY]
    page = builders.template(sales, "Choice", body=body)
    draft = builders.contract(page, sender, values=VALUES)
    shown = builders.shown(draft)
    contracts.send(draft, shown, into="negotiating", by=builders.actor(sender))
    return journeys.stage(draft, sender)


def choose(stage, name, place):
    version = working(stage).current_version
    block = suggestions.block(version, name)
    wordings = next(b for b in version.whole["body"] if b["id"] == block["id"])["wordings"]
    by, chosen = builders.guest(stage.kari), wordings[place]["id"]
    return contracts.choose_alternative(stage.kari, version.digest, block["id"], chosen, by=by)


def test_an_approved_wording_is_chosen_by_the_other_side_where_the_template_says_so(choosable):
    assert "others" not in choosable.version.record
    refused(SuggestionRefused, choose, choosable, "Court", 1)
    with tables.unchanged():
        assert choose(choosable, "Notice", 0) == choosable.version
    edit(choosable, "Service", "<p>HALF FINISHED</p>")

    version = choose(choosable, "Notice", 1)

    assert (version.number, suggestions.text(version, "Notice")) == (2, "Notice\nA week.")
    assert last_event(choosable.contract, events.ALTERNATIVE_CHOSEN).data["version"] == 2
    assert "HALF FINISHED" not in version.record
    contract = working(choosable)
    made_next = contracts.revise(contract, builders.shown(contract), "Mine", by=choosable.owner)
    assert suggestions.text(made_next, "Notice") == "Notice\nA week."
    assert "HALF FINISHED" in made_next.record
