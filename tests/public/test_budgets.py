"""What a page may weigh and cost."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext

from example_site import contents as made
from tests import builders
from tests.journeys import stage
from tests.public import visits
from wagtail_contracts.contracts import flows as contracts

SENTENCE = "The supplier answers within four hours on working days and keeps a list of faults. "


@pytest.fixture
def long_one(request, sales, sender):
    """A contract with as many clauses as the test asks for, each with two paragraphs."""

    def make(clauses):
        text = f"{SENTENCE * 3}</p><p>{SENTENCE * 3}"
        body = [*builders.BODY, *[made.clause(f"Part {n}", text) for n in range(clauses)]]
        page = builders.template(sales, f"Agreement of {clauses}", body=body)
        draft = builders.contract(page, sender)
        contracts.send(draft, builders.shown(draft), into="signing", by=builders.actor(sender))
        return stage(draft, sender)

    return make


def packed(content):
    return len(gzip.compress(content))


def test_a_page_of_twelve_clauses_is_small(long_one):
    at = long_one(9)
    answer = visits.enter(at.kari).get(visits.page("contract", at.kari))

    assert packed(answer.content) <= 30 << 10


@pytest.mark.parametrize("kind", ["css", "js"])
def test_styles_and_scripts_are_small(sent, kind):
    """All of a kind that the page loads, together."""
    page = visits.enter(sent.kari).get(visits.page("contract", sent.kari)).content.decode()
    names = re.findall(rf"wagtail_contracts/signing/[\w/]+\.{kind}", page)

    files = [Path(finders.find(name)).read_bytes() for name in names]
    assert 0 < sum(map(packed, files)) <= 15 << 10
    assert len(names) < 6


def test_a_page_costs_as_few_queries_whatever_its_length(long_one):
    counts = []
    for clauses in (9, 57):
        at = long_one(clauses)
        client = visits.enter(at.kari)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(visits.page("contract", at.kari)).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 12, "\n".join(query["sql"][:160] for query in queries)


def test_styles_know_no_left_and_right():
    """So that the pages turn with the direction of the language."""
    styles = Path(finders.find("wagtail_contracts/signing/public.css")).read_text()

    for word in ("-left", "-right", "left:", "right:", "text-align: left", "float: left"):
        assert word not in styles.replace("@bottom-right", "")
    for word in ("@import", "url(", "http"):
        assert word not in styles
