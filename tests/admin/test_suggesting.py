"""A suggestion in the admin: seen against today's text, accepted or dismissed, by who may send."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from tests import approvals, builders, suggestions, tables
from wagtail_contracts.contracts.models import Contract, Suggestion


@pytest.fixture
def desk(in_review, client):
    """The sender's own browser, and a suggestion of Kari's."""
    client.force_login(in_review.sender)
    in_review.client = client
    wanted = suggestions.wish(in_review.version, "Price", "It costs {Price} a year.")
    in_review.suggestion = suggestions.suggest(in_review, wanted, reason="We pay yearly.")
    return in_review


def address(desk: Any, suggestion: Suggestion | None = None) -> str:
    page = reverse("wagtail_contracts_contract:suggestion", args=[desk.contract.pk])
    return f"{page}?thread={(suggestion or desk.suggestion).thread.public_id}"


def press(desk: Any, do: str, suggestion: Suggestion | None = None, **more: str) -> Any:
    page = desk.client.get(address(desk, suggestion))
    form = {"do": do, "shown": page.context["fit"].digest, **more}
    return desk.client.post(address(desk, suggestion), form)


def newest(desk: Any) -> Any:
    return Contract.objects.get(pk=desk.contract.pk).current_version


def test_one_click_makes_a_version_that_the_overview_tells_of(desk):
    overview = reverse("wagtail_contracts_contract:inspect", args=[desk.contract.pk])
    assert address(desk) in desk.client.get(overview).content.decode()
    page = desk.client.get(address(desk)).content.decode()
    assert "We pay yearly." in page
    assert "<del>" in page
    assert "Accepting makes version 2" in page

    answer = press(desk, "accept")

    assert (answer.status_code, answer["Location"]) == (302, overview)
    assert suggestions.text(newest(desk), "Price").endswith("a year.")
    assert "is part of version 2" in desk.client.get(overview).content.decode()
    assert "Accept or dismiss" not in desk.client.get(overview).content.decode()


def test_an_answer_goes_with_a_dismissal(desk):
    assert press(desk, "dismiss", answer="By the month.").status_code == 302

    page = desk.client.get(address(desk)).content.decode()
    assert "By the month." in page
    assert 'value="accept"' not in page
    with tables.unchanged(but=("sessions",)):
        assert press(desk, "accept").status_code == 422


def test_what_was_shown_before_is_not_accepted_and_the_page_shows_todays_text(desk):
    wanted = suggestions.wish(desk.version, "Price", "It costs {Price} a week.")
    other = suggestions.suggest(desk, wanted)
    before = desk.client.get(address(desk)).context["fit"].digest
    suggestions.accept(other, desk.owner)

    with tables.unchanged():
        answer = desk.client.post(address(desk), {"do": "accept", "shown": before})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "have been changed since" in page
    assert 'value="accept"' not in page
    assert "It was made on version 1" in page


def test_whoever_may_not_send_or_sees_another_contract_finds_no_page(desk, sales, client):
    client.force_login(builders.staff("reader", sales, ("view", "edit")))
    with tables.unchanged():
        assert client.get(address(desk)).status_code == 302
        assert client.post(address(desk), {"do": "dismiss"}).status_code == 302
    client.force_login(desk.sender)
    unknown = address(desk).replace(desk.suggestion.thread.public_id, "x" * 22)
    assert client.get(unknown).status_code == 404
    assert client.post(unknown, {"do": "dismiss"}).status_code == 404
    assert press(desk, "dismiss").status_code == 302


def test_where_a_rule_asks_the_page_leads_to_the_approval(desk, sales):
    finn = approvals.approver(sales)
    approvals.rule(sales, approvals.boss(sales), finn, on_deviation=True)
    page = desk.client.get(address(desk)).content.decode()
    assert "It needs an approval" in page
    assert 'value="accept"' not in page
    with tables.unchanged():
        assert press(desk, "accept").status_code == 422

    answer = press(desk, "take_in")
    approvals.ask(Contract.objects.get(pk=desk.contract.pk), desk.sender)
    approvals.say_yes(Contract.objects.get(pk=desk.contract.pk), finn)

    ask = reverse("wagtail_contracts_contract:ask_approval", args=[desk.contract.pk])
    assert answer["Location"] == ask
    assert 'value="accept"' in desk.client.get(address(desk)).content.decode()
