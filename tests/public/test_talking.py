"""What people with a link say about a contract, on its page and on that of all threads."""

from __future__ import annotations

import re

import pytest

from tests import builders, tables
from tests.flows.contracts.test_talking import begin, block_called
from tests.public import visits
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Comment, Thread
from wagtail_contracts.signing.urls import urlpatterns

MARKER = "Zebrafink"
FRESH = re.compile(rb'(nonce|csrfmiddlewaretoken" value)="[^"]+"')


def form(stage, key, act="begin", **fields):
    """What the form of one clause or thread sends."""
    named = {f"{name}-{key}": value for name, value in fields.items()}
    return {"shown": stage.version.digest, act: key, **named}


def said(client, stage, person, form):
    return client.post(visits.page("threads", person), form)


def test_somebody_comments_below_a_clause_and_finds_it_there(in_review):
    client, kari = visits.enter(in_review.kari), in_review.kari
    block = block_called(in_review.version, "Price")
    page = client.get(visits.page("contract", kari)).content.decode()
    assert f'name="text-{block}" form="talk"' in page

    sent = {**form(in_review, block, text="May we begin later?"), "back": "contract"}
    answer = said(client, in_review, kari, sent)

    thread = Thread.objects.get()
    place = f"?talk={block}#thread-{thread.public_id}"
    assert (answer.status_code, answer["Location"]) == (303, visits.page("contract", kari) + place)
    page = client.get(answer["Location"]).content.decode()
    below = re.search(rf'<details class="wc-talk" id="talk-{block}".*?</details>', page, re.S)[0]
    assert " open>" in below
    assert "May we begin later?" in below
    assert "<b>1 comment</b>" in below


def test_a_thread_is_answered_resolved_and_reopened(in_review):
    thread = begin(in_review, None, "Does this suit you?")
    client, kari, key = visits.enter(in_review.kari), in_review.kari, thread.public_id
    assert "Does this suit you?" in client.get(visits.page("threads", kari)).content.decode()

    said(client, in_review, kari, form(in_review, key, "reply", text="It does."))
    assert thread.comments.last().participant == kari
    said(client, in_review, kari, form(in_review, key, "resolve"))
    thread.refresh_from_db()
    assert thread.resolved_by == "Kari Nordmann"
    assert "Does this suit" not in client.get(visits.page("threads", kari)).content.decode()
    said(client, in_review, kari, form(in_review, key, "reopen"))

    assert "Does this suit" in client.get(visits.page("threads", kari)).content.decode()


def test_what_was_said_comes_before_where_more_is_written_unless_somebody_came_to_write(in_review):
    client, kari = visits.enter(in_review.kari), in_review.kari

    def shown(query=""):
        page = client.get(f"{visits.page('threads', kari)}{query}").content.decode()
        return [page.index(mark) for mark in ('data-part="threads"', 'id="write"')]

    assert shown() == sorted(shown(), reverse=True)  # nobody has said anything yet
    begin(in_review, None, "Does this suit you?")
    assert shown() == sorted(shown())
    assert shown("?ask=question") == sorted(shown("?ask=question"), reverse=True)


def test_a_question_and_the_wish_for_more_time_have_their_forms(in_review):
    client, kari = visits.enter(in_review.kari), in_review.kari
    asked = client.get(f"{visits.page('threads', kari)}?ask=question").content.decode()
    assert 'name="kind-new" value="question"' in asked
    time = client.get(f"{visits.page('threads', kari)}?ask=time").content.decode()
    assert 'type="date" id="wished"' in time

    said(client, in_review, kari, form(in_review, "new", text="How?", kind="question"))
    wrong = form(in_review, "new", text="A trip.", kind="more_time", wished="soon")
    with tables.unchanged(but=("ratewindow",)):
        refused = said(client, in_review, kari, wrong)
    assert refused.status_code == 422
    assert "A trip." in refused.content.decode()
    said(client, in_review, kari, {**wrong, "wished-new": "2099-01-01"})

    assert list(Thread.objects.values_list("kind", flat=True)) == ["question", "more_time"]


def test_what_was_refused_stays_in_its_form_with_the_reason(in_review):
    client, kari = visits.enter(in_review.kari), in_review.kari
    block = block_called(in_review.version, "Price")
    wrong = form(in_review, block, text="My words", quote="of nobody", side="own")
    with tables.unchanged():
        answer = said(client, in_review, kari, wrong)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert ">My words</textarea>" in page
    assert 'value="of nobody" aria-invalid="true"' in page
    assert f'<option value="{block}" selected>' in page
    assert 'value="own" checked>' in page
    assert said(client, in_review, kari, {**wrong, f"quote-{block}": ""}).status_code == 303


def test_a_form_that_is_sent_twice_says_it_once_and_is_answered_alike(in_review):
    client, kari = visits.enter(in_review.kari), in_review.kari
    block, other = (block_called(in_review.version, name) for name in ("Price", "Service"))
    sent = {**form(in_review, block, text="Why?"), "back": "contract"}
    first = said(client, in_review, kari, sent)
    with tables.unchanged(but=("ratewindow",)):
        second = said(client, in_review, kari, sent)
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    for more in (form(in_review, block, text="Why so?"), form(in_review, other, text="Why?")):
        assert said(client, in_review, kari, more).status_code == 303
    assert Thread.objects.count() == 3


def test_a_thread_that_one_may_not_see_is_not_there(in_review):
    inner = begin(in_review, None, side=in_review.ola.party)
    open_one = begin(in_review, None)
    client, kari = visits.enter(in_review.kari), in_review.kari
    for act in ("reply", "resolve", "reopen"):
        with tables.unchanged():
            foreign = form(in_review, inner.public_id, act, text="Hello")
            assert said(client, in_review, kari, foreign).status_code == 404
        known = form(in_review, open_one.public_id, act, text="Hello")
        assert said(client, in_review, kari, known).status_code == 303


def test_one_link_says_sixty_things_an_hour(in_review):
    client, kari = visits.enter(in_review.kari), in_review.kari
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("wagtail_contracts.signing.public.talking.AN_HOUR", 1)
        form_of = form(in_review, "new", text="Once more")
        assert said(client, in_review, kari, form_of).status_code == 303
        with tables.unchanged():
            answer = said(client, in_review, kari, form_of)
    assert answer.status_code == 429
    assert ">Once more</textarea>" in answer.content.decode()


def test_one_thread_too_many_in_a_day_is_refused_and_what_was_typed_stays(in_review, monkeypatch):
    client, kari = visits.enter(in_review.kari), in_review.kari
    monkeypatch.setattr("wagtail_contracts.contracts.flows.quotas.BEGUN_IN_A_DAY", 1)
    form_of = form(in_review, "new", text="Once more")
    first = form(in_review, "new", text="Once")
    assert said(client, in_review, kari, first).status_code == 303
    with tables.unchanged():
        answer = said(client, in_review, kari, form_of)
    assert answer.status_code == 422
    assert ">Once more</textarea>" in answer.content.decode()
    assert "You have begun 1 conversations" in answer.content.decode()


def test_a_closed_contract_shows_what_was_said_and_takes_nothing(sent):
    thread = begin(sent, sent.kari, "A word before the end.")
    client, kari = visits.enter(sent.kari), sent.kari
    contracts.decline(sent.contract, sent.version.digest, kind="price", reason="", by=sent.owner)

    for name in ("contract", "threads"):
        page = client.get(visits.page(name, kari)).content.decode()
        assert "A word before the end." in page
        assert "<textarea" not in page
    with tables.unchanged():
        answer = said(client, sent, kari, form(sent, thread.public_id, "reply", text="Too late"))
    assert answer.status_code == 409
    assert "Too late" in answer.content.decode()


def pages(person, client):
    """All that the other side can look at, with its headers: each page, and the state."""
    names = [str(one.name) for one in urlpatterns if "public_id" in one.pattern.regex.groupindex]
    places = [visits.page(name, person) for name in names if name != "mine_open"]
    answers = [
        client.get(place) for place in [*places, f"{visits.page('threads', person)}?show=all"]
    ]
    found = [answer for answer in answers if answer.status_code == 200]
    assert len(found) >= 9
    return [
        (
            answer.request["PATH_INFO"],
            answer.status_code,
            FRESH.sub(b"", answer.content),
            told(answer),
        )
        for answer in answers
    ]


def told(answer):
    """The headers of an answer, but for what is new in each."""
    return [(name, value) for name, value in answer.items() if name != "Content-Security-Policy"]


@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_two_pages_are_equal_with_and_without_the_talk_of_the_other_side(in_review, side):
    mine, other = in_review.ola, in_review.kari
    if side == "theirs":
        mine, other = other, mine
    begin(in_review, in_review.kari, "Known to everyone")
    client = visits.enter(other)
    before = pages(other, client)
    assert any(b"Known to everyone" in page for _place, _status, page, _told in before)
    assert any(name == "ETag" for *_rest, told in before for name, _value in told)

    by = builders.guest(mine)
    about = {"block": block_called(in_review.version, "Price"), "quote": "It costs"}
    thread = begin(in_review, mine, f"{MARKER} @{other.name}", by=by, side=mine.party, **about)
    contracts.reply(thread, MARKER, by=by, participant=mine)
    contracts.resolve(thread, by=by, participant=mine)

    assert pages(other, client) == before
    assert MARKER.encode() in pages(mine, visits.enter(mine))[-1][2]
    assert Comment.objects.filter(text__contains=MARKER).count() == 2


def revised(stage, body):
    """A newer version with this text."""
    contract = stage.contract
    contract.refresh_from_db()
    contract.body = body
    contract.save()
    shown = builders.shown(contract)
    contracts.revise(contract, shown, reason="Moved.", by=stage.owner)


def below(page, block):
    """What stands below a clause on the contract's page."""
    found = re.search(rf'<details class="wc-talk" id="talk-{block}".*?\n</details>', page, re.S)
    return found[0] if found else ""


def test_a_comment_follows_its_clause_and_one_on_gone_words_stays_with_them(in_review):
    kari, client = in_review.kari, visits.enter(in_review.kari)
    block = block_called(in_review.version, "Reference")
    begin(in_review, kari, "About all of it", block=block)
    begin(in_review, kari, "About a word", block=block, quote="may name the customer")
    contract = in_review.contract
    moved = [item for item in contract.body.raw_data if item["id"] == block]
    rest = [item for item in contract.body.raw_data if item["id"] != block]
    moved[0]["value"] = {**moved[0]["value"], "text": "<p>The supplier names nobody.</p>"}

    revised(in_review, [*moved, *rest])
    page = client.get(visits.page("contract", kari)).content.decode()

    assert visits.current(kari).number == 2
    assert block_called(visits.current(kari), "Reference") == block
    assert "About all of it" in below(page, block)
    assert "About a word" not in below(page, block)
    gone = page.partition('id="gone-h"')[2]
    assert "may name the customer</blockquote>" in gone
    assert "About a word" in gone
