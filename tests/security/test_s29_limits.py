"""S-29: rendering cannot take the server down; nor can a file that is handed in."""

import os
import time

import pytest

from tests import bundles
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.errors import RenderingLimit, RenderingRefused
from wagtail_contracts.sealing.flows import rendering
from wagtail_contracts.sealing.rendering.worker import Limits

LEVELS = 12
USES = "".join(
    f'<g id="g{n}">' + f'<use xlink:href="#g{n - 1}"/>' * 10 + "</g>" for n in range(1, LEVELS)
)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
    f'<defs><g id="g0"><rect width="1" height="1"/></g>{USES}</defs>'
    f'<use xlink:href="#g{LEVELS - 1}"/></svg>'
)
PICTURE = '<p><img src="bundle:/bomb.svg" alt="x" width="90"></p>'
ROW = "<tr>" + "<td>x</td>" * 12 + "</tr>"
TOO_LONG = {
    "SVG that uses itself many times": {"extra": PICTURE, "resources": {"bomb.svg": SVG.encode()}},
    "many pages": {"extra": '<p style="break-after: page">x</p>' * 5000},
    "a table of many cells": {"extra": f"<table>{ROW * 1900}</table>"},
}
REFUSED = {
    "deep nesting": {"extra": "<div>" * 3000 + "x" + "</div>" * 3000},
}


@pytest.fixture
def small(monkeypatch):
    """A site that allows little."""
    monkeypatch.setattr(rendering, "LIMITS", Limits(cpu=2, wall=50.0))


def refusal(bomb):
    """What is said about it, in time; afterwards the next file is made, by the same parent."""
    begun, parent = time.monotonic(), os.getpid()
    with pytest.raises(RenderingRefused) as refused:
        sealing.render(bundles.bundle(**bomb))

    assert time.monotonic() - begun < 150
    assert os.getpid() == parent
    assert sealing.render(bundles.bundle()).startswith(b"%PDF-")
    return refused.value


@pytest.mark.parametrize("bomb", TOO_LONG)
def test_a_bomb_ends_at_the_limit_and_may_be_tried_again(small, bomb):
    refused = refusal(TOO_LONG[bomb])
    assert isinstance(refused, RenderingLimit)
    assert str(refused) == "The document takes too long or too much memory to print."


@pytest.mark.parametrize("bomb", REFUSED)
def test_a_bomb_that_the_renderer_sees_itself(bomb):
    """Within the limits of a site; two seconds of a slow core may end before it sees it."""
    refused = refusal(REFUSED[bomb])
    assert not isinstance(refused, RenderingLimit)
    assert str(refused) == "The document can't be printed: nested too deeply."


def test_memory_has_a_limit(monkeypatch):
    monkeypatch.setattr(rendering, "LIMITS", Limits(memory=140 << 20))
    with pytest.raises(RenderingLimit):
        sealing.render(bundles.bundle(60))
    monkeypatch.undo()
    assert sealing.render(bundles.bundle())


def test_a_document_of_too_many_pages_is_refused():
    with pytest.raises(RenderingRefused, match="more than 200 pages"):
        sealing.render(bundles.bundle(extra='<p style="break-after: page">x</p>' * 201))


def test_a_table_of_too_many_rows_is_not_even_tried():
    with pytest.raises(RenderingRefused, match="2000 table rows"):
        bundles.bundle(extra="<table>" + "<tr><td>x</td></tr>" * 8000 + "</table>")


def test_the_limits_of_a_site_are_the_promised_ones():
    limits = Limits()
    assert (limits.memory, limits.cpu, limits.wall) == (1 << 30, 60, 90.0)
    assert (limits.file, limits.descriptors) == (50 << 20, 64)
    assert limits == rendering.LIMITS
