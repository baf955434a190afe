"""The list finds contracts by what people know of them, among what they see."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from example_site import contents as made
from tests import builders, consumers, signatures
from tests.admin import posts
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.signing import flows as signing


def listed(client: Any, **query: str) -> list[str]:
    page = client.get(posts.address("list"), query)
    assert page.status_code == 200
    return [contract.title for contract in page.context["object_list"]]


@pytest.fixture
def two(template: Any, sender: Any) -> list[Any]:
    """Two drafts."""
    first = builders.contract(template, sender, title="Hosting")
    return [first, builders.contract(template, sender, title="Cleaning")]


def test_a_row_says_what_one_looks_for(admin, sent):
    text = admin.get(posts.address("list")).content.decode()
    for words in ("Hosting 2027", "Customer AS", "SALES-", "Out for signing", "0 of 2 signed"):
        assert words in text
    assert "Ola Nordmann" in text
    assert posts.address("inspect", sent.contract.pk) in text
    assert "In 14 days" in text


def test_progress_counts_signatures_on_the_newest_version(admin, answered):
    signatures.sign(answered.kari)
    assert "1 of 2 signed" in admin.get(posts.address("list")).content.decode()


def test_a_row_says_that_a_consumer_withdrew_from_what_is_signed(admin, sales, sender):
    at = consumers.out(sender, consumers.template(sales))
    consumers.sign_all(at)
    assert "By everyone on" in admin.get(posts.address("list")).content.decode()
    signing.retract(at.kari, at.version.digest, "I withdraw.", by=builders.guest(at.kari))
    text = admin.get(posts.address("list")).content.decode()
    assert "Kari Nordmann withdrew from it on" in text
    assert "By everyone on" not in text


def test_the_list_is_filtered_by_whether_a_consumer_withdrew(admin, sales, sender):
    at = consumers.out(sender, consumers.template(sales))
    consumers.sign_all(at)
    one = [at.contract.title]
    assert (listed(admin, retracted="yes"), listed(admin, retracted="no")) == ([], one)
    signing.retract(at.kari, at.version.digest, "I withdraw.", by=builders.guest(at.kari))
    assert (listed(admin, retracted="yes"), listed(admin, retracted="no")) == (one, [])


FOLLOWING = ("amend", "renew", "replace")


def test_what_follows_is_not_offered_once_a_consumer_withdrew(admin, sales, sender):
    at = consumers.out(sender, consumers.template(sales))
    consumers.sign_all(at)
    pages = (posts.address("list"), posts.address("inspect", at.contract.pk))

    def offered() -> list[set[str]]:
        texts = [admin.get(page).content.decode() for page in pages]
        verbs = (*FOLLOWING, "duplicate")
        return [{v for v in verbs if posts.address(v, at.contract.pk) in text} for text in texts]

    assert offered() == [{*FOLLOWING, "duplicate"}] * 2
    signing.retract(at.kari, at.version.digest, "I withdraw.", by=builders.guest(at.kari))
    assert offered() == [{"duplicate"}] * 2
    told = admin.get(pages[1]).content.decode()
    assert "A consumer withdrew from this contract, so nothing follows it." in told


@pytest.mark.parametrize("days", ["0 Today", "1 Tomorrow"])
def test_a_near_deadline_is_said_in_a_word(admin, draft, sender, days):
    number, word = days.split()
    day = timezone.localdate() + timedelta(days=int(number))
    shown, by = builders.shown(draft), builders.actor(sender)
    contracts.send(draft, shown, into="signing", deadline=day, by=by)
    assert word in admin.get(posts.address("list")).content.decode()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Host", ["Hosting"]),
        ("SALES-", ["Cleaning", "Hosting"]),
        ("customer as", ["Cleaning", "Hosting"]),
        ("Kari", ["Cleaning", "Hosting"]),
        ("Zebra", []),
    ],
)
def test_search_finds_title_number_and_people(admin, two, words, found):
    assert listed(admin, q=words) == found


def test_filters_by_state_and_by_workspaces_that_one_sees(admin, two, sender):
    contracts.send(two[0], builders.shown(two[0]), into="signing", by=builders.actor(sender))
    assert listed(admin, state="draft") == ["Cleaning"]
    assert listed(admin, state="signing") == ["Hosting"]
    legal = builders.workspace("legal")
    text = admin.get(posts.address("list")).content.decode()
    assert "Sales" in text
    assert "Legal" not in text
    assert listed(admin, workspace=str(two[0].workspace_id)) == ["Cleaning", "Hosting"]
    page = admin.get(posts.address("list"), {"workspace": str(legal.pk)})
    assert "Legal" not in page.content.decode()


def test_an_empty_list_says_so(admin):
    assert "There are no contracts to display" in admin.get(posts.address("list")).content.decode()


def test_more_contracts_cost_no_more_queries(admin, template, sender):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            admin.get(posts.address("list"))
        return len(found)

    def more() -> None:
        made = builders.contract(template, sender)
        shown, by = builders.shown(made), builders.actor(sender)
        contracts.send(made, shown, into="signing", by=by)

    more()
    admin.get(posts.address("list"))
    before = queries()
    for _ in range(5):
        more()
    assert queries() == before <= 34


PRICES = made.products(
    "Prices",
    made.product("Setup", "12000", quantity="2.5"),
    made.product("Backup", "100", choice="optional"),
)


def values(admin):
    """The cells of the column, top down."""
    page = admin.get(posts.address("list"))
    [column] = [item for item in page.context["table"].columns.values() if item.name == "value"]
    return [column.get_value(row) for row in page.context["object_list"]]


def test_the_value_is_that_of_the_newest_version_or_of_the_draft(admin, sales, template, sender):
    priced = builders.template(sales, "Priced", body=[*builders.BODY[:-1], PRICES])
    draft, sent = builders.contract(priced, sender), builders.contract(priced, sender)
    contracts.send(sent, builders.shown(sent), into="signing", by=builders.actor(sender))
    builders.contract(template, sender)
    assert values(admin) == ["5,300.00\xa0NOK", "30,000.00\xa0NOK", "30,000.00\xa0NOK"]
    begun = {name: contracts.state_of(draft, ["body"])[name] for name in ["body"]}
    with contracts.holding(
        draft, draft, contracts.Sent("", sender, begun, 0), by=builders.actor(sender)
    ):
        draft.body[-1].value["rows"][0]["price"] = "20000"
        draft.save()
    assert values(admin) == ["5,300.00\xa0NOK", "30,000.00\xa0NOK", "50,000.00\xa0NOK"]


def test_more_drafts_with_prices_cost_no_more_queries(admin, sales, sender):
    priced = builders.template(sales, "Priced", body=[*builders.BODY[:-1], PRICES])

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert "NOK" in admin.get(posts.address("list")).content.decode()
        return len(found)

    builders.contract(priced, sender)
    admin.get(posts.address("list"))
    before = queries()
    for _ in range(3):
        builders.contract(priced, sender)
    assert queries() == before
