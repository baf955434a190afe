"""A text for many: a contract for each member of a group, in rounds."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from example_site import contents as made
from tests import builders, mails, signatures, tables
from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import tasks
from wagtail_contracts.contracts.errors import CircularRefused, NotAllowed, TemplateUnusable
from wagtail_contracts.contracts.flows import circulars, making, nudging
from wagtail_contracts.contracts.models import (
    Circular,
    CircularMember,
    Contract,
    GroupWorkspacePermission,
    Participant,
    Workspace,
)
from wagtail_contracts.outbox.models import Message

SOON = date(2099, 1, 1)
ROLES = [
    made.role("employer", "Employer", own=True),
    made.role("employee", "Employee", kind="person"),
]
BODY = [made.clause("Conduct", "Everybody is kind."), made.signatures("Signatures")]


def people(number: int, group: Group, name: str = "u") -> list[Any]:
    """So many members of a group, made at once."""
    names = [f"{name}{n}" for n in range(number)]
    rows = [
        get_user_model()(username=one, email=f"{one}@eksempel.example", first_name=one.title())
        for one in names
    ]
    users = get_user_model().objects.bulk_create(rows)
    group.user_set.add(*users)
    return users


@pytest.fixture
def staff(db: None) -> Group:
    """A user group."""
    return Group.objects.create(name="Everybody")


@pytest.fixture
def conduct(sales: Workspace) -> Any:
    """A text for all of them."""
    return builders.template(sales, "Code of conduct", body=BODY, fields=[], roles=ROLES)


def begun(conduct: Any, staff: Group, sender: Any, **more: Any) -> Circular:
    words = {"title": "Code of conduct 2099", "deadline": SOON, "by": builders.actor(sender)}
    return circulars.begin_circular(conduct, staff, **{**words, **more})


def made_by_the_worker(*, twice: bool = False) -> None:
    """What the worker does of it, without the mails."""
    waiting = list(Message.objects.filter(topic=events.CIRCULAR_DUE, done_at=None))
    for message in waiting * (2 if twice else 1):
        tasks.make_circular(message)
    Message.objects.filter(pk__in=[message.pk for message in waiting]).delete()


def changed(conduct: Any, words: str = "Everybody is kind, and on time.") -> Any:
    """The same template with another text, published."""
    conduct.body = [made.clause("Conduct", words), made.signatures("Signatures")]
    conduct.save_revision().publish()
    conduct.refresh_from_db()
    return conduct


def standings(circular: Circular) -> dict[str, str]:
    rows = contracts.circular_members(circular)
    return {row.user.get_username(): row.standing for row in rows}


def sign(circular: Circular, *names: str) -> None:
    """These people sign what they have of the newest round, by the flow."""
    rows = contracts.circular_members(circular).filter(user__username__in=names)
    for row in rows:
        signatures.sign(row.participant)


def test_each_member_gets_a_contract_of_their_own_and_one_mail(conduct, staff, sender):
    people(3, staff)
    circular = begun(conduct, staff, sender)
    assert set(standings(circular).values()) == {"making"}
    letters = mails.sent()
    assert sorted(mail.to[0] for mail in letters) == [f"u{n}@eksempel.example" for n in range(3)]
    rows = list(contracts.circular_members(circular))
    assert [row.standing for row in rows] == ["waiting"] * 3
    assert {row.contract.state for row in rows} == {"signing"}
    sign(circular, "u1")
    assert standings(circular) == {"u0": "waiting", "u1": "signed", "u2": "waiting"}
    assert Contract.objects.filter(state="signed").count() == 1  # our side need not sign
    assert set(contracts.circular_signed_at(rows)) == {rows[1].pk}


def test_nobody_gets_two_however_often_the_worker_is_asked(conduct, staff, sender):
    people(3, staff)
    circular = begun(conduct, staff, sender)
    made_by_the_worker(twice=True)
    assert Contract.objects.count() == 3
    row, text = CircularMember.objects.all()[0], making.Text(circular.newest)
    assert (
        making.make_one(row.pk, text, by=SYSTEM) == 0
    )  # as a worker that took the same batch does
    assert Contract.objects.count() == 3


def test_what_stands_in_the_way_of_one_is_told_and_holds_up_nobody(conduct, staff, sender):
    first, _second = people(2, staff)
    get_user_model().objects.filter(pk=first.pk).update(email="")
    circular = begun(conduct, staff, sender)
    made_by_the_worker()
    assert standings(circular) == {"u0": "failed", "u1": "waiting"}
    assert "has no e-mail address" in CircularMember.objects.get(user=first).problem
    get_user_model().objects.filter(pk=first.pk).update(email="u0@eksempel.example")
    assert circulars.take_in_newcomers(circular, by=builders.actor(sender)) == 1
    made_by_the_worker()
    assert standings(circular) == {"u0": "waiting", "u1": "waiting"}


def test_who_joins_can_be_taken_in_and_who_left_is_shown(conduct, staff, sender):
    first, second = people(2, staff)
    circular = begun(conduct, staff, sender)
    made_by_the_worker()
    sign(circular, "u0")
    staff.user_set.remove(first, second)
    assert standings(circular) == {"u0": "signed", "u1": "left"}
    people(1, staff, "new")
    assert [user.username for user in circulars.newcomers(circular)] == ["new0"]
    circulars.take_in_newcomers(circular, by=builders.actor(sender))
    made_by_the_worker()
    assert standings(circular) == {"u0": "signed", "u1": "left", "new0": "waiting"}
    assert circulars.take_in_newcomers(circular, by=builders.actor(sender)) == 0


def test_only_the_rest_is_reminded_and_each_once(conduct, staff, sender):
    people(3, staff)
    circular = begun(conduct, staff, sender)
    mails.sent()
    sign(circular, "u0")
    mails.sent()
    mails.forget()
    staff.user_set.remove(get_user_model().objects.get(username="u2"))
    assert nudging.remind_rest(circular, by=builders.actor(sender)) == 1
    [message] = Message.objects.filter(topic=events.CIRCULAR_REMINDER_DUE)
    tasks.remind_circular(message)  # and once more with the rest of the outbox
    assert [mail.to for mail in mails.sent()] == [["u1@eksempel.example"]]
    with tables.unchanged(), pytest.raises(CircularRefused):
        nudging.remind_rest(circular, by=builders.actor(sender))


def test_a_new_round_counts_anew_and_withdraws_what_is_still_out(conduct, staff, sender):
    people(2, staff)
    circular = begun(conduct, staff, sender)
    made_by_the_worker()
    sign(circular, "u0")
    circulars.begin_round(circular, changed(conduct), deadline=SOON, by=builders.actor(sender))
    made_by_the_worker()
    assert standings(circular) == {"u0": "waiting", "u1": "waiting"}
    earlier = {row.user.username: row.earlier for row in contracts.circular_members(circular)}
    assert earlier == {"u0": 1, "u1": None}
    old = {row.user.username: row.contract.state for row in contracts.circular_members(circular, 1)}
    assert old == {"u0": "signed", "u1": "withdrawn"}


def test_the_same_text_makes_no_round(conduct, staff, sender):
    people(1, staff)
    circular = begun(conduct, staff, sender)
    by = builders.actor(sender)
    with tables.unchanged(), pytest.raises(CircularRefused):
        circulars.begin_round(circular, conduct, deadline=SOON, by=by)
    assert circulars.begin_round(circular, changed(conduct), deadline=SOON, by=by).number == 2


def test_a_text_that_changed_before_the_worker_came_is_sent_to_nobody(conduct, staff, sender):
    people(1, staff)
    circular = begun(conduct, staff, sender)
    changed(conduct)
    made_by_the_worker()
    assert standings(circular) == {"u0": "failed"}
    assert Contract.objects.count() == 0


def test_it_takes_both_rights_over_all_of_the_workspace(conduct, staff, sender, sales):
    people(1, staff)
    verbs = GroupWorkspacePermission.objects.filter(group__user=sender)
    for verb in ("create", "send"):
        mine = verbs.get(verb=verb)
        mine.delete()
        with tables.unchanged(), pytest.raises(NotAllowed):
            begun(conduct, staff, sender)
        mine.save(force_insert=True)
    verbs.filter(verb="send").update(own=True)
    with tables.unchanged(), pytest.raises(NotAllowed):
        begun(conduct, staff, sender)
    verbs.filter(verb="send").update(own=False)
    circular = begun(conduct, staff, sender)
    stranger = builders.actor(builders.staff("per", builders.workspace("legal")))
    acts = {
        "round": lambda by: circulars.begin_round(circular, conduct, deadline=SOON, by=by),
        "join": lambda by: circulars.take_in_newcomers(circular, by=by),
        "remind": lambda by: nudging.remind_rest(circular, by=by),
    }
    for act in acts.values():
        with tables.unchanged(), pytest.raises(NotAllowed):
            act(stranger)


def test_a_text_between_other_parties_is_for_nobody(conduct, staff, sender, sales):
    people(1, staff)
    firm = [ROLES[0], made.role("firm", "Firm")]
    three = [*ROLES, made.role("third", "Third", kind="person")]
    for n, other in enumerate((firm, three)):
        page = builders.template(sales, f"Other {n}", body=BODY, fields=[], roles=other)
        with tables.unchanged(), pytest.raises(TemplateUnusable):
            begun(page, staff, sender)
    begun(conduct, staff, sender)


def test_an_empty_group_gets_nothing(conduct, staff, sender):
    with tables.unchanged(), pytest.raises(CircularRefused):
        begun(conduct, staff, sender)
    people(1, staff)
    begun(conduct, staff, sender)


def test_everybody_shows_who_they_are_as_the_template_asks_of_the_role(
    sales: Workspace, staff: Group, sender: Any
) -> None:
    people(2, staff)
    employer, employee = ROLES
    asked = {"opens_by": "email_code", "signs_by": "email_code"}
    roles = [employer, {**employee, "value": {**employee["value"], **asked}}]
    begun(builders.template(sales, "Conduct", body=BODY, fields=[], roles=roles), staff, sender)
    made_by_the_worker()
    found = Participant.objects.filter(party__role="employee").values(*asked)
    assert list(found) == [asked, asked]
