"""Messages and suggestions on a contract's overview: read, answer, settle, among us or to all."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests import builders, tables
from tests.flows.contracts.test_talking import begin, block_called
from wagtail_contracts.contracts.models import Comment, Thread

MARKER = "Zebrafink"


def address(name, contract):
    return reverse(f"wagtail_contracts_contract:{name}", args=[contract.pk])


@pytest.fixture
def desk(in_review, client):
    """The sender's own browser, and the contract."""
    client.force_login(in_review.sender)
    in_review.client = client
    return in_review


def test_the_overview_has_the_threads_by_clause_and_takes_an_answer(desk):
    block = block_called(desk.version, "Price")
    thread = begin(desk, desk.kari, "Is it with VAT?", block=block, kind="question")
    page = desk.client.get(address("inspect", desk.contract)).content.decode()
    assert "Is it with VAT?" in page
    assert f"#b-{block}" in page

    post = {"reply": thread.public_id, f"text-{thread.public_id}": "Without.", "back": "inspect"}
    answer = desk.client.post(address("threads", desk.contract), post)

    place = f"{address('inspect', desk.contract)}#thread-{thread.public_id}"
    assert (answer.status_code, answer["Location"]) == (302, place)
    assert Comment.objects.get(text="Without.").user == desk.sender


def test_staff_speak_among_themselves_or_to_everyone(desk):
    for side, own in (("own", True), ("", False)):
        post = {"begin": "new", "text-new": f"{MARKER} {own}", "side-new": side}
        desk.client.post(address("threads", desk.contract), post)

    inner, outer = Thread.objects.order_by("pk")
    assert (inner.side, outer.side) == (desk.ola.party, None)
    assert list(Thread.objects.seen_by(desk.kari)) == [outer]


def test_a_thread_is_resolved_and_reopened(desk):
    thread = begin(desk, desk.kari)
    for act, over in (("resolve", True), ("reopen", False)):
        desk.client.post(address("threads", desk.contract), {act: thread.public_id})
        assert bool(Thread.objects.get().resolved_at) is over


def test_what_was_refused_stays_in_the_form(desk):
    post = {"begin": "new", "text-new": "My words", "quote-new": "of nobody"}
    post["block-new"] = block_called(desk.version, "Price")
    with tables.unchanged():
        answer = desk.client.post(address("threads", desk.contract), post)

    assert answer.status_code == 422
    assert ">My words</textarea>" in answer.content.decode()


def test_what_the_other_side_says_to_itself_staff_do_not_find(desk):
    thread = begin(desk, desk.kari, MARKER, side=desk.kari.party)
    for name in ("inspect", "threads"):
        assert MARKER not in desk.client.get(address(name, desk.contract)).content.decode()
    with tables.unchanged():
        answer = desk.client.post(address("threads", desk.contract), {"resolve": thread.public_id})
    assert answer.status_code == 404


def test_whoever_only_views_is_offered_our_own_side_alone(desk, client):
    viewer = builders.staff("per", desk.contract.workspace, ("view",))
    begin(desk, desk.kari, "To everyone")
    client.force_login(viewer)
    page = client.get(address("threads", desk.contract)).content.decode()

    assert "To everyone" in page
    assert 'name="side-new" value="own" checked' in page
    assert 'name="side-new" value=""' not in page
    assert 'name="reply"' not in page
