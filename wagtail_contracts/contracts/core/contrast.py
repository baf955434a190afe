"""Whether a colour can be read, and the shades that follow from it.

Relative luminance and contrast are those of WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio.
Colours are written as # and six hexadecimal digits.
"""

from __future__ import annotations

import re
from collections.abc import Callable

LEAST = 4.5
PAGE, NIGHT = "#f1eee7", "#24282c"  # the darkest of the light page's grounds, the lightest at night
WHITE, BLACK = "#ffffff", "#000000"
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
STEPS = 100


def is_colour(text: str) -> bool:
    """Say whether this is a colour."""
    return COLOUR.fullmatch(text) is not None


def ratio(first: str, second: str) -> float:
    """The contrast between two colours, from 1 to 21."""
    lower, higher = sorted((_luminance(first), _luminance(second)))
    return (higher + 0.05) / (lower + 0.05)


def on_page(colour: str) -> float:
    """The contrast with the light page; that with white is higher still."""
    return ratio(colour, PAGE)


def is_readable(colour: str) -> bool:
    """Say whether links of this colour, and white words on it, can be read on the light page."""
    return _luminance(colour) < _luminance(PAGE) and on_page(colour) >= LEAST


def readable(colour: str) -> str:
    """The colour, darkened as little as it takes to be readable."""
    return _until(colour, BLACK, is_readable)


def at_night(colour: str) -> str:
    """The colour, lightened as little as it takes to be read on the dark page."""
    return _until(colour, WHITE, lambda tried: ratio(tried, NIGHT) >= LEAST and _is_light(tried))


def mixed(colour: str, other: str, share: float) -> str:
    """The colour with a share of another, from 0 to 1."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def shades(colour: str) -> dict[str, dict[str, str]]:
    """The values of the page's colour names by `light` and `dark`, from a readable colour."""
    night = at_night(colour)
    return {
        "light": {
            "accent": colour.lower(),
            "accent-strong": mixed(colour, BLACK, 0.25),
            "accent-ink": WHITE,
            "accent-soft": mixed(colour, WHITE, 0.88),
        },
        "dark": {
            "accent": night,
            "accent-strong": mixed(night, WHITE, 0.3),
            "accent-ink": mixed(night, BLACK, 0.85),
            "accent-soft": mixed(night, "#1b1e21", 0.85),
        },
    }


def said(value: float) -> str:
    """A contrast with one digit, rounded down: 4.49 is not 4.5."""
    return f"{int(value * 10) / 10:.1f}"


def _until(colour: str, other: str, fits: Callable[[str], bool]) -> str:
    tries = (mixed(colour, other, step / STEPS) for step in range(STEPS + 1))
    return next(tried for tried in tries if fits(tried))


def _is_light(colour: str) -> bool:
    return _luminance(colour) > _luminance(NIGHT)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
