"""Second factors: each change is an event, its owner is told, and only some may reset."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission
from wagtail.users.models import UserProfile

from tests import builders, mails, tables
from tests.admin.test_stepup import code
from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import CodeRefused, FactorsKept, ReasonMissing
from wagtail_contracts.contracts.models import GroupWorkspacePermission, Workspace

DEVICES = ("otp_totp_totpdevice", "otp_static_staticdevice", "otp_static_statictoken")
ADMINISTER = ("view", "administer")


@pytest.fixture
def boss(sales: Workspace) -> Any:
    """Somebody who administers the workspace."""
    return builders.staff("boss", sales, ADMINISTER)


@pytest.fixture
def phone(sender: Any) -> TOTPDevice:
    """The sender's device, with recovery codes beside it."""
    device = contracts.begin_factor(sender, "phone", by=builders.actor(sender))
    contracts.confirm_factor(device, code(device), by=builders.actor(sender))
    contracts.renew_recovery(sender, by=builders.actor(sender))
    return device


def factor_rows() -> list[Any]:
    """Everything in the tables of factors."""
    return [tables.rows(name) for name in DEVICES]


def told() -> list[tuple[str, dict[str, Any]]]:
    """Names and data in the trail of the staff."""
    return [(event.name, event.content["data"]) for event in Event.objects.of("staff")]


def reset(person: Any, by: Any, reason: str = "Lost the phone.") -> None:
    contracts.reset_factors(person, reason, by=builders.actor(by))


def test_each_change_is_an_event_and_a_mail_to_the_owner(sender, boss, phone):
    contracts.remove_factor(phone, by=builders.actor(sender))
    second = contracts.begin_factor(sender, "tablet", by=builders.actor(sender))
    contracts.confirm_factor(second, code(second), by=builders.actor(sender))
    reset(sender, boss)
    names = [name for name, _data in told()]
    added, removed = events.FACTOR_ADDED, events.FACTOR_REMOVED
    assert names == [added, events.RECOVERY_RENEWED, removed, added, events.FACTOR_RESET]
    assert [data["devices"] for _name, data in told()] == [1, 1, 0, 1, 0]
    assert {data["user"] for _name, data in told()} == {sender.pk}
    assert audit.verify("staff").length == 5
    letters = mails.sent()
    assert [letter.to for letter in letters] == [[sender.email]] * 5
    assert len({letter.subject for letter in letters}) == 4
    assert [("Boss Nordmann" in letter.body) for letter in letters] == [False] * 4 + [True]
    for letter in letters:
        for words in (letter.body, letter.alternatives[0].content):
            assert "/admin/contract-factors/" in words
            assert "Lost the phone" not in words


def test_the_mail_is_in_the_language_of_its_reader(sender, phone):
    UserProfile.objects.create(user=sender, preferred_language="nb")
    pages = [letter.alternatives[0].content for letter in mails.sent()]
    assert ['<html lang="nb" dir="ltr">' in page for page in pages] == [True, True]


def test_the_system_may_remove_one_and_is_not_named(sender, phone):
    mails.forget()
    contracts.remove_factor(phone, by=SYSTEM)
    [letter] = mails.sent()
    assert (letter.to, "did it" in letter.body) == ([sender.email], False)


def test_whoever_has_no_address_is_told_nothing(sender, phone):
    get_user_model().objects.update(email="")
    assert mails.sent() == []


def test_the_reason_of_a_reset_is_disclosed_and_not_recorded(sender, boss, phone):
    reset(sender, boss)
    event = Event.objects.of("staff").get(name=events.FACTOR_RESET)
    assert "Lost the phone" not in event.record
    assert "reason" in {one["k"] for one in event.content["commitments"]}


def test_a_reset_removes_everything_of_this_person_and_nothing_of_others(sender, boss, phone):
    other = TOTPDevice.objects.create(user=boss, name="phone", confirmed=True)
    contracts.begin_factor(sender, "begun", by=builders.actor(sender))
    reset(sender, boss)
    assert list(TOTPDevice.objects.all()) == [other]
    assert not StaticToken.objects.exists()


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_reset_has_a_reason(sender, boss, phone, reason):
    before = factor_rows()
    with tables.unchanged(), pytest.raises(ReasonMissing):
        reset(sender, boss, reason)
    assert factor_rows() == before


def refuses(person: Any, by: Any) -> None:
    before = factor_rows()
    with tables.unchanged(), pytest.raises(FactorsKept):
        reset(person, by)
    assert factor_rows() == before


def test_nobody_resets_their_own(sales, phone):
    sender = phone.user
    GroupWorkspacePermission.objects.create(
        group=sender.groups.get(), workspace=sales, verb="administer"
    )
    refuses(sender, sender)
    reset(sender, builders.staff("boss", sales, ADMINISTER))


def test_only_who_administers_every_workspace_of_the_person_resets(sales, sender, boss, phone):
    refuses(sender, builders.staff("per", sales, ("view", "send")))
    legal = builders.workspace("legal")
    refuses(sender, builders.staff("elsewhere", legal, ADMINISTER))
    group = sender.groups.get()
    GroupWorkspacePermission.objects.create(group=group, workspace=legal, verb="view")
    refuses(sender, boss)
    for verb in ADMINISTER:
        GroupWorkspacePermission.objects.create(group=boss.groups.get(), workspace=legal, verb=verb)
    reset(sender, boss)


def user_manager(group: Group, template: Any) -> None:
    group.permissions.add(Permission.objects.get(codename="change_user"))


def of_their_own(group: Group, template: Any) -> None:
    may = Permission.objects.get(codename="change_user")
    for user in group.user_set.all():
        user.user_permissions.add(may)


def site_editor(group: Group, template: Any) -> None:
    page = template.get_parent().get_parent()
    GroupPagePermission.objects.create(group=group, page=page, permission_type="publish")


def deletes_templates(group: Group, template: Any) -> None:
    page = template.get_parent()
    GroupPagePermission.objects.create(group=group, page=page, permission_type="bulk_delete")


def picture_editor(group: Group, template: Any) -> None:
    may = Permission.objects.get(codename="add_image")
    collection = Collection.get_first_root_node()
    GroupCollectionPermission.objects.create(group=group, collection=collection, permission=may)


POWERS = (user_manager, of_their_own, site_editor, deletes_templates, picture_editor)


@pytest.mark.parametrize("power", POWERS)
def test_who_may_more_in_the_site_is_reset_by_who_may_as_much(template, sender, boss, phone, power):
    power(sender.groups.get(), template)
    refuses(sender, boss)
    power(boss.groups.get(), template)
    reset(sender, boss)


def test_who_writes_the_templates_of_a_workspace_is_reset_by_who_administers_it(
    template, sales, sender, boss, phone
):
    page, legal = template.get_parent(), builders.workspace("legal")
    other = builders.template(legal).get_parent()
    for kind in ("add", "change", "publish"):
        for place in (page, other):
            GroupPagePermission.objects.create(
                group=sender.groups.get(), page=place, permission_type=kind
            )
    refuses(sender, boss)
    builders.joins(boss, legal, ADMINISTER)
    reset(sender, boss)


def test_an_administrator_resets_no_superuser_and_a_superuser_everybody(sales, boss):
    users = get_user_model().objects
    root = users.create_superuser("root", "root@example.com", "x")
    root.groups.set(boss.groups.all())
    other = users.create_superuser("other", "other@example.com", "x")
    TOTPDevice.objects.create(user=root, name="phone", confirmed=True)
    refuses(root, boss)
    reset(root, other)


def test_the_system_and_whoever_left_reset_nothing(sender, boss, phone):
    with pytest.raises(FactorsKept):
        contracts.reset_factors(sender, "Lost the phone.", by=SYSTEM)
    get_user_model().objects.filter(pk=boss.pk).update(is_active=False)
    refuses(sender, boss)


def test_a_recovery_code_is_used_up_by_the_first_who_gives_it(sender, phone):
    given = contracts.renew_recovery(sender, by=builders.actor(sender))
    answers = [contracts.code_accepted(sender, phone.persistent_id, given[0]) for _n in range(2)]
    assert answers == [True, False]
    assert contracts.recovery_left(sender) == 9
    assert not contracts.code_accepted(builders.staff("per"), phone.persistent_id, given[1])


def test_a_device_that_was_never_confirmed_accepts_nothing(sender):
    begun = contracts.begin_factor(sender, "phone", by=builders.actor(sender))
    assert not contracts.code_accepted(sender, begun.persistent_id, code(begun))
    with tables.unchanged(), pytest.raises(CodeRefused):
        contracts.confirm_factor(begun, "000000", by=builders.actor(sender))
    assert contracts.factors_of(sender) == []


def test_who_has_how_many_is_asked_once_for_all(
    sales, sender, boss, phone, django_assert_num_queries
):
    people = [sender, boss]
    with django_assert_num_queries(1):
        assert contracts.factor_counts(people) == {sender.pk: 1, boss.pk: 0}
