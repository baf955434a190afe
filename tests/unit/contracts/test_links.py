"""What mail programs make a link of, and what is only a word with a dot."""

import pytest

from wagtail_contracts.contracts.core import links

LINKS = [
    "https://evil.example",
    "HTTP://EVIL.EXAMPLE/x",
    "ftp://evil",
    "www.evil.test",
    "evil.com",
    "Evil.Com",
    "sub.evil.no",
    "evil.com:8080",
    "evil.com/pay?now",
    "evil.com.",
    "bl\u00e5b\u00e6r.no",
    "evil.xn--p1ai",
    "evil.whatever/pay",
]
WORDS = [
    "f.eks.",
    "e.g.",
    "bl.a.",
    "d.v.s.",
    "1.000",
    "2.1.3",
    "A/S",
    "and/or",
    "ola@eksempel.example",
    "vedlegg.pdf",
    "Price:100",
    "...",
    "",
]


@pytest.mark.parametrize("around", ["%s", "(%s)", "\u00ab%s\u00bb,", "Look: %s!"])
@pytest.mark.parametrize("link", LINKS)
def test_a_link_is_found_whatever_stands_around_it(link, around):
    assert len(list(links.found(around % link))) == 1


@pytest.mark.parametrize("word", WORDS)
def test_a_word_is_no_link(word):
    assert list(links.found(f"See {word} here")) == []


def test_ours_are_those_below_our_own_address():
    ours = "https://intranet.example"
    text = f"{ours}/c/ {ours}.evil.com/c/ https://evil.com/{ours}/c/ {ours}@evil.com/"
    assert list(links.found(text, ours)) == text.split()[1:]
