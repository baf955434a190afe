"""A text for many: a contract for each member of a group, in rounds."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from example_site import contents as made
from tests import builders, mails
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Workspace

SOON = date(2099, 1, 1)
ROLES = [
    made.role("employer", "Employer", own=True),
    made.role("employee", "Employee", kind="person"),
]
BODY = [made.clause("Conduct", "Everybody is kind."), made.signatures("Signatures")]


def people(number: int, group: Group) -> list[Any]:
    """So many members of a group, made at once."""
    rows = [
        get_user_model()(username=f"u{n}", email=f"u{n}@eksempel.example", first_name=f"U{n}")
        for n in range(number)
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


def begun(conduct: Any, staff: Group, sender: Any, **more: Any) -> Any:
    words = {"title": "Code of conduct 2099", "deadline": SOON, "by": builders.actor(sender)}
    return contracts.begin_circular(conduct, staff, **{**words, **more})


def test_each_member_gets_a_contract_of_their_own_and_one_mail(conduct, staff, sender):
    people(3, staff)
    circular = begun(conduct, staff, sender)
    letters = mails.sent()
    assert sorted(letter.to[0] for letter in letters) == [
        f"u{n}@eksempel.example" for n in range(3)
    ]
    rows = list(contracts.circular_members(circular))
    assert [row.standing for row in rows] == ["waiting"] * 3
    assert {row.contract.state for row in rows} == {"signing"}
