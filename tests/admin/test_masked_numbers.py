"""Who is expected by a national identity number: it is read with the right to, and kept without."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests import builders, tables
from tests.admin import posts, wizard
from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.contracts.models.guards import unguarded

BORN, OTHER, MASK = "15108695088", "01018510002", "••••"
FORMS = {
    "edit": ("parties-1-people-0-national_id", "parties-1-people-0-email"),
    "parties": ("people-customer-0-national_id", "people-customer-0-email"),
}
EACH = pytest.mark.parametrize("page", FORMS)


@pytest.fixture
def expected(draft: Contract) -> Contract:
    """Kari is to have a number."""
    with unguarded():
        Participant.objects.filter(party__role="customer").update(national_id=BORN)
    return Contract.objects.get(pk=draft.pk)


def browser(sales: Any, name: str, *more: str) -> Client:
    client = Client()
    client.force_login(builders.staff(name, sales, (*builders.SENDER, *more)))
    return client


def save(client: Client, contract: Contract, page: str, **changes: str) -> Any:
    """Post a page as it is, but for these."""
    if page == "edit":
        return client.post(posts.address(page, contract.pk), posts.edit(contract, **changes))
    return wizard.post(client, page, contract, wizard.parties(contract.owner, **changes))


def number() -> str:
    return str(Participant.objects.get(party__role="customer").national_id)


@EACH
def test_it_is_masked_without_the_right(sales: Any, expected: Contract, page: str) -> None:
    without, trusted = browser(sales, "without"), browser(sales, "trusted", "sensitive")
    masked, read = (
        client.get(posts.address(page, expected.pk)).content.decode()
        for client in (without, trusted)
    )
    assert (BORN in masked, f'value="{MASK}"' in masked) == (False, True)
    assert (BORN in read, f'value="{MASK}"' in read) == (True, False)


def test_no_comparison_of_revisions_shows_it(sales: Any, expected: Contract) -> None:
    expected.save_revision()
    with unguarded():
        Participant.objects.filter(party__role="customer").update(national_id=OTHER)
    now = Contract.objects.get(pk=expected.pk)
    now.title = "Hosting 2028"
    now.save_revision()
    url = posts.address("revisions_compare", expected.pk, "earliest", "latest")
    shown = browser(sales, "without").get(url).content.decode()
    assert "2028" in shown
    assert [number for number in (BORN, OTHER) if number in shown] == []


@EACH
@pytest.mark.parametrize(("typed", "kept"), [(MASK, BORN), (OTHER, OTHER), ("", "")])
def test_its_mask_keeps_it_and_typing_replaces_it(
    sales: Any, expected: Contract, page: str, typed: str, kept: str
) -> None:
    client, (name, _email) = browser(sales, "without"), FORMS[page]
    assert save(client, expected, page, **{name: typed}).status_code == 302
    assert number() == kept


def test_the_mask_of_one_is_no_number_of_another(sales: Any, expected: Contract) -> None:
    client, (name, email) = browser(sales, "without"), FORMS["parties"]
    with tables.unchanged():
        said = {name: MASK, email: "liv@customer.example"}
        refused = save(client, expected, "parties", **said)
    assert "Enter the whole number" in refused.content.decode()
    assert save(client, expected, "parties", **{name: MASK}).status_code == 302
    assert number() == BORN
