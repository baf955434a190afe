"""Self-service in the admin: the list, the form, and the button that ends it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests import builders, services, tables
from wagtail_contracts.contracts.flows import handover, offering
from wagtail_contracts.contracts.models import SelfService

LIST, NEW = reverse("wagtail_contracts_self_service"), reverse("wagtail_contracts_self_service_new")


@pytest.fixture
def editor(sales: Any) -> Any:
    """May manage templates and send."""
    return builders.staff("eva", sales, (*builders.SENDER, "templates"))


def _browser(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _form(page: Any, user: Any, **more: Any) -> dict[str, Any]:
    usual = {"template": page.pk, "slug": "course", "owner": user.pk, "signatory": ""}
    return {**usual, "deadline_days": 14, "ceiling": 50, "closes_on": "", "afterwards": "", **more}


def test_an_editor_offers_a_template_changes_and_ends_it(sales: Any, editor: Any) -> None:
    page, browser = services.template(sales), _browser(editor)
    assert browser.post(NEW, _form(page, editor)).status_code == 302
    service = SelfService.objects.get()
    assert Client().get(services.address(service)).status_code == 200
    listed = browser.get(LIST).content.decode()
    assert services.address(service) in listed

    edit = reverse("wagtail_contracts_self_service_edit", args=[service.pk])
    assert browser.get(edit).status_code == 200
    changed = _form(page, editor, ceiling=5, signatory=editor.pk)
    assert browser.post(edit, changed).status_code == 302
    service.refresh_from_db()
    assert (service.ceiling, service.signatory) == (5, editor)

    off = reverse("wagtail_contracts_self_service_off", args=[service.pk])
    with tables.unchanged():
        assert browser.get(off).status_code == 200
    assert browser.post(off).status_code == 302
    assert Client().get(services.address(service)).status_code == 404


def test_what_can_not_be_offered_is_said_at_the_form(sales: Any, editor: Any) -> None:
    page, browser = builders.template(sales), _browser(editor)
    with tables.unchanged():
        answer = browser.post(NEW, _form(page, editor))
    assert answer.status_code == 200
    assert "“Price” is not filled in." in answer.content.decode()


def test_others_learn_nothing_of_it(sales: Any, editor: Any, sender: Any) -> None:
    service = services.offer(services.template(sales), editor)
    elsewhere = builders.workspace("other")
    foreign = builders.staff("foreign", elsewhere, (*builders.SENDER, "templates"))
    edit = reverse("wagtail_contracts_self_service_edit", args=[service.pk])
    off = reverse("wagtail_contracts_self_service_off", args=[service.pk])
    for user in (sender, foreign):
        browser = _browser(user)
        with tables.unchanged():
            assert [browser.get(edit).status_code, browser.post(off).status_code] == [404, 404]
    assert _browser(sender).get(LIST).status_code == 302
    assert list(_browser(foreign).get(LIST).context["rows"]) == []
    assert _browser(editor).get(edit).status_code == 200


def test_whoever_has_a_second_factor_gives_its_code_first(sales: Any, editor: Any) -> None:
    page, browser = services.template(sales), _browser(editor)
    TOTPDevice.objects.create(user=editor, name="phone", confirmed=True)
    with tables.unchanged():
        answer = browser.post(NEW, _form(page, editor))
    assert answer["Location"].startswith(reverse("wagtail_contracts_confirm"))
    TOTPDevice.objects.all().delete()
    assert browser.post(NEW, _form(page, editor)).status_code == 302


def test_when_somebody_leaves_another_answers_for_it(sales: Any, editor: Any) -> None:
    boss = builders.staff("boss", sales, (*builders.SENDER, "administer"))
    heir = builders.staff("heir", sales)
    service = services.offer(services.template(sales), editor, signatory=editor)
    by = builders.actor(boss)
    [held] = handover.held_by(editor, by=by)
    reader = builders.staff("reader", sales, ("view",))
    with tables.unchanged():
        [kept] = handover.hand_over(editor, reader, [held.key], by=by)
    assert kept.why
    [handed] = handover.hand_over(editor, heir, [held.key], by=by)
    service.refresh_from_db()
    assert (handed.why, service.owner, service.signatory) == ("", heir, heir)
    assert list(offering.offers(editor)) == [service]
