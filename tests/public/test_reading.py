"""The contract's page: what it says in each state, what it records, what it keeps."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests import builders, signatures, tables
from tests.journeys import stage
from tests.public import markup, stages, visits
from tests.public.visits import page
from wagtail_contracts import events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import AnswerDraft
from wagtail_contracts.contracts.models.guards import unguarded

pytestmark = pytest.mark.django_db  # its stages are made by name, so no fixture tells


def views(at):
    """The numbers of the versions that Kari was shown, by the trail."""
    mine = Event.objects.of(at.contract.trail).named(events.CONTRACT_VIEWED).by(at.kari.public_id)
    return [event.data["version"] for event in mine]


def text(client, name, participant):
    """What a page says."""
    return " ".join(markup.read(client.get(page(name, participant)).content).text.split())


def test_the_exchange_records_that_the_version_was_shown(sent):
    assert views(sent) == []
    visits.enter(sent.kari)

    assert views(sent) == [1]


def test_a_later_version_is_recorded_by_the_page_itself_and_only_once(sent):
    client = visits.enter(sent.kari)
    stages.revise(sent)
    (form,) = [
        f
        for f in markup.read(client.get(page("contract", sent.kari)).content).all("form")
        if "data-looked" in f
    ]
    beacon = {**visits.shown(sent.kari), "quietly": "1"}

    for _time in range(2):
        assert client.post(form["action"], beacon).status_code == 204
    assert views(sent) == [1, 2]
    assert b"data-looked" not in client.get(page("contract", sent.kari)).content


def test_a_beacon_for_an_older_version_records_nothing(sent):
    client, old = visits.enter(sent.kari), visits.shown(sent.kari)
    stages.revise(sent)

    with tables.unchanged():
        client.post(page("contract", sent.kari), {**old, "quietly": "1"})


def test_without_script_the_next_form_records_it(sent):
    client = visits.enter(sent.kari)
    stages.revise(sent)
    client.post(page("answers", sent.kari), {**visits.TYPED, "do": "save"})

    assert views(sent) == [1, 2]


def test_what_was_kept_for_later_is_there_on_every_device(sent):
    form = {**visits.TYPED, "a-invoice": "not an address", "do": "save"}
    answer = visits.enter(sent.kari).post(page("answers", sent.kari), form)

    assert answer["Location"] == f"{page('contract', sent.kari)}?note=kept"
    assert AnswerDraft.objects.get().participant == sent.kari
    elsewhere = visits.enter(sent.kari)
    assert 'value="not an address"' in elsewhere.get(page("contract", sent.kari)).content.decode()
    assert visits.current(sent.kari).number == 1


def test_faulty_answers_come_back_with_a_sentence_at_each_field(sent):
    client, form = (
        visits.enter(sent.kari),
        {**visits.TYPED, "a-invoice": "nowhere", "a-support": ""},
    )

    with tables.unchanged(but=["_ratewindow"]):
        answer = client.post(
            page("answers", sent.kari), {**visits.shown(sent.kari), **form, "do": "review"}
        )

    found = markup.read(answer.content)
    assert answer.status_code == 422
    (invoice,) = [item for item in found.all("input") if item.get("name") == "a-invoice"]
    assert (invoice["value"], invoice["aria-invalid"]) == ("nowhere", "true")
    links = {link["href"] for link in found.all("a") if link.get("class") == "wc-go"}
    assert {link for link in links if link.startswith("#")} == {"#a-invoice"}
    assert found.text.index("There is a problem") < found.text.index("Enter an e-mail address")
    assert visits.answer(client, sent.kari)["Location"] == page("sign", sent.kari)


def test_missing_answers_are_named_by_the_labels_of_their_fields(sent):
    client = visits.enter(sent.kari)
    form = {**visits.shown(sent.kari), "do": "review", "a-support": "extended"}
    answer = client.post(page("answers", sent.kari), form)

    found = markup.read(answer.content)
    assert answer.status_code == 422
    for label in ("Closing time", "Invoices to"):
        assert f"Fill in “{label}”." in found.text
    for target in ("a-until", "a-invoice"):
        assert any(link["href"] == f"#{target}" for link in found.all("a"))


def test_progress_counts_what_is_needed_as_things_are_chosen(sent):
    client = visits.enter(sent.kari)
    assert "0 of 2 filled in" in text(client, "contract", sent.kari)
    client.post(page("answers", sent.kari), {"a-support": "extended", "do": "save"})

    assert "1 of 3 filled in" in text(client, "contract", sent.kari)


def test_a_newer_version_is_announced_until_it_was_looked_at(sent):
    client = visits.enter(sent.kari)
    stages.revise(sent)
    assert "Version 2 is new since you looked on" in text(client, "contract", sent.kari)
    client.post(page("contract", sent.kari), visits.shown(sent.kari))

    assert "is new since you looked" not in text(client, "contract", sent.kari)


def test_own_answers_are_no_news_to_who_gave_them(sent):
    client = visits.enter(sent.kari)
    visits.answer(client, sent.kari)
    mine = text(client, "contract", sent.kari)
    theirs = text(visits.enter(sent.ola), "contract", sent.ola)

    assert "Version 2 (your answers)" in mine
    assert "See the changes" not in mine
    assert "Version 2 (with answers)" in theirs
    assert views(sent) == [1, 2]


def test_answers_that_would_make_signatures_void_say_so_before_the_button(answered):
    signatures.sign(answered.ola)
    words = text(visits.enter(answered.kari), "contract", answered.kari)

    assert "Ola Nordmann has signed. Your answers make a new version" in words


WORDS = {  # state: what its page says, and what it must not offer
    "in_review": ("signing is not open yet", "Review and sign"),
    "sent": ("Your turn to sign", "Download sealed PDF"),
    "signed_by_one": ("You signed this version on", "Review and sign"),
    "signed": ("Your sealed copy is being prepared", "Download sealed PDF"),
    "sealed": ("Download sealed PDF", "Decline"),
    "declined": ("Kari Nordmann declined this contract The reason: The terms.", "Review and sign"),
    "expired": ("Nobody can sign now", "Review and sign"),
    "withdrawn": ("Eksempel AS has withdrawn this contract", "Hosting 2027"),
    "revised": ("What has changed", "You signed"),
}


@pytest.mark.parametrize("name", WORDS)
def test_each_state_says_what_it_is_and_offers_only_what_helps(name, request):
    at = stages.build(name, request)
    says, never = WORDS[name]
    words = text(visits.enter(at.kari), "contract", at.kari)

    assert says in words
    assert never not in words


def test_a_withdrawn_contract_shows_its_reason_and_no_text_on_any_page(request):
    at = stages.build("withdrawn", request)
    client = visits.enter(at.kari)
    for name in ("contract", "changes", "sign", "code", "done", "decline"):
        answer = client.get(page(name, at.kari), follow=True)
        assert "Too late in the year." in answer.content.decode()
        assert "the service runs" not in answer.content.decode()
    assert views(at) == []


@pytest.mark.parametrize("name", ["declined", "expired", "signed"])
def test_a_link_opens_the_text_after_the_end(name, request):
    at = stages.build(name, request)

    assert "the service runs" in text(visits.enter(at.kari), "contract", at.kari)


def test_nobody_signs_before_their_turn(template, sender):
    ours, theirs = builders.parties(sender)
    theirs.people[0] = contracts.PersonDraft("Kari Nordmann", "kari@customer.example", position=2)
    draft = builders.contract(template, sender, parties=[ours, theirs])
    contracts.send(draft, builders.shown(draft), into="signing", by=builders.actor(sender))
    at = stage(draft, sender)
    client = visits.enter(at.kari)

    words = text(client, "contract", at.kari)
    assert "Waiting for Ola Nordmann" in words
    assert "Send my answers" in words
    assert client.get(page("sign", at.kari))["Location"] == page("contract", at.kari)
    answer = visits.answer(client, at.kari)
    assert answer["Location"] == f"{page('contract', at.kari)}?note=given"
    signatures.sign(at.ola)
    assert "Your turn to sign" in text(client, "contract", at.kari)
    assert client.get(page("sign", at.kari)).status_code == 200


def test_days_left_are_plain_words(sent):
    with unguarded():
        sent.contract.deadline = timezone.localdate() + timedelta(days=1)
        sent.contract.save()

    assert "(1 day left)" in text(visits.enter(sent.kari), "contract", sent.kari)


def test_the_text_is_in_the_language_of_the_contract_and_the_page_in_the_reader_s(sent):
    with unguarded():
        sent.kari.language = "nb"
        sent.kari.save()
    client = visits.enter(sent.kari)
    answer = client.get(page("contract", sent.kari))
    found = markup.read(answer.content)

    assert answer["Content-Language"] == "nb"
    assert found.all("html")[0]["lang"] == "nb"
    assert found.all("article")[0]["lang"] == "en"
    assert "Din tur til å signere" in found.text
    assert "15 January 2027" in found.text
    assert client.get("/verify/")["Content-Language"] == "en"
    assert "har sendt deg en kontrakt" in Client().get(visits.landing(sent.kari)).content.decode()


def test_each_reader_of_one_version_gets_the_contents_in_their_language(sent, settings):
    assert not settings.DEBUG  # else nothing is kept for the next reader
    found = {}
    for language in ("en", "nb", "en"):
        with unguarded():
            sent.kari.language = language
            sent.kari.save()
        answer = visits.enter(sent.kari).get(page("contract", sent.kari))
        found[language] = markup.read(answer.content).all("nav")[0]["aria-label"]

    assert found == {"en": "Contents of the contract", "nb": "Innholdet i kontrakten"}


def test_a_request_that_nobody_could_type_is_refused_unread(sent):
    client, form = visits.enter(sent.kari), {**visits.shown(sent.kari), **visits.TYPED}

    with tables.unchanged():
        huge = client.post(page("answers", sent.kari), {**form, "a-remarks": "x" * (3 << 20)})
    assert huge.status_code == 413
    assert client.post(page("answers", sent.kari), {**form, "do": "save"}).status_code == 303


@pytest.mark.parametrize("name", ["declined", "expired", "signed", "withdrawn"])
@pytest.mark.parametrize("do", ["save", "review"])
def test_answers_to_what_has_ended_lead_to_the_page_that_says_so(name, do, request):
    at = stages.build(name, request)
    client = visits.enter(at.kari)

    with tables.unchanged():
        form = {**visits.shown(at.kari), **visits.TYPED, "do": do}
        answer = client.post(page("answers", at.kari), form)
    assert answer["Location"] == page("contract", at.kari)
