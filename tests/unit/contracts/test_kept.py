"""What is the same for all readers of a frozen version is rendered once, and only that."""

from itertools import permutations
from unittest import mock

import pytest

from tests.unit.contracts import made
from tests.unit.contracts.test_product_pages import HEAD
from tests.unit.contracts.test_product_pages import content as priced
from tests.unit.contracts.test_product_tables import block
from wagtail_contracts.contracts.core import trees
from wagtail_contracts.contracts.core.kinds.base import Scope
from wagtail_contracts.contracts.core.kinds.products import KINDS
from wagtail_contracts.contracts.rendering import html
from wagtail_contracts.contracts.rendering.answers import answer_inputs
from wagtail_contracts.contracts.rendering.parts import Parts, Standing

DIGEST = "4b" * 32


@pytest.fixture(autouse=True)
def nothing_kept():
    """As in a new process."""
    html._kept.cache_clear()
    yield
    html._kept.cache_clear()


def readers(content):
    """One without controls, some with them, and with signatures that stand elsewhere."""
    people = [person["id"] for party in content["parties"] for person in party["people"]]
    waits = {person: Standing("clock", "Has been asked") for person in people}
    signed = {person: Standing("done", "Signed today") for person in people}
    customer = [field for field in content["fields"] if field["role"] == "customer"]
    wrong = {"until": "Say when.", "invoice": "That is no address."}
    return [
        {},
        {"signatures": waits},
        {"signatures": signed, "language": "en"},
        {"inputs": answer_inputs(customer, {}, {}, "en", content=content), "signatures": waits},
        {"inputs": answer_inputs(customer, {"until": "18"}, wrong, "nb"), "language": "nb"},
        {"inputs": answer_inputs(customer[:1], {}, {}, "en"), "language": "en"},
        {"inputs": answer_inputs(content["fields"], {}, {}, "en"), "language": "en"},
    ]


def test_every_reader_gets_what_a_fresh_rendering_gives_whoever_came_before():
    content, ran = made.content(language="nb"), 0
    found = [(reader, html.document(content, **reader)) for reader in readers(content)]
    assert len({text for _reader, text in found}) == len(found)

    for order in permutations(found, 2):
        html._kept.cache_clear()
        for reader, fresh in [*order, *order]:
            assert html.document(content, digest=DIGEST, **reader) == fresh
            ran += 1

    assert ran == 168


def test_only_what_differs_by_reader_is_rendered_again():
    content = made.content()
    html.document(content, digest=DIGEST)
    asked = [field for field in content["fields"] if field["key"] == "invoice"]
    inputs = answer_inputs(asked, {}, {}, "en", content=content)

    with mock.patch.object(html, "render_to_string", wraps=html.render_to_string) as rendered:
        html.document(content, digest=DIGEST, inputs=inputs)

    parts = [call.args[1]["parts"] for call in rendered.call_args_list if "parts" in call.args[1]]
    assert [part["type"] for (part,) in parts] == ["text", "details", "signatures"]


def test_what_is_kept_hands_on_its_level_and_its_number():
    inner = made.streams.clause("Faktura", made.streams.chip("invoice"), level=3)
    body = [
        made.streams.clause("Vederlag", "Kunden betaler."),
        made.streams.clause("Betaling", "Den skjer årlig.", level=2),
        {**inner, "value": {**inner["value"], "style": "(a)"}},
    ]
    content = made.content(body)
    asked = [field for field in content["fields"] if field["key"] == "invoice"]
    inputs = answer_inputs(asked, {}, {}, "en", content=content)
    html.document(content, digest=DIGEST)

    page = html.document(content, digest=DIGEST, inputs=inputs)

    assert page == html.document(content, inputs=inputs)
    assert "<h4" in page
    assert page.count("wc-step") == 1


def test_what_is_decided_in_a_table_is_asked_whoever_decides_nothing_came_before():
    table = KINDS["products"].resolved({**HEAD, **block()}, Scope({}, open=True))
    content = priced(table)
    html.document(content, digest=DIGEST)
    inputs = answer_inputs(list(trees.asked([table])), {}, {}, "en", content=content)

    page = html.document(content, digest=DIGEST, inputs=inputs)

    assert page == html.document(content, inputs=inputs)
    assert "<input" in page


def test_another_version_shares_nothing():
    html.document(made.content(), digest=DIGEST)
    other = made.content(made.BODY[:2], values={})

    assert html.document(other, digest="5c" * 32) == html.document(other)


@pytest.mark.parametrize("digest", ["", DIGEST])
def test_nothing_is_kept_without_a_digest_or_while_developing(settings, digest):
    settings.DEBUG = bool(digest)
    content = made.content()
    html.document(content, digest=digest)

    with mock.patch.object(html, "render_to_string", wraps=html.render_to_string) as rendered:
        html.document(content, digest=digest)

    assert len(rendered.call_args_list) == len(Parts(content, {}, {}).whole()) + 1
