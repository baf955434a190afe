"""Tags, folder and reminders in the third step of a new contract, by whoever may set each."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import builders, tables
from tests.admin import wizard
from wagtail_contracts.contracts.models import Contract, Listing, ReminderRule

ARRANGED = {"tags": "urgent, 2027", "folder": "Spring", "unopened": "2", "every": "", "before": "3"}


def tags(contract: Contract) -> list[str]:
    return list(contract.tagged.order_by("tag__name").values_list("tag__name", flat=True))


def days(contract: Contract) -> tuple[int | None, ...]:
    rule = ReminderRule.objects.get(contract=contract)
    return rule.unopened, rule.every, rule.before


def test_they_are_kept_shown_again_and_changed(admin, draft):
    assert wizard.post(admin, "details", draft, wizard.details(**ARRANGED)).status_code == 302
    assert (tags(draft), days(draft)) == (["2027", "urgent"], (2, None, 3))
    assert Listing.objects.get(contract=draft).folder.name == "Spring"
    page = admin.get(wizard.posts.address("details", draft.pk)).content.decode()
    assert 'value="2027, urgent"' in page
    assert 'value="Spring"' in page
    changed = {**ARRANGED, "tags": "Urgent", "folder": ""}
    wizard.post(admin, "details", draft, wizard.details(**changed))
    assert tags(draft) == ["urgent"]
    assert Listing.objects.get(contract=draft).folder is None


def test_what_is_as_the_workspace_says_and_what_is_not_on_the_page_is_left_alone(admin, draft):
    wizard.post(admin, "details", draft, wizard.details(**ARRANGED))
    with tables.unchanged():
        wizard.post(admin, "details", draft, wizard.details(**ARRANGED))
        wizard.post(admin, "details", draft, wizard.details())


@pytest.mark.parametrize(
    "wrong", [{"tags": "x" * 61}, {"folder": "a, b"}, {"every": "1"}, {"before": "soon"}]
)
def test_what_is_wrong_is_said_and_nothing_is_stored(admin, draft, wrong):
    with tables.unchanged():
        said = wizard.details(**{**ARRANGED, **wrong})
        page = wizard.post(admin, "details", draft, said).content.decode()
    assert "There is something to correct" in page
    assert "urgent, 2027" in page or "tags" in wrong


@pytest.mark.parametrize(
    ("verbs", "place", "reminders"),
    [(("view", "create", "edit"), True, False), (("view", "create"), False, False)],
)
def test_each_is_shown_to_whoever_may_set_it(template, sales, verbs, place, reminders):
    user = builders.staff("nina", sales, verbs)
    client = Client()
    client.force_login(user)
    mine = builders.contract(template, user)
    context = client.get(wizard.posts.address("details", mine.pk)).context
    assert (context["arrangement"].place is not None) == place
    assert (context["arrangement"].days is not None) == reminders
    wizard.post(client, "details", mine, wizard.details(**{**ARRANGED, "do": "keep"}))
    assert bool(tags(mine)) == place
    assert ReminderRule.objects.exists() == reminders
