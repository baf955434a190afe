"""The list behind the bell, and what one chooses to be told by mail."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders, mails, tables
from tests.admin import posts
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import GroupWorkspacePermission, Notification
from wagtail_contracts.contracts.models.notifications import How, Kind, choices_of

LIST, ALL = "wagtail_contracts_notifications", "wagtail_contracts_read_notifications"
OPEN = "wagtail_contracts_open_notification"


def told(user, draft, by):
    """Something that `user` is told of a contract."""
    contracts.change_owner(draft, user, by=builders.actor(by))
    mails.sent()
    return Notification.objects.get(user=user)


@pytest.fixture
def eva(sales):
    return builders.staff("eva", sales)


@pytest.fixture
def at(client, eva):
    client.force_login(eva)
    return client


def page(client):
    return client.get(reverse(LIST)).content.decode()


def test_the_list_says_what_happened_and_the_bell_how_much_is_unread(at, eva, draft, sender):
    assert "Nothing yet." in page(at)
    told(eva, draft, sender)
    text = page(at)

    assert "Eva Nordmann is the owner of Hosting 2027 now" in text
    assert "Unread:" in text
    assert "Notifications (1)" in text


def test_opening_one_marks_it_and_leads_to_its_contract(at, eva, draft, sender):
    note = told(eva, draft, sender)
    with tables.unchanged():
        assert at.get(reverse(OPEN, args=[note.pk])).status_code == 405
    answer = at.post(reverse(OPEN, args=[note.pk]))

    assert answer.url == posts.address("inspect", draft.pk)
    assert "Unread:" not in page(at)
    assert "Notifications (1)" not in page(at)


def test_all_are_marked_at_once_and_nobody_elses(at, eva, draft, sender):
    note = told(eva, draft, sender)
    theirs = Notification.objects.create(
        message="x", user=sender, kind=Kind.SENT, contract=draft, how=How.NEVER
    )
    at.post(reverse(ALL))

    assert Notification.objects.get(pk=note.pk).read_at
    assert Notification.objects.get(pk=theirs.pk).read_at is None


def test_what_is_somebody_elses_is_not_there(at, draft, sender, eva):
    note = told(eva, draft, sender)
    mine = reverse(OPEN, args=[note.pk])
    other = Client()
    other.force_login(sender)
    with tables.unchanged():
        assert other.post(mine).status_code == 404
    assert at.post(mine).status_code == 302


def test_what_one_may_not_see_any_more_is_not_there(at, draft, sender, eva):
    note = told(eva, draft, sender)
    elsewhere = builders.workspace("legal")
    GroupWorkspacePermission.objects.filter(group__user=eva).update(workspace=elsewhere)

    assert "Hosting" not in page(at)
    assert "Notifications (1)" not in page(at)
    with tables.unchanged():
        assert at.post(reverse(OPEN, args=[note.pk])).status_code == 404


def test_the_list_asks_as_often_for_many_as_for_one(
    at, eva, draft, sender, django_assert_max_num_queries
):
    told(eva, draft, sender)
    page(at)
    with django_assert_max_num_queries(40) as few:
        page(at)
    Notification.objects.bulk_create(
        Notification(message=f"m{n}", user=eva, kind=Kind.OPENED, contract=draft, how=How.DAILY)
        for n in range(20)
    )
    with django_assert_max_num_queries(len(few)):
        assert page(at).count("Unread:") == 21


def account(client, **chosen):
    """Post the page of the account as it stands, with these choices."""
    form = client.get(reverse("wagtailadmin_account")).context["panels_by_tab"]
    data = {}
    for panels in form.values():
        for panel in panels:
            found = {field.html_name: field.value() for field in panel.get_form()}
            data |= {name: value for name, value in found.items() if isinstance(value, str)}
    data |= {f"contract_notifications-{kind}": how for kind, how in chosen.items()}
    return client.post(reverse("wagtailadmin_account"), data)


def test_one_chooses_in_ones_account(at, eva):
    usual = choices_of(eva)
    assert account(at, declined="daily", opened="never").status_code == 302

    assert choices_of(eva) == {**usual, "declined": "daily", "opened": "never"}


def test_a_choice_that_there_is_not_is_refused(at, eva):
    with tables.unchanged():
        assert account(at, declined="hourly").status_code == 200
    assert account(at, declined="daily").status_code == 302


def test_who_sees_no_contracts_is_asked_for_no_choices(client, db):
    client.force_login(builders.staff("liv"))

    assert (
        "E-mails about contracts"
        not in client.get(reverse("wagtailadmin_account")).content.decode()
    )
    assert client.get(reverse(LIST)).status_code == 302
