"""What no PDF should hold is refused before anything is rendered."""

from dataclasses import replace

import pytest

from tests import bundles
from wagtail_contracts.sealing.errors import RenderingRefused
from wagtail_contracts.sealing.rendering import Attached
from wagtail_contracts.sealing.rendering.bundle import LARGEST, ROWS, from_json, to_json


def attached(name="note.txt", content=b"x", relationship="Supplement"):
    return {"more": (Attached(name, content, relationship, bundles.AT),)}


def tables(rows):
    return {"text": f"<table>{'<tr><td>x</td></tr>' * rows}</table>"}


REFUSED = {
    "no identifier": {"identity": "none"},
    "an identifier in capitals": {"identity": "A" * 32},
    "a digest for an identifier": {"identity": "a" * 64},
    "an identifier with a line end": {"identity": "a" * 32 + "\n"},
    "a name twice": attached("contract.json"),
    "a content twice": attached(content=bundles.EXHIBIT),
    "a name that is a path": attached("../note.txt"),
    "a name of one dot": attached(".note"),
    "no name": attached(""),
    "a relationship that is none": attached(relationship="Alternative"),
    "too many rows": tables(ROWS + 1),
    "too much text": {"text": "x" * (LARGEST + 1)},
}
TAKEN = {
    "an identifier": {"identity": "a" * 32},
    "a name once": attached(),
    "a relationship": attached(relationship="Data"),
    "many rows": tables(ROWS),
    "much text": {"text": "x" * LARGEST},
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_bundle_that_is_refused(case):
    with pytest.raises(RenderingRefused):
        bundles.bundle(**REFUSED[case])


@pytest.mark.parametrize("case", TAKEN)
def test_a_bundle_that_is_taken(case):
    bundle = bundles.bundle(**TAKEN[case])
    assert from_json(to_json(bundle)) == bundle


def test_a_bundle_cannot_be_changed_after_it_was_checked():
    bundle = bundles.bundle()
    with pytest.raises(AttributeError):
        bundle.identifier = "none"
    with pytest.raises(RenderingRefused):
        replace(bundle, identifier="none")
