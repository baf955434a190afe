"""The colours of the outsiders' pages can be read on each other, in the light and in the dark."""

import re
from pathlib import Path

import pytest

from wagtail_contracts import signing
from wagtail_contracts.contracts.core import contrast

STYLES = Path(signing.__file__).parent / "static/wagtail_contracts/signing/public.css"
BLOCKS = re.findall(r":root \{(.+?)\}", STYLES.read_text(), re.DOTALL)
LIGHT, DARK = (dict(re.findall(r"--([\w-]+): (#\w+);", block)) for block in BLOCKS[:2])
GROUNDS = ("canvas", "paper", "sunken")
TONES = ("good", "notice", "bad", "info")
TEXTS = [("ink", ground) for ground in GROUNDS]
REST = [
    *[(ink, ground) for ink in ("soft", "accent") for ground in GROUNDS],
    *[(ink, f"{tone}-soft") for tone in TONES for ink in (tone, "ink")],
    *[(tone, ground) for tone in TONES for ground in ("canvas", "paper")],
    ("accent-ink", "accent"),
    ("accent-ink", "accent-strong"),
    ("ink", "accent-soft"),
]
BORDERS = [(line, ground) for line in ("edge", "focus") for ground in GROUNDS]


def six(colour):
    """A colour with six digits."""
    return colour if len(colour) == 7 else "#" + "".join(digit * 2 for digit in colour[1:])


@pytest.mark.parametrize("tokens", [LIGHT, {**LIGHT, **DARK}], ids=["light", "dark"])
@pytest.mark.parametrize(("pairs", "least"), [(TEXTS, 7), (REST, 4.5), (BORDERS, 3)])
def test_each_pair_that_stands_together_has_its_contrast(tokens, pairs, least):
    found = {pair: contrast.ratio(six(tokens[pair[0]]), six(tokens[pair[1]])) for pair in pairs}

    assert {pair: ratio for pair, ratio in found.items() if ratio < least} == {}
    assert len(found) >= 3


def test_there_is_a_block_for_the_light_and_one_for_the_dark():
    assert len(LIGHT) >= 20
    assert {"canvas", "ink", "accent", "focus"} <= set(DARK)
