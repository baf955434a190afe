"""Options that hold data fields with options can't make a small template a huge text."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from example_site import contents as streams
from tests import builders, tables
from tests.unit.contracts import made
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin import imagining
from wagtail_contracts.contracts.core import richtext, shown, trees
from wagtail_contracts.contracts.errors import NotReady, TemplateUnusable
from wagtail_contracts.contracts.rendering import html

LAST = streams.field("text", "end", "End", "customer", default="lol")


def chain(length: int, times: int) -> list[dict[str, Any]]:
    """Choices each of whose options names the next one so often; they end in a word."""
    keys = [f"k{number}" for number in range(length)] + ["end"]
    choices = [
        streams.field(
            "choice",
            key,
            key.upper(),
            "customer",
            options=[
                streams.option("all", streams.chip(following) * times),
                streams.option("no", "Nothing"),
            ],
            default="all",
        )
        for key, following in pairwise(keys)
    ]
    return [*choices, LAST]


def content(length: int, times: int, body: Any = None) -> dict[str, Any]:
    values = {f"k{number}": "all" for number in range(length)} | {"end": "lol"}
    text = body or [streams.text(streams.chip("k0")), streams.place("k0")]
    return made.content(text, fields=chain(length, times), values=values)


def test_a_long_chain_stays_small_in_every_rendering() -> None:
    long = content(60, 2)
    assert len(html.document(long)) < 20_000
    assert shown.reference({"type": "field", "key": "k0"}, long).count("K") <= 2**trees.DEEPEST
    short = shown.reference({"type": "field", "key": "k0"}, content(2, 2))
    assert short == "lol" * 4


def test_choices_that_all_name_each_other_stay_small() -> None:
    keys = [f"k{number}" for number in range(20)]
    everyone = "".join(streams.chip(key) for key in keys)
    options = [streams.option("all", everyone), streams.option("no", "Nothing")]
    fields = [streams.field("choice", key, key, "customer", options=options) for key in keys]
    values = dict.fromkeys(keys, "all")
    body = [streams.text(streams.chip("k0"))]

    everything = made.content(body, fields=fields, values=values)
    assert len(keys) ** trees.DEEPEST < trees.size(everything) < 10_000
    assert len(html.document(everything)) < 1_000_000


def test_a_wide_one_is_refused_before_anything_is_drawn(sales: Any, sender: Any) -> None:
    assert trees.size(content(1, 10)) < trees.size(content(2, 10)) < 1000
    with pytest.raises(richtext.Unreadable) as refused:
        content(4, 60)
    assert refused.value.code == "size"

    text = [streams.text(streams.chip("k0")), streams.signatures("Signatures")]
    page = builders.template(sales, fields=chain(4, 60), body=text)
    with pytest.raises(NotReady, match="too large"):
        imagining.sample(page)
    with tables.unchanged(), pytest.raises(TemplateUnusable, match="too large"):
        builders.contract(page, sender, values={})

    small = builders.template(sales, fields=chain(2, 10), body=text)
    assert contracts.compose(builders.contract(small, sender, values={}))
