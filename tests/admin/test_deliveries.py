"""Whoever answers for a workspace sees what was not delivered, why, and does something about it."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import builders, signatures, tables
from tests.admin import posts
from tests.journeys import stage
from wagtail_contracts import events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.flows.workspaces import TRIED
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.signing.admin import delivery_words
from wagtail_contracts.signing.rendering.letters import LETTERS

LIST = "wagtail_contracts_deliveries"
REFUSED = "SMTPRecipientsRefused: {'kari@customer.example': (550, b'unknown')}"


def browser(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def boss(sales: Any) -> Client:
    """The browser of somebody who administers the workspace."""
    return browser(builders.staff("boss", sales, ("view", "administer")))


@pytest.fixture
def root(django_user_model: Any) -> Client:
    """The browser of a superuser."""
    return browser(django_user_model.objects.create_superuser("root", "root@example.com", "x"))


@pytest.fixture
def invitation(sent: SimpleNamespace) -> Message:
    """Kari's invitation, which did not leave; nothing else waits."""
    message = Message.objects.get(keys__kind="invitation", keys__participant=sent.kari.pk)
    Message.objects.exclude(pk=message.pk).delete()
    later = timezone.now() + timedelta(minutes=30)
    fails(message, attempts=3, not_before=later)
    return message


def fails(message: Message, **more: Any) -> None:
    Message.objects.filter(pk=message.pk).update(last_error=REFUSED, **more)


def deliveries(client: Client, **query: str) -> list[Any]:
    response = client.get(reverse(LIST), query)
    assert response.status_code == 200
    return list(response.context["deliveries"])


def act(client: Client, name: str, message: Message, **said: str) -> Any:
    url = reverse(f"wagtail_contracts_{name}", args=[message.public_id])
    return client.post(url, said)


def test_a_row_says_what_how_it_stands_why_and_when_it_is_tried_next(boss, sent, invitation):
    text = boss.get(reverse(LIST)).content.decode()
    [row] = deliveries(boss)
    number = sent.contract.number
    assert row.what == f"Invitation to k•••@customer.example for {number}"
    assert row.standing.word == "Failed"
    assert row.standing.more.startswith("Tried 3 times. Next try ")
    assert row.cause.words == "The mail server refuses the mail."
    for words in (row.what, row.standing.more, row.cause.words, "550"):
        assert words in text.replace("&#x27;", "'")
    assert posts.address("inspect", sent.contract.pk) in text
    assert "kari@customer.example" not in text


def test_a_seal_is_named_with_its_version(boss, answered):
    signatures.sign_all(answered)
    [row] = deliveries(boss, kind="seal")
    assert row.what == f"Seal {answered.contract.number} version 2"
    assert (row.standing.word, row.cause) == ("Waiting", None)


def test_every_kind_of_mail_and_every_task_has_a_name():
    from wagtail_contracts.outbox import topics

    ours = {name for topic in vars(events).values() for name in topics.subscribers(str(topic))}
    ours = {name for name in ours if name.startswith(("contracts.", "signing."))} - {"signing.mail"}
    assert ours >= {"signing.seal", "signing.alarm", "signing.digest", "contracts.send"}
    assert set(delivery_words.KINDS) == {*LETTERS, *ours, TRIED}


@pytest.mark.parametrize(
    ("topic", "subscriber", "keys", "words"),
    [
        (events.DIGEST_DUE, "signing.digest", {}, "Notification"),
        (events.LINKS_DUE, "signing.links", {}, "Look for whom a lost link is"),
        (events.MAIL_DUE, "signing.mail", {"kind": TRIED}, "Test of a text"),
        (events.CONTRACT_SIGNED, "crm.tell", {}, "contract.signed for crm.tell"),
    ],
)
def test_what_is_about_no_contract_is_named_by_its_kind(topic, subscriber, keys, words):
    message = Message(topic=topic, subscriber=subscriber, keys=keys)
    assert delivery_words.what(message, None) == words


@pytest.mark.parametrize(
    ("changes", "word", "more"),
    [
        ({"attempts": 0, "last_error": ""}, "Waiting", "Next try"),
        ({"attempts": 0, "last_error": "", "not_before": -60}, "Waiting", "Due since"),
        ({"attempts": 1, "last_error": "", "leased_until": 60}, "Being delivered", "A worker has"),
        ({"attempts": 1, "last_error": "", "leased_until": -60}, "Interrupted", "Tried 1 time."),
        ({"attempts": 8, "dead_at": -60}, "Given up", "Tried 8 times, last"),
        ({"attempts": 8, "earlier_attempts": 8, "dead_at": -60}, "Given up", "By hand"),
        ({"done_at": -60}, "Delivered", ""),
    ],
)
def test_every_way_to_stand_has_its_words(boss, invitation, changes, word, more):
    moments = ("not_before", "leased_until", "dead_at", "done_at")
    moved = {
        name: timezone.now() + timedelta(seconds=value) if name in moments else value
        for name, value in changes.items()
    }
    Message.objects.filter(pk=invitation.pk).update(**moved)
    [row] = deliveries(boss, **({"state": "done"} if "done_at" in changes else {}))
    assert row.standing.word == word
    assert row.standing.more.startswith(more)


def test_what_is_done_is_shown_to_those_who_ask(boss, invitation):
    Message.objects.update(done_at=Now())
    assert deliveries(boss) == []
    assert [row.message for row in deliveries(boss, state="done")] == [invitation]
    Message.objects.update(done_at=Now() - timedelta(days=8))
    assert deliveries(boss, state="done") == []


def test_filters_by_state_kind_and_contract(boss, invitation, answered):
    signatures.sign_all(answered)
    number = answered.contract.number
    assert [row.message for row in deliveries(boss, state="failed")] == [invitation]
    assert invitation not in [row.message for row in deliveries(boss, state="waiting")]
    assert {row.message.topic for row in deliveries(boss, kind="seal")} == {events.CONTRACT_SIGNED}
    assert {row.message.topic for row in deliveries(boss, kind="mail")} == {events.MAIL_DUE}
    others = {row.message.topic for row in deliveries(boss, kind="other")}
    assert others == {events.SEAL_DUE, events.VERSION_CREATED}
    assert len(deliveries(boss, contract=number)) == len(deliveries(boss)) > 4
    assert deliveries(boss, contract="LEGAL-") == []
    assert len(deliveries(boss, state="nonsense")) == len(deliveries(boss))


def test_housekeeping_is_in_nobodys_way_until_it_fails(boss, answered):
    signatures.sign_all(answered)
    Message.objects.exclude(topic=events.SEAL_DUE).delete()
    asked = Message.objects.get()
    assert deliveries(boss) == []
    assert [row.message for row in deliveries(boss, kind="other")] == [asked]
    fails(asked, attempts=1)
    [row] = deliveries(boss)
    assert row.what == f"Look whether the seal is there: {answered.contract.number}"


def test_what_is_tried_next_anyhow_needs_no_button(boss, invitation):
    def again() -> bool:
        [row] = deliveries(boss)
        assert row.may_give_up
        found: bool = row.may_again
        return found

    assert again()
    Message.objects.update(not_before=Now() - timedelta(seconds=5))
    assert not again()
    Message.objects.update(dead_at=Now())
    assert again()


def test_nothing_is_said_in_words(boss, invitation):
    Message.objects.all().delete()
    text = boss.get(reverse(LIST)).content.decode()
    assert "Nothing waits and nothing has failed: everything was delivered." in text
    text = boss.get(reverse(LIST), {"state": "failed"}).content.decode()
    assert "No delivery is like that." in text


def test_looking_writes_nothing(boss, invitation):
    with tables.unchanged():
        for name in (LIST, f"{LIST}_results", "wagtailadmin_home"):
            assert boss.get(reverse(name)).status_code == 200


def test_long_lists_have_pages_and_cost_no_more_queries(boss, sent, answered):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert deliveries(boss)
        return len(seen)

    queries()
    few = queries()
    there = list(Message.objects.all())
    Message.objects.bulk_create(
        Message(topic=one.topic, subscriber=one.subscriber, keys=one.keys)
        for _ in range(20)
        for one in there
    )
    assert queries() == few
    assert len(deliveries(boss)) == 30
    assert len(deliveries(boss, p="2")) == 30


# -- the buttons -----------------------------------------------------------------------------------


def test_trying_again_is_done_at_once_and_recorded_for_our_side(boss, sent, invitation):
    shared = Event.objects.of(sent.contract.trail).count()
    answer = act(boss, "deliver_again", invitation)
    assert answer.url == reverse(LIST)
    invitation.refresh_from_db()
    assert invitation.earlier_attempts == 3
    assert Message.objects.waiting().get() == invitation
    event = Event.objects.of(sent.contract.own_trail).last()
    assert (event.name, event.label) == (events.DELIVERY_RETRIED, "Boss Nordmann")
    assert event.data == {"message": invitation.public_id, "kind": "invitation"}
    assert Event.objects.of(sent.contract.trail).count() == shared
    text = boss.get(posts.address("inspect", sent.contract.pk)).content.decode()
    assert "Boss Nordmann had this delivered again: Invitation" in text


def test_giving_up_stops_it_and_is_recorded_and_can_be_taken_back(boss, sent, invitation):
    act(boss, "give_up", invitation)
    assert Message.objects.failed().count() == Message.objects.unfinished().count() == 0
    event = Event.objects.of(sent.contract.own_trail).last()
    assert event.name == events.DELIVERY_DISCARDED
    [row] = deliveries(boss)
    assert (row.standing.word, row.may_again, row.may_give_up) == ("Given up", True, False)
    act(boss, "deliver_again", invitation)
    assert Message.objects.waiting().get() == invitation


def test_what_died_by_itself_is_given_up_too(boss, invitation):
    Message.objects.update(attempts=8, dead_at=Now())
    assert Message.objects.exhausted().count() == 1
    act(boss, "give_up", invitation)
    assert Message.objects.exhausted().count() == 0


@pytest.mark.parametrize("name", ["deliver_again", "give_up"])
def test_what_is_done_or_held_by_a_worker_is_left_alone(boss, invitation, name):
    for held in ({"done_at": Now()}, {"done_at": None, "leased_until": Now() + timedelta(hours=1)}):
        Message.objects.update(**held)
        with tables.unchanged():
            answer = act(boss, name, invitation)
        text = boss.get(answer.url, {"state": "done"} if "done_at" in held else {}).content.decode()
        assert "on its way now" in text or "is being delivered now" in text
        assert f"/{invitation.public_id}/" not in text  # no button either
    Message.objects.update(leased_until=None)
    assert f"/{invitation.public_id}/" in boss.get(reverse(LIST)).content.decode()


@pytest.mark.parametrize("name", ["deliver_again", "give_up"])
def test_the_acts_are_posts(boss, invitation, name):
    url = reverse(f"wagtail_contracts_{name}", args=[invitation.public_id])
    with tables.unchanged():
        for method in (boss.get, boss.head, boss.put, boss.delete):
            assert method(url).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = boss.cookies
    with tables.unchanged():
        assert strict.post(url).status_code == 403


# -- who -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("verbs", [("view", "edit", "send"), ("administer",), ()])
def test_who_administers_nothing_has_no_list(sales, invitation, verbs):
    client = browser(builders.staff("other", sales, verbs))
    for name in (LIST, f"{LIST}_results"):
        assert client.get(reverse(name)).url == reverse("wagtailadmin_home")
    menu = client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse(LIST) not in menu


def test_the_menu_leads_there(boss, invitation):
    assert reverse(LIST) in boss.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize("name", ["deliver_again", "give_up"])
def test_a_foreign_delivery_is_not_found(invitation, boss, name):
    legal = builders.workspace("legal")
    other = browser(builders.staff("other", legal, posts.VERBS))
    assert deliveries(other) == []
    with tables.unchanged():
        assert act(other, name, invitation).status_code == 404
        gone = act(other, name, Message(public_id="0" * 32))
        assert gone.status_code == 404
    assert act(boss, name, invitation).status_code == 302


def test_whoever_may_send_may_send_again_but_not_give_up(sender, sales, sent, invitation):
    client = browser(sender)
    reader = browser(builders.staff("reader", sales, ("view", "edit")))
    with tables.unchanged():
        assert act(client, "give_up", invitation).status_code == 404
        assert act(reader, "deliver_again", invitation).status_code == 404
    answer = act(client, "deliver_again", invitation, back="overview")
    assert answer.url == posts.address("inspect", sent.contract.pk)


def test_who_is_not_logged_in_is_sent_to_the_login(client, invitation):
    with tables.unchanged():
        for url in (reverse(LIST), reverse(f"{LIST}_results")):
            assert "/login/" in client.get(url).url
        assert "/login/" in act(client, "give_up", invitation).url


def test_what_is_about_no_contract_is_for_superusers(boss, root, sent, invitation):
    """An app of the site may call something of its own “contract”."""
    keys = {"contract": sent.contract.pk, "order": 7}
    own = Message.objects.create(topic="order.paid", subscriber="shop.receipt", keys=keys)
    assert own not in [row.message for row in deliveries(boss)]
    with tables.unchanged():
        assert act(boss, "deliver_again", own).status_code == 404
    [row] = [row for row in deliveries(root) if row.message == own]
    assert (row.what, row.contract) == ("order.paid for shop.receipt", None)
    with tables.unchanged(but=("outbox_message",)):  # there is no trail that it belongs to
        assert act(root, "give_up", own).status_code == 302


# -- the contract's own page and the home ----------------------------------------------------------


def test_the_overview_says_what_did_not_leave_and_lets_it_be_sent_again(admin, sales, invitation):
    contract = stage_of(invitation)
    text = admin.get(posts.address("inspect", contract.pk)).content.decode()
    assert "An e-mail to Kari Nordmann has not left" in text
    assert "Tried 3 times. Next try" in text
    again = reverse("wagtail_contracts_deliver_again", args=[invitation.public_id])
    assert again in text
    reader = browser(builders.staff("reader", sales, ("view",)))
    text = reader.get(posts.address("inspect", contract.pk)).content.decode()
    assert "An e-mail to Kari Nordmann has not left" in text
    assert again not in text


def stage_of(message: Message) -> Any:
    from wagtail_contracts.signing import flows as signing

    return signing.contract_of(message)


def test_the_home_says_what_failed_to_those_who_answer_for_it(boss, sender, invitation):
    home = reverse("wagtailadmin_home")
    assert "1 delivery has failed" in boss.get(home).content.decode()
    assert "delivery has failed" not in browser(sender).get(home).content.decode()
    legal = builders.staff("legal", builders.workspace("legal"), posts.VERBS)
    assert "delivery has failed" not in browser(legal).get(home).content.decode()
    act(boss, "give_up", invitation)
    assert "delivery has failed" not in boss.get(home).content.decode()


def test_the_home_names_contracts_that_wait_for_their_seal(boss, sender, sales, answered):
    from tests.passing import later

    home = reverse("wagtailadmin_home")
    signatures.sign_all(answered)
    words = f"{answered.contract.number} has waited 12 minutes for its seal"
    assert words not in boss.get(home).content.decode()
    later(timedelta(minutes=12))
    for client in (boss, browser(sender)):  # who owns it, too
        assert words in client.get(home).content.decode()
    reader = browser(builders.staff("reader", sales, ("view", "edit", "send")))
    assert words not in reader.get(home).content.decode()


def test_the_home_costs_the_same_however_much_waits(boss, template, sender, answered):
    from tests.passing import later

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            boss.get(reverse("wagtailadmin_home"))
        return len(seen)

    signatures.sign_all(answered)
    later(timedelta(minutes=12))
    queries()
    few = queries()
    for _ in range(2):
        made = builders.contract(template, sender)
        contracts.send(made, builders.shown(made), into="signing", by=builders.actor(sender))
        other = stage(made, sender)
        by = builders.guest(other.kari)
        contracts.answer(other.kari, other.version.digest, builders.ANSWERS, by=by)
        signatures.sign_all(stage(made, sender))
    later(timedelta(minutes=12))
    assert "has waited 24 minutes" in boss.get(reverse("wagtailadmin_home")).content.decode()
    assert queries() == few
