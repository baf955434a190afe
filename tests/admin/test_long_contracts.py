"""Three hundred blocks open and save, and ask the database no more than ten do."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from example_site import contents as made
from tests import builders
from tests.admin import posts
from wagtail_contracts.contracts.models import Contract

SHORT, LONG = 3, 100  # of three blocks each


def body(times: int) -> list[Any]:
    found: list[Any] = []
    for number in range(times):
        found += [
            made.clause(f"Part {number}", "It is so."),
            made.clause(f"Open {number}", "It may be otherwise.", policy="editable"),
            made.listing("keeps it secret,", "gives it to nobody.", ordered=True),
        ]
    return [*found, made.signatures("Signatures")]


def asked(admin: Any, template: Any, sender: Any) -> tuple[int, int]:
    """The queries of opening and of saving."""
    draft = builders.contract(template, sender)
    url, entries = posts.address("edit", draft.pk), posts.entries(draft)
    entries[-3] |= {"value-text": posts.draftail("<p>Other words.</p>")}
    post = posts.edit(draft, entries)
    with CaptureQueriesContext(connection) as opening:
        page = admin.get(url)
    with CaptureQueriesContext(connection) as saving:
        answer = admin.post(url, post)
    assert (page.status_code, answer.status_code) == (200, 302)
    stored = Contract.objects.get(pk=draft.pk).body.get_prep_value()
    assert len(stored) == len(draft.outline)
    assert "Other words." in stored[-3]["value"]["text"]
    return len(opening), len(saving)


def test_three_hundred_blocks_open_and_save_with_the_queries_of_ten(admin, sales, sender):
    # The first request of a process asks more.
    asked(admin, builders.template(sales, "First", body=body(SHORT)), sender)
    short = asked(admin, builders.template(sales, "Short", body=body(SHORT)), sender)
    long = asked(admin, builders.template(sales, "Long", body=body(LONG)), sender)
    assert long == short
