"""A first visit to a contract of twelve clauses, in a browser that knows nothing yet."""

import pytest

from example_site import contents as made
from tests import builders
from tests.bench import first_visit
from tests.bench.agreements import SENTENCE
from tests.journeys import stage
from tests.public import visits
from wagtail_contracts.contracts import flows as contracts

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
WORDS = f"{SENTENCE * 3}</p><p>{SENTENCE * 3}"


@pytest.fixture
def twelve():
    """As many clauses, with tables, a list, and four fields for the reader to fill in."""
    sales = builders.workspace()
    sender = builders.staff("ola", sales)
    body = [*builders.BODY, *[made.clause(f"Part {number}", WORDS) for number in range(8)]]
    draft = builders.contract(builders.template(sales, body=body), sender)
    contracts.send(draft, builders.shown(draft), into="signing", by=builders.actor(sender))
    at = stage(draft, sender)
    assert [block["type"] for block in at.version.content["body"]].count("clause") == 12
    return at


def test_it_takes_few_requests_and_few_bytes(browser, twelve):
    link = visits.landing(twelve.kari)
    with first_visit.served() as site:
        found = first_visit.visit(browser, f"{site}{link}", SENTENCE.strip())

    assert len(found.requests) <= first_visit.REQUESTS, found.requests
    assert found.requests[0] == f"GET {site}{link}"
    assert f"GET {site}{visits.page('contract', twelve.kari)}" in found.requests
    assert 10 << 10 < found.received <= first_visit.BYTES
