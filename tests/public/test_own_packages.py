"""Those of our own side who sign several contracts of a package."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from tests import builders, mails, tables
from tests.public import visits
from tests.public.test_packages import (  # noqa: F401 - fixtures
    TITLES,
    drafts,
    offer,
    person,
    short,
    step,
)
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Participant
from wagtail_contracts.contracts.models.guards import unguarded


def test_ours_who_sign_several_get_one_mail_that_lists_them(drafts, short, sender):  # noqa: F811
    eva = builders.staff("eva", drafts[0].workspace)
    parties = builders.parties(sender)
    parties[0].people.append(contracts.PersonDraft("Eva Nordmann", eva.email, user=eva))
    last = builders.contract(short, sender, title="Last", values={}, parties=parties)
    mails.forget()
    by = builders.actor(sender)
    contracts.send_together([offer(one) for one in (*drafts, last)], into="signing", by=by)

    letters = {letter.to[0]: letter for letter in mails.sent()}
    assert len(letters) == len(mails.sent()) == 3
    ours, once = letters["ola@eksempel.example"], letters["eva@eksempel.example"]
    assert "4 contracts" in ours.subject
    assert all(title in ours.body for title in (*TITLES, "Last"))
    assert mails.links(ours)[0].endswith(reverse("wagtail_contracts_contract:list"))
    assert ("Last" in once.subject, "contracts" in once.subject) == (True, False)


def test_ours_who_enter_no_admin_get_a_link_to_their_own_package(drafts, sender):  # noqa: F811
    boss = get_user_model().objects.create_user("boss", "boss@eksempel.example")
    people = Participant.objects.filter(party__role="supplier")
    with unguarded():
        people.update(user=boss, email=boss.email, name="Boss")
    mails.forget()
    by = builders.actor(sender)
    contracts.send_together([offer(one) for one in drafts], into="signing", by=by)

    (letter,) = [letter for letter in mails.sent() if letter.to == [boss.email]]
    client = Client()
    answer = client.post("/" + mails.links(letter)[0].split("/", 3)[3])
    first = people.order_by("pk")[0]
    assert answer.url == visits.page("package", first)
    page = client.get(answer.url).content.decode()
    assert all(title in page for title in TITLES)
    with tables.unchanged(but=("_ratewindow",)):
        assert step(client, first, person(drafts[0])).status_code == 404
    assert step(client, first, people.order_by("pk")[1]).status_code == 303
