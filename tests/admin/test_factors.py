"""Second factors: set up behind a password, taken away by a code, asked for by workspaces."""

from __future__ import annotations

import logging
import re
from base64 import b32decode
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests import builders, mails, tables
from tests.admin import posts
from tests.admin.test_rights_groups import form, rights, save
from tests.admin.test_stepup import CONFIRM, code, give, post
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin.factors import enrolling, pages
from wagtail_contracts.contracts.admin.stepup import OWN
from wagtail_contracts.contracts.models import Contract, Workspace
from wagtail_contracts.sealing import flows as sealing

PASSWORD = "password"
KEY = re.compile(r'class="wc-key">([A-Z2-7 ]+)<')
CODES = re.compile(r"<li><code>([a-z2-9 ]+)</code></li>")
DEVICES = ("otp_totp_totpdevice", "otp_static_staticdevice", "otp_static_statictoken")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Print nothing."""
    monkeypatch.setattr(sealing, "render", lambda bundle: b"")


@pytest.fixture
def device(sender: Any) -> TOTPDevice:
    """The sender's code app."""
    return TOTPDevice.objects.create(user=sender, name="phone", confirmed=True)


def rows() -> list[Any]:
    """Everything that stands in the tables of factors."""
    return [tables.rows(name) for name in DEVICES]


def at(name: str, *args: Any, onwards: str = "") -> str:
    """The address of a page about factors."""
    return reverse(name, args=args) + (f"?{urlencode({'next': onwards})}" if onwards else "")


def begin(client: Any, password: str = PASSWORD, onwards: str = "") -> Any:
    """Give the password."""
    return client.post(at(pages.ADD, onwards=onwards), {"name": "My phone", "password": password})


def confirm(client: Any, said: str, onwards: str = "") -> Any:
    """Give the first code."""
    return client.post(at(pages.CONFIRM, onwards=onwards), {"code": said})


def enrol(client: Any, user: Any, onwards: str = "") -> Any:
    """The whole way."""
    begin(client, onwards=onwards)
    return confirm(client, code(TOTPDevice.objects.get(user=user, confirmed=False)), onwards)


def codes_on(answer: Any) -> list[str]:
    """The recovery codes that a page shows."""
    return CODES.findall(answer.content.decode())


def ask_for(workspace: Workspace, *verbs: str) -> None:
    """Let a workspace ask for a second factor."""
    Workspace.objects.filter(pk=workspace.pk).update(factor_verbs=list(verbs))


# -- setting up -----------------------------------------------------------------------------------


def test_the_whole_way_from_the_account_to_an_act(admin, draft, sender, sales):
    ask_for(sales, "send")
    url = posts.address("send", draft.pk)
    assert f'href="{at(OWN)}"' in admin.get(reverse("wagtailadmin_account")).content.decode()
    with tables.unchanged():
        for led in (admin.get(url), admin.post(url, post(draft))):
            assert led.url == at(OWN, onwards=url)
    assert "asks for a second factor" in admin.get(led.url).content.decode()
    shown = enrol(admin, sender, url)
    assert len(codes_on(shown)) == 10
    assert f'href="{url}"' in shown.content.decode()
    assert admin.get(url).status_code == 200  # the code that confirmed it is fresh
    admin.post(url, post(draft))
    assert Contract.objects.get(pk=draft.pk).state == "signing"


def test_the_key_is_shown_as_a_picture_and_as_text(admin, sender):
    begin(admin)
    page = admin.get(at(pages.CONFIRM))
    device = TOTPDevice.objects.get(user=sender)
    key = KEY.search(page.content.decode())[1].replace(" ", "")
    assert b32decode(key) == device.bin_key
    assert page.context["squares"].startswith("M4 4")  # behind four quiet squares
    assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize("password", ["", "wrong", "Password"])
def test_without_the_password_nothing_is_begun(admin, password):
    before = rows()
    answer = begin(admin, password)
    assert (answer.status_code, rows()) == (200, before)
    assert password not in answer.content.decode() or not password
    assert admin.get(at(pages.CONFIRM)).url == at(pages.ADD)
    assert begin(admin).url == at(pages.CONFIRM)


def test_the_key_is_for_the_session_that_gave_the_password(admin, sender):
    begin(admin)
    other = Client()
    other.force_login(sender)
    assert other.get(at(pages.CONFIRM)).url == at(pages.ADD)
    assert KEY.search(admin.get(at(pages.CONFIRM)).content.decode())


def test_the_key_is_shown_for_ten_minutes(admin):
    begin(admin)
    session = admin.session
    session[enrolling.BEGUN]["at"] -= enrolling.SECONDS + 1
    session.save()
    assert admin.get(at(pages.CONFIRM)).url == at(pages.ADD)


def test_a_wrong_first_code_is_counted_and_confirms_nothing(admin, sender):
    begin(admin)
    device = TOTPDevice.objects.get(user=sender)
    right = code(device)
    for said in ("000000", right):  # right, but too soon
        assert "The code is wrong, was used before" in confirm(admin, said).content.decode()
    device.refresh_from_db()
    assert (device.confirmed, device.throttling_failure_count) == (False, 1)
    TOTPDevice.objects.update(throttling_failure_timestamp=None)
    assert confirm(admin, right).status_code == 200
    assert TOTPDevice.objects.get(user=sender).confirmed


def test_once_it_is_set_up_nothing_shows_the_key(admin, sender, caplog):
    caplog.set_level(logging.DEBUG)
    enrol(admin, sender)
    device = TOTPDevice.objects.get(user=sender)
    secrets = (device.key, enrolling.codes.key(device.bin_key))
    assert admin.get(at(pages.CONFIRM)).url == at(pages.ADD)
    shown = [at(OWN), at(pages.ADD), at(pages.RECOVERY), reverse("wagtailadmin_account")]
    told = [admin.get(url).content.decode() for url in shown] + [caplog.text]
    mails.sent()
    told += [letter.body for letter in mail.outbox]
    told += [repr(tables.rows(name)) for name in tables.names()]
    assert [text for text in told for secret in secrets if secret in text] == []
    assert len(told) > 20


def test_whoever_has_a_device_gives_its_code_before_they_set_up_another(admin, device, sender):
    before = rows()
    for answer in (admin.get(at(pages.ADD)), begin(admin)):
        assert answer.url == at(CONFIRM, onwards=at(pages.ADD))
    assert rows() == before
    give(admin, device)
    enrol(admin, sender)
    assert TOTPDevice.objects.filter(user=sender, confirmed=True).count() == 2


def test_a_site_with_its_own_log_in_asks_for_a_new_one(sender):
    get_user_model().objects.filter(pk=sender.pk).update(password="!of the single sign-on")
    client = Client()
    client.force_login(get_user_model().objects.get(pk=sender.pk))
    url, said = at(pages.ADD), {"name": "My phone"}
    session = client.session
    session[enrolling.LOGGED_IN] -= enrolling.SECONDS + 1
    session.save()
    before = rows()
    assert "Log out, log in again" in client.post(url, said).content.decode()
    assert rows() == before
    client.force_login(get_user_model().objects.get(pk=sender.pk))
    assert client.post(url, said).url == at(pages.CONFIRM)


# -- recovery codes -------------------------------------------------------------------------------


def test_a_recovery_code_works_once_wherever_a_code_is_asked_for(admin, draft, sender):
    shown = codes_on(enrol(admin, sender))
    device = TOTPDevice.objects.get(user=sender)
    admin.session.flush()
    admin.force_login(sender)
    url = posts.address("send", draft.pk)
    assert "contract-confirmation" in admin.get(url).url
    for wanted in (302, 200):
        assert give(admin, device, url, code=shown[0].upper()).status_code == wanted
    assert admin.get(url).status_code == 200
    assert "9 recovery codes are left" in admin.get(at(OWN)).content.decode()


def test_wrong_recovery_codes_are_throttled(admin, sender):
    right = codes_on(enrol(admin, sender))[0]
    device = TOTPDevice.objects.get(user=sender)
    said = [give(admin, device, code=c).content.decode() for c in ("aaaaa aaaaa", right)]
    assert all("The code is wrong, was used before" in text for text in said)
    StaticDevice.objects.update(throttling_failure_timestamp=None)
    assert give(admin, device, code=right).status_code == 302


def test_new_recovery_codes_end_the_old_ones_and_are_shown_once(admin, sender):
    old = codes_on(enrol(admin, sender))
    made = codes_on(admin.post(at(pages.RECOVERY)))
    assert len(set(old) | set(made)) == 20
    assert codes_on(admin.get(at(pages.RECOVERY))) == []
    device = TOTPDevice.objects.get(user=sender)
    assert give(admin, device, code=old[0]).status_code == 200
    StaticDevice.objects.update(throttling_failure_timestamp=None)
    assert give(admin, device, code=made[0]).status_code == 302


def test_recovery_codes_need_a_device_and_a_fresh_code(admin, sender, device):
    before = rows()
    assert admin.post(at(pages.RECOVERY)).url == at(CONFIRM, onwards=at(pages.RECOVERY))
    TOTPDevice.objects.update(confirmed=False)
    assert admin.post(at(pages.RECOVERY)).url == at(OWN)
    TOTPDevice.objects.update(confirmed=True)
    assert rows() == before
    give(admin, device)
    assert len(codes_on(admin.post(at(pages.RECOVERY)))) == 10


# -- taking away ----------------------------------------------------------------------------------


def test_a_device_is_removed_by_a_fresh_code_and_the_last_one_with_its_recovery_codes(
    admin, sender
):
    enrol(admin, sender)
    device = TOTPDevice.objects.get(user=sender)
    url = at(pages.REMOVE, device.persistent_id)
    admin.force_login(sender)
    admin.session.flush()
    admin.force_login(sender)
    before = rows()
    assert "contract-confirmation" in admin.post(url).url
    assert rows() == before
    TOTPDevice.objects.update(last_t=-1)
    give(admin, device)
    assert "your last device" in admin.get(url).content.decode()
    assert admin.post(url).url == at(OWN)
    assert rows() == [[], [], []]


def test_nobody_removes_the_device_of_another(admin, sales, device):
    other = builders.staff("per", sales)
    foreign = TOTPDevice.objects.create(user=other, name="x", confirmed=True)
    give(admin, device)
    before = rows()
    url = at(pages.REMOVE, foreign.persistent_id)
    assert [admin.get(url).status_code, admin.post(url).status_code] == [404, 404]
    assert rows() == before
    assert admin.post(at(pages.REMOVE, device.persistent_id)).status_code == 302


def test_a_fresh_code_counts_no_longer_than_its_device(admin, draft, sender, device):
    url = posts.address("send", draft.pk)
    give(admin, device, url)
    other = TOTPDevice.objects.create(user=sender, name="tablet", confirmed=True)
    assert admin.get(url).status_code == 200
    device.delete()
    assert "contract-confirmation" in admin.get(url).url
    assert give(admin, other, url).url == url


# -- asked for by a workspace ---------------------------------------------------------------------

ASKED = {"send": "send", "remind": "send", "edit": "edit", "unlock_block": "unlock"}


@pytest.mark.parametrize(("page", "verb"), ASKED.items())
def test_who_has_none_is_led_to_the_setting_up(client, out, sales, page, verb):
    user = builders.staff("per", sales, ("view", verb))
    client.force_login(user)
    url = posts.address(page, out.pk)
    assert client.get(url).status_code == 200
    ask_for(sales, verb)
    with tables.unchanged():
        for answer in (client.get(url), client.post(url, {})):
            assert answer.url == at(OWN, onwards=url)
    ask_for(sales, *{"send", "edit", "unlock", "approve"} - {verb})
    assert client.get(url).status_code == 200
    ask_for(sales, verb)
    TOTPDevice.objects.create(user=user, name="phone", confirmed=True)
    assert at(OWN) not in client.get(url).get("Location", "")


def test_readers_are_not_led_there(client, out, sales):
    ask_for(sales, "send", "edit", "administer")
    client.force_login(builders.staff("reader", sales, ("view",)))
    assert client.get(posts.address("send", out.pk)).url == reverse("wagtailadmin_home")
    assert client.get(posts.address("inspect", out.pk)).status_code == 200


def test_another_workspace_asks_for_nothing_here(admin, draft):
    ask_for(builders.workspace("legal"), "send")
    assert admin.get(posts.address("send", draft.pk)).status_code == 200


def test_a_superuser_is_asked_like_everybody(client, draft, sales):
    root = get_user_model().objects.create_superuser("root", "root@example.com", "x")
    client.force_login(root)
    url = posts.address("send", draft.pk)
    assert client.get(url).status_code == 200
    ask_for(sales, "send")
    assert client.get(url).url == at(OWN, onwards=url)


def test_changing_a_workspace_asks_for_a_code(client, sales):
    boss = builders.staff("boss", sales, ("view", "administer"))
    phone = TOTPDevice.objects.create(user=boss, name="phone", confirmed=True)
    client.force_login(boss)
    url = reverse("wagtail_contracts_workspace:edit", args=[sales.pk])
    with tables.unchanged():
        for answer in (client.get(url), client.post(url, {})):
            assert answer.url == at(CONFIRM, onwards=url)
    give(client, phone)
    assert client.get(url).status_code == 200


# -- of colleagues --------------------------------------------------------------------------------


@pytest.fixture
def boss(client: Client, sales: Workspace) -> Any:
    """Somebody who administers the workspace, logged in."""
    user = builders.staff("boss", sales, ("view", "administer"))
    client.force_login(user)
    return user


def test_an_administrator_sees_who_has_one_and_resets_it(client, boss, sales, sender, device):
    stranger = builders.staff("stranger", builders.workspace("legal"))
    page = client.get(at(pages.PEOPLE))
    assert [(person, count) for person, count, _url in page.context["rows"]] == [(sender, 1)]
    url = at(pages.RESET, sender.pk)
    before = rows()
    for foreign in (at(pages.RESET, stranger.pk), at(pages.RESET, boss.pk)):
        assert [client.get(foreign).status_code, client.post(foreign).status_code] == [404, 404]
    assert client.post(url, {"reason": ""}).status_code == 200
    assert rows() == before
    assert client.post(url, {"reason": "Lost the phone."}).url == at(pages.PEOPLE)
    assert rows() == [[], [], []]


def test_a_reset_asks_for_the_code_of_whoever_resets(client, boss, sales, sender, device):
    phone = TOTPDevice.objects.create(user=boss, name="phone", confirmed=True)
    url, said = at(pages.RESET, sender.pk), {"reason": "Lost the phone."}
    before = rows()
    assert client.post(url, said).url == at(CONFIRM, onwards=url)
    assert rows() == before
    give(client, phone)
    assert client.post(url, said).url == at(pages.PEOPLE)


def test_a_reset_asks_for_a_factor_where_the_workspace_does(client, boss, sales, sender, device):
    url = at(pages.RESET, sender.pk)
    assert client.get(url).status_code == 200
    ask_for(sales, "administer")
    assert client.get(url).url == at(OWN, onwards=url)


def test_whoever_administers_nothing_finds_no_colleagues(admin, boss, sender, device):
    admin.force_login(sender)
    url = at(pages.RESET, boss.pk)
    before = rows()
    for answer in (admin.get(at(pages.PEOPLE)), admin.get(url), admin.post(url, {"reason": "x"})):
        assert answer.url == reverse("wagtailadmin_home")
    assert rows() == before
    assert at(pages.PEOPLE) not in admin.get(at(OWN)).content.decode()
    admin.force_login(boss)
    assert at(pages.PEOPLE) in admin.get(at(OWN)).content.decode()


def test_colleagues_are_found_by_name_and_address(client, boss, sales):
    people = [builders.staff(name, sales) for name in ("anna", "bo", "cecilie")]
    found = {
        asked: [row[0] for row in client.get(at(pages.PEOPLE), {"q": asked}).context["rows"]]
        for asked in ("anna", "bo@eksempel", "Nordmann ceci", "zzz")
    }
    assert found == {
        "anna": people[:1],
        "bo@eksempel": people[1:2],
        "Nordmann ceci": people[2:],
        "zzz": [],
    }


def test_a_site_without_the_tables_has_no_such_pages(admin, monkeypatch):
    assert admin.get(at(OWN)).status_code == 200
    monkeypatch.setattr(contracts, "factors_offered", lambda: False)
    assert admin.get(at(OWN)).status_code == 404
    assert at(OWN) not in admin.get(reverse("wagtailadmin_account")).content.decode()


def test_rights_are_given_by_a_code_in_the_form(client, sales):
    root = get_user_model().objects.create_superuser("root", "root@example.com", "x")
    phone = TOTPDevice.objects.create(user=root, name="phone", confirmed=True)
    client.force_login(root)
    group = Group.objects.create(name="Sellers")
    url = reverse("wagtailusers_groups:edit", args=[group.pk])
    unchanged, changed = form(group), form(group, (sales, "send"))
    own = "contract_rights-device", "contract_rights-code"
    said = dict(zip(own, (phone.persistent_id, "000000"), strict=True))
    assert client.post(url, unchanged).status_code == 302
    with tables.unchanged(but=("modellogentry",)):
        for wrong in (changed, {**changed, **said}):
            assert "The code is wrong" in client.post(url, wrong).content.decode()
    TOTPDevice.objects.update(throttling_failure_timestamp=None)
    assert client.post(url, {**changed, **said, own[1]: code(phone)}).status_code == 302
    assert rights(group) == [("sales", "send"), ("sales", "view")]
    page = client.get(url).content.decode()
    assert "Needed if you change rights" in page


def test_rights_wait_for_a_factor_where_the_workspace_asks_for_one(client, sales):
    client.force_login(get_user_model().objects.create_superuser("root", "r@example.com", "x"))
    group = Group.objects.create(name="Sellers")
    ask_for(sales, "administer")
    with tables.unchanged(but=("modellogentry",)):
        assert "set it up in your account" in save(client, group, (sales, "send")).content.decode()
    ask_for(sales)
    assert save(client, group, (sales, "send")).status_code == 302


def test_what_is_only_posted_leads_back_to_a_page(client, sales):
    boss = builders.staff("boss", sales, ("view", "administer"))
    TOTPDevice.objects.create(user=boss, name="phone", confirmed=True)
    client.force_login(boss)
    leave = reverse("wagtail_contracts_workspace:leave", args=[sales.pk])
    page = reverse("wagtail_contracts_workspace:edit", args=[sales.pk])
    with tables.unchanged():
        assert client.post(leave, {}).url == at(CONFIRM, onwards=page)


def test_a_recovery_code_is_no_signature(admin, sent):
    shown = codes_on(enrol(admin, sent.sender))
    device = TOTPDevice.objects.get(user=sent.sender)
    page = admin.get(posts.address("sign", sent.contract.pk))
    assert [name for name, _label in page.context["form"].fields["device"].choices] == [
        device.persistent_id
    ]
    said = {"digest": sent.version.digest, "name": "Ola", "device": device.persistent_id}
    admin.post(posts.address("sign", sent.contract.pk), {**said, "code": shown[0]})
    assert not tables.rows("wagtail_contracts_signing_signature")
    assert admin.get(at(OWN)).context["left"] == 10
