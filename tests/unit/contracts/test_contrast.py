"""A colour that is taken can be read everywhere: light, dark, as ground and as ink."""

import itertools
import re

import pytest

from wagtail_contracts.contracts.core import contrast

STEPS = ("00", "33", "66", "99", "cc", "ff")
COLOURS = [f"#{''.join(parts)}" for parts in itertools.product(STEPS, repeat=3)]


def second(one: str, other: str) -> float:
    """The contrast, computed once more from the definition of WCAG 2.2."""

    def light(colour: str) -> float:
        parts = [int(pair, 16) / 255 for pair in re.findall("..", colour[1:])]
        ramp = [p / 12.92 if p <= 0.04045 else pow((p + 0.055) / 1.055, 2.4) for p in parts]
        return sum(
            weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), ramp, strict=True)
        )

    first, last = light(one), light(other)
    return (max(first, last) + 0.05) / (min(first, last) + 0.05)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#ffffff", "#ffffff", 1.0), ("#777777", "#ffffff", 4.478)],
)
def test_known_contrasts_come_out_as_known(one, other, ratio):
    assert contrast.ratio(one, other) == pytest.approx(ratio, abs=0.001)
    assert contrast.ratio(other, one) == contrast.ratio(one, other)


def test_a_readable_colour_is_readable_by_a_second_computation_and_no_other_is():
    taken = [colour for colour in COLOURS if contrast.is_readable(colour)]
    for colour in COLOURS:
        darker = second(colour, "#000000") < second(contrast.PAGE, "#000000")
        assert (colour in taken) == (darker and second(colour, contrast.PAGE) >= 4.5), colour
    assert len(COLOURS) == 216
    assert 50 < len(taken) < 150


def test_every_shade_of_a_taken_colour_can_be_read_where_it_stands():
    looked = 0
    for colour in filter(contrast.is_readable, COLOURS):
        light, dark = contrast.shades(colour).values()
        for shades, ground in ((light, contrast.PAGE), (dark, contrast.NIGHT)):
            for name in ("accent", "accent-strong"):
                assert second(shades[name], ground) >= 4.5, (colour, name)
                assert second(shades[name], shades["accent-ink"]) >= 4.5, (colour, name)
                looked += 1
        assert second(light["accent-soft"], "#1b1d21") >= 4.5
        assert second(dark["accent-soft"], "#eceae5") >= 4.5
    assert looked > 200


def test_what_is_offered_instead_is_readable_and_near():
    for colour in COLOURS:
        near = contrast.readable(colour)
        assert contrast.is_readable(near)
        assert near == colour or not contrast.is_readable(colour)


@pytest.mark.parametrize("text", ["", "#fff", "red", "#12345g", "0a5752", "#0a5752;", "#0a5752\n"])
def test_what_is_no_colour_is_none(text):
    assert not contrast.is_colour(text)
    assert contrast.is_colour("#0a5752")


def test_a_contrast_is_never_rounded_up():
    assert contrast.said(4.4999) == "4.4"
    assert contrast.said(4.5) == "4.5"
