"""My contracts: what staff without the admin must sign and have signed, and their way in."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.template import engines
from django.test import Client, RequestFactory
from django.urls import reverse

from tests import builders, mails, signatures, tables
from tests.public import visits
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.models import (
    Contract,
    GroupWorkspacePermission,
    Participant,
    Workspace,
)
from wagtail_contracts.signing import flows as signing

MINE = reverse("wagtail_contracts:mine")
ADMIN = "access_admin"


@pytest.fixture
def vidar(sales: Workspace) -> Any:
    """A member of staff who may be named there, and can't enter the admin."""
    user = builders.staff("vidar", sales, ("view",))
    GroupWorkspacePermission.objects.filter(group__user=user).update(own=True)
    user.groups.get().permissions.clear()
    return user


@pytest.fixture
def his(template: Any, sender: Any, vidar: Any) -> SimpleNamespace:
    """A contract that Vidar signs for our side, beside one in which he has no part."""
    sent = _sent(template, sender, vidar, "Lifts 2027")
    other = _sent(template, sender, sender, "Secret merger")
    return SimpleNamespace(
        contract=sent, other=other, person=_person(sent), stranger=_person(other)
    )


def _sent(template: Any, sender: Any, ours: Any, title: str) -> Contract:
    draft = builders.contract(template, sender, title=title, parties=builders.parties(ours))
    contracts.send(draft, builders.shown(draft), into="signing", by=builders.actor(sender))
    return Contract.objects.get(pk=draft.pk)


def _person(contract: Contract, role: str = "supplier") -> Participant:
    return Participant.objects.get(party__contract=contract, party__role=role)


def browser(user: Any) -> Client:
    """Somebody who is logged in."""
    client = Client()
    client.force_login(user)
    return client


def opened(person: Participant) -> str:
    return reverse("wagtail_contracts:mine_open", args=[person.public_id])


def complete(contract: Contract) -> None:
    """The customer has filled in and signed: it is our turn."""
    kari = _person(contract, "customer")
    version = Contract.objects.get(pk=contract.pk).current_version
    contracts.answer(kari, version.digest, builders.ANSWERS, by=builders.guest(kari))
    signatures.sign(kari)


def test_from_the_list_to_the_signature(his, vidar):
    complete(his.contract)
    client = browser(vidar)
    page = client.get(MINE).content.decode()
    assert "It is your turn to sign" in page
    assert f'action="{opened(his.person)}"' in page
    answer = client.post(opened(his.person))
    place = reverse("wagtail_contracts:contract", args=[his.person.public_id])
    assert (answer.status_code, answer.url) == (303, place)
    assert client.get(place).status_code == 200
    visits.sign(client, his.person)
    assert Contract.objects.get(pk=his.contract.pk).state == "signed"
    page = client.get(MINE).content.decode()
    assert "Signed by everyone" in page
    assert "Nothing waits for you." in page


def test_it_shows_one_s_own_and_nothing_of_others(his, vidar):
    page = browser(vidar).get(MINE).content.decode()
    assert "Lifts 2027" in page
    assert not any(word in page for word in ("Secret merger", his.stranger.public_id))
    assert "You have not signed anything yet." in page
    empty = browser(builders.staff("per")).get(MINE).content.decode()
    assert "Lifts 2027" not in empty
    assert "Nothing waits for you." in empty


def test_a_confidential_title_is_shown_to_those_alone_who_may_read_it_anyhow(his, vidar, sender):
    """The gate asks who one is before anything is shown, whoever has left a browser logged in."""
    assert "Lifts 2027" in browser(vidar).get(MINE).content.decode()
    both = (his.contract, his.other)
    for contract in both:
        contracts.keep_close(contract, "identify", by=builders.actor(sender))
    page = browser(vidar).get(MINE).content.decode()
    assert ("Lifts 2027" in page, "Confidential contract" in page) == (False, True)
    assert his.contract.number in page
    assert "Secret merger" in browser(sender).get(MINE).content.decode()


def test_a_draft_is_not_shown_before_it_is_sent(template, sender, vidar):
    draft = builders.contract(template, sender, title="Not yet", parties=builders.parties(vidar))
    client = browser(vidar)
    assert "Not yet" not in client.get(MINE).content.decode()
    assert client.post(opened(_person(draft))).status_code == 404
    contracts.send(draft, builders.shown(draft), into="signing", by=builders.actor(sender))
    assert "Not yet" in client.get(MINE).content.decode()
    assert client.post(opened(_person(draft))).status_code == 303


def test_the_title_is_the_one_that_was_sent(his, vidar):
    contract = Contract.objects.get(pk=his.contract.pk)
    contract.title = "A title nobody has seen"
    contract.save()
    page = browser(vidar).get(MINE).content.decode()
    assert ("Lifts 2027" in page, "nobody has seen" in page) == (True, False)


def test_nobody_opens_what_is_another_s(his, vidar, sender):
    client = browser(vidar)
    kari = _person(his.contract, "customer")
    with tables.unchanged():
        for person in (his.stranger, kari):
            assert client.post(opened(person)).status_code == 404
        assert browser(builders.staff("per")).post(opened(his.person)).status_code == 404
        assert (
            client.post(reverse("wagtail_contracts:mine_open", args=["x" * 22])).status_code == 404
        )
        assert client.get(opened(his.person)).status_code == 405
    assert client.post(opened(his.person)).status_code == 303


def test_whoever_is_not_logged_in_is_led_to_the_log_in(his, client, settings):
    settings.LOGIN_URL = "/log-in/"
    led = f"/log-in/?next={MINE}"
    with tables.unchanged():
        assert client.get(MINE).url == led
        assert client.post(opened(his.person)).url == led


def test_whoever_has_left_comes_in_no_more(his, vidar):
    client = browser(vidar)
    vidar.is_active = False
    vidar.save()
    with tables.unchanged():
        assert client.post(opened(his.person)).status_code == 302


def test_a_session_that_goes_on_is_used_again(his, vidar):
    client = browser(vidar)
    client.post(opened(his.person))
    with tables.unchanged():
        assert client.post(opened(his.person)).status_code == 303
    signing.reissue(his.person, by=SYSTEM)  # ends it
    place = reverse("wagtail_contracts:contract", args=[his.person.public_id])
    assert client.get(place).status_code == 404
    client.post(opened(his.person))
    assert client.get(place).status_code == 200


def test_whoever_can_open_it_in_the_admin_is_led_there(his, sender):
    page = browser(sender).get(MINE).content.decode()
    place = reverse("wagtail_contracts_contract:sign", args=[his.other.pk])
    assert f'href="{place}"' in page
    assert "<form" not in page


def test_the_mail_leads_whoever_cannot_enter_to_a_personal_link(his, vidar):
    letter = mails.one(his.person, "invitation")
    assert "/c/" in letter.body
    vidar.groups.get().permissions.add(Permission.objects.get(codename=ADMIN))
    assert "/c/" in mails.one(his.person, "invitation").body  # sees only contracts of their own
    GroupWorkspacePermission.objects.update(own=False)
    assert (
        f"/admin/contracts/inspect/{his.contract.pk}/" in mails.one(his.person, "invitation").body
    )


def test_colleagues_without_admin_access_may_be_named(sales, vidar):
    builders.staff("elsewhere", builders.workspace("legal"))
    assert list(permissions.colleagues(sales)) == [vidar]
    Group.objects.get(user=vidar).user_set.clear()
    assert list(permissions.colleagues(sales)) == []


def test_the_tag_shows_the_same_in_a_page_of_the_site_s_own(his, vidar):
    complete(his.contract)
    source = (
        "{% load wagtail_contracts_mine %}{% contracts_to_sign as n %}{{ n }}{% my_contracts %}"
    )
    page = engines["django"].from_string(source)
    request = RequestFactory().get("/intranet/")
    request.user = vidar
    shown = page.render({}, request)
    assert shown.startswith("1")
    assert "Lifts 2027" in shown
    request.user = builders.staff("per")
    assert page.render({}, request).startswith("0")
    del request.user
    assert page.render({}, request).strip() == "0"


def test_what_ended_comes_a_page_at_a_time(template, sender, vidar, monkeypatch):
    monkeypatch.setattr("wagtail_contracts.signing.public.mine.SHOWN", 2)
    for number in range(3):
        sent = _sent(template, sender, vidar, f"Lift {number}")
        contracts.withdraw(sent, "No longer needed.", by=builders.actor(sender))
    client = browser(vidar)
    shown = [client.get(MINE, {"page": page}).content.decode() for page in ("", "2", "x")]
    assert [page.count("<b>Lift") for page in shown] == [2, 1, 2]
    assert "Withdrawn." in shown[1]


def test_the_questions_are_as_many_however_many_contracts(
    template, sender, vidar, django_assert_max_num_queries
):
    client = browser(vidar)
    for number in range(2):
        _sent(template, sender, vidar, f"Lift {number}")
        with django_assert_max_num_queries(12):
            client.get(MINE)
