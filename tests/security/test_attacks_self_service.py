"""A public page that begins contracts: no flood, no enumeration, nothing of anybody else's."""

from __future__ import annotations

import re
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from tests import builders, mails, services, tables
from tests.public import visits
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import ApprovalMissing
from wagtail_contracts.contracts.flows import self_service
from wagtail_contracts.contracts.models import Contract, Participant, Visit
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.flows import privacy, visiting
from wagtail_contracts.signing.public import self_service as page

NOWHERE = f"/c/{'x' * 43}/"
COUNTED = ("ratewindow", "outbox_message")


@pytest.fixture
def offer(sales: Any, sender: Any) -> Any:
    """Nobody of ours signs."""
    return services.offer(services.template(sales), sender)


def test_a_thousand_posts_make_no_contract_and_at_most_the_limit_of_mails(
    offer: Any, monkeypatch: Any
) -> None:
    offer.ceiling = 4
    offer.save()
    most = 4 * visiting.MAILS_FOR_EACH
    stamp = services.stamp(offer, monkeypatch)

    def post(number: int) -> int:
        form = {"stamp": stamp, "name": "Robot", "email": f"r{number}@robot.example"}
        client = Client(REMOTE_ADDR=f"192.0.{number // 200}.{number % 200}")
        return client.post(services.address(offer), form).status_code

    answers = [post(number) for number in range(1000)]
    assert answers == [200] * most + [429] * (1000 - most)
    letters = mails.sent()
    assert len([letter for letter in letters if "robot" in letter.to[0]]) == most
    assert [letter.to for letter in letters[most:]] == [[offer.owner.email]]
    assert not Contract.objects.exists()


def test_one_network_asks_so_often_an_hour_and_no_more(offer: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(visiting, "ASKED_AN_HOUR", 3)

    def ask(network: str, number: int) -> int:
        email = f"{number}@visitor.example"
        client = Client(REMOTE_ADDR=f"{network}::{number:x}")
        return services.ask(client, offer, monkeypatch, email=email).status_code

    assert [ask("2001:db8:0:1", number) for number in range(3)] == [200] * 3
    before = Visit.objects.count()
    assert ask("2001:db8:0:1", 9) == 429
    assert Visit.objects.count() == before
    assert ask("2001:db8:0:2", 9) == 200


def test_a_mailbox_gets_so_many_mails_an_hour_and_nobody_learns_it(
    offer: Any, monkeypatch: Any
) -> None:
    answers = []
    for number in range(visiting.MAILED_AN_HOUR + 1):
        client = Client(REMOTE_ADDR=f"192.0.2.{number}")
        answers.append(services.ask(client, offer, monkeypatch, email="VERA@visitor.example"))
    assert len({(one.status_code, plain(one)) for one in answers}) == 1
    assert len(mails.sent()) == visiting.MAILED_AN_HOUR
    other = services.ask(Client(REMOTE_ADDR="192.0.2.99"), offer, monkeypatch, email="b@c.example")
    assert plain(other) == plain(answers[0])
    assert len(mails.sent()) == visiting.MAILED_AN_HOUR + 1


def plain(answer: Any) -> str:
    return re.sub(r'nonce="[^"]+"', "", answer.content.decode())


def test_so_many_contracts_are_begun_in_a_day_and_the_one_responsible_is_told_once(
    offer: Any, monkeypatch: Any
) -> None:
    offer.ceiling = 1
    offer.save()
    links = []
    for number in range(2):
        client = Client(REMOTE_ADDR=f"192.0.2.{number}")
        services.ask(client, offer, monkeypatch, email=f"{number}@visitor.example")
        links.append(services.link())
    assert Client().post(links[0]).status_code == 303
    with tables.unchanged(but=COUNTED):
        assert Client().post(links[1]).status_code == 409
        assert Client().post(links[1]).status_code == 409
    assert services.ask(Client(), offer, monkeypatch).status_code == 429
    told = [letter for letter in mails.sent() if letter.to == [offer.owner.email]]
    assert ["turned away" in letter.subject for letter in told].count(True) == 1

    monkeypatch.setattr(visiting, "DAY", timedelta(0))
    assert Client().post(links[1]).status_code == 303


def test_who_fills_in_what_nobody_sees_is_thanked_and_nothing_comes_of_it(
    offer: Any, monkeypatch: Any
) -> None:
    with tables.unchanged():
        typed = {page.TRAP: "https://spam.example"}
        trapped = services.ask(Client(), offer, monkeypatch, **typed)
    honest = services.ask(Client(), offer, monkeypatch)
    assert plain(trapped) == plain(honest)
    assert Visit.objects.count() == 1


def test_a_form_that_was_not_ours_or_is_too_fast_or_too_old_is_asked_for_again(
    offer: Any, monkeypatch: Any, sales: Any, sender: Any
) -> None:
    good = services.stamp(offer, monkeypatch)
    wrong = {
        "": "no stamp",
        f"{good}x": "forged",
        services.stamp(offer, monkeypatch, page.LEAST - 1): "too fast",
        services.stamp(offer, monkeypatch, page.MOST + 1): "too old",
        services.stamp(SimpleNamespace(pk=offer.pk + 1), monkeypatch): "of another page",
    }
    for stamp, why in wrong.items():
        with tables.unchanged():
            again = services.ask(Client(), offer, monkeypatch, stamp=stamp)
        assert again.status_code == 422, why
        assert "vera@visitor.example" in again.content.decode(), why
    assert services.ask(Client(), offer, monkeypatch, stamp=good).status_code == 200
    assert Visit.objects.count() == 1


def test_another_sites_page_sends_no_form(offer: Any, monkeypatch: Any) -> None:
    form = {"stamp": services.stamp(offer, monkeypatch), **services.VISITOR}
    where = services.address(offer)
    with tables.unchanged():
        foreign = Client().post(where, form, headers={"sec-fetch-site": "cross-site"})
    assert foreign.status_code == 403
    assert Client(enforce_csrf_checks=True).post(where, form).status_code == 200


def test_unknown_off_and_not_live_are_the_answer_that_every_unknown_link_gets(
    offer: Any, sender: Any
) -> None:
    where, unknown = services.address(offer), Client().get(NOWHERE)
    assert Client().get(where).status_code == 200

    def is_unknown() -> None:
        for verb in ("get", "post"):
            answer = getattr(Client(), verb)(where)
            assert (answer.status_code, answer.content) == (404, unknown.content)

    assert Client().get("/s/nothing/").content == unknown.content
    assert Client().get(f"{where}{'x' * 43}/").content == unknown.content
    self_service.switch_off(offer, by=SYSTEM)
    is_unknown()
    self_service.set_up(offer, by=SYSTEM)
    sender.is_active = False
    sender.save()
    is_unknown()
    sender.is_active = True
    sender.save()
    assert Client().get(where).status_code == 200
    offer.template.specific.unpublish()
    is_unknown()


def test_what_is_being_written_in_the_template_is_not_shown(offer: Any) -> None:
    page_ = offer.template.specific
    page_.body = [*page_.body.raw_data, *services.made_text("A secret of tomorrow")]
    page_.save_revision()
    assert "secret" not in Client().get(services.address(offer)).content.decode()
    page_.save_revision().publish()
    assert "A secret of tomorrow" in Client().get(services.address(offer)).content.decode()


def test_looking_changes_nothing_and_begins_nothing(offer: Any, monkeypatch: Any) -> None:
    services.ask(Client(), offer, monkeypatch)
    link = services.link()
    preview = Client()
    with tables.unchanged():
        for address in (services.address(offer), link):
            for verb in ("get", "head", "options"):
                assert getattr(preview, verb)(address).status_code == 200
    assert not Contract.objects.exists()
    assert Client().post(link).status_code == 303
    assert Contract.objects.count() == 1


def test_a_link_begins_one_contract_however_often_it_is_pressed(
    offer: Any, monkeypatch: Any
) -> None:
    services.ask(Client(), offer, monkeypatch)
    link = services.link()
    places = {Client().post(link)["Location"] for _ in range(3)}
    assert (len(places), Contract.objects.count()) == (1, 1)


def test_a_link_is_over_after_a_day_and_opens_no_other_page(
    offer: Any, monkeypatch: Any, sales: Any, sender: Any
) -> None:
    other = services.offer(services.template(sales), sender, slug="other")
    services.ask(Client(), offer, monkeypatch)
    link = services.link()
    with tables.unchanged():
        assert Client().post(link.replace("course", other.slug)).status_code == 404
    later = timezone.now() + timedelta(hours=24, minutes=1)
    with monkeypatch.context() as patch, tables.unchanged():
        patch.setattr("django.utils.timezone.now", lambda: later)
        assert Client().post(link).status_code == 404
    assert Client().post(link).status_code == 303


def test_no_visitor_reaches_the_contract_of_another(offer: Any, monkeypatch: Any) -> None:
    one, two = Client(REMOTE_ADDR="192.0.2.1"), Client(REMOTE_ADDR="192.0.2.2")
    vera = services.begin(one, offer, monkeypatch)
    viggo = services.begin(two, offer, monkeypatch, name="Viggo", email="viggo@visitor.example")
    assert vera.party.contract_id != viggo.party.contract_id
    form = {**visits.shown(vera), "a-allergies": "Nuts", "do": "save"}
    assert one.post(visits.page("answers", vera), form).status_code == 303
    for name in ("contract", "sign", "people", "threads", "state"):
        assert one.get(visits.page(name, vera)).status_code == 200, name
        assert two.get(visits.page(name, vera)).status_code == 404, name
        assert one.get(visits.page(name, viggo)).status_code == 404, name
    theirs = two.get(visits.page("contract", viggo)).content.decode()
    public = Client().get(services.address(offer)).content.decode()
    for word in ("Nuts", "Vera", "vera@visitor.example"):
        assert word not in theirs + public


def test_what_was_typed_is_kept_encrypted_and_is_gone_after_a_day(
    offer: Any, monkeypatch: Any
) -> None:
    services.ask(Client(), offer, monkeypatch)
    stored = [repr(tables.rows(name)) for name in tables.names()]
    assert not [words for words in stored if "vera@" in words or "Vera" in words]
    assert Visit.objects.get().email == "vera@visitor.example"
    assert visiting.forget_visits(by=SYSTEM) == 0
    Visit.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert visiting.forget_visits(by=SYSTEM) == 1
    assert not Participant.objects.exists()


def test_a_mail_says_nothing_that_was_typed(offer: Any, monkeypatch: Any) -> None:
    words = {"name": "Buy gold today", "email": "victim@visitor.example"}
    assert services.ask(Client(), offer, monkeypatch, **words).status_code == 200
    (letter,) = mails.sent()
    assert letter.to == ["victim@visitor.example"]
    assert "gold" not in letter.subject + letter.body
    mail.outbox.clear()
    with tables.unchanged():
        linked = services.ask(Client(), offer, monkeypatch, name="See www.spam.example")
    assert linked.status_code == 422


def test_what_holds_a_contract_back_later_makes_none_and_tells_who_is_responsible(
    offer: Any, monkeypatch: Any
) -> None:
    services.ask(Client(), offer, monkeypatch)
    link = services.link()
    with monkeypatch.context() as patch:
        patch.setattr(self_service, "send", refuse)
        with tables.unchanged(but=COUNTED):
            assert Client().post(link).status_code == 409
    letters = mails.sent()
    assert letters[-1].to == [offer.owner.email]
    assert Client().post(link).status_code == 303


def refuse(*args: Any, **more: Any) -> None:
    """As `send` does where a rule was made meanwhile."""
    raise ApprovalMissing("A rule asks.")


@pytest.mark.parametrize("erased", [False, True])
def test_the_link_by_which_somebody_began_ends_with_all_others_that_they_had(
    offer: Any, sender: Any, monkeypatch: Any, *, erased: bool
) -> None:
    vera, by = services.begin(Client(), offer, monkeypatch), builders.actor(sender)
    first = services.link()
    if erased:
        contracts.withdraw(vera.party.contract, "Not now.", by=by)
    assert Client().post(first).status_code == 303

    if erased:
        boss = builders.staff("boss", offer.workspace, ("view", "administer", "sensitive"))
        privacy.erase_person(vera, "Vera asked for it.", by=builders.actor(boss))
    else:
        signing.reissue(vera, by=by)
    with tables.unchanged(but=COUNTED):
        assert Client().post(first).status_code == 404
