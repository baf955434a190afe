"""One line of text, and a name before an address."""

import pytest

from wagtail_contracts.signing.core.lines import display_name, plain


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Hosting 2027", "Hosting 2027"),
        ("Hosting\r\nBcc: x@y.example", "Hosting Bcc: x@y.example"),
        ("a\x00b\x0bc\x1bd\x7fe\x85f", "a b c d e f"),
        ("pay \u202e000 1\u202c now", "pay 000 1 now"),
        ("\ufeffa\u2028b\u2029c\u200fd\u2066e\u2069", "a b c d e"),
        ("  many   spaces\t", "many spaces"),
        ("=?utf-8?q?a=0D=0Ab?=", "= ?utf-8?q?a=0D=0Ab?="),
        ("Æ, ø og å – “sitat”", "Æ, ø og å – “sitat”"),
        ("نرم\u200cنرم", "نرم\u200cنرم"),
    ],
)
def test_a_line_neither_breaks_nor_hides_nor_turns(text, line):
    assert plain(text) == line


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Ola Nordmann", "Ola Nordmann"),
        ('"Bank" <bank@bank.example>', "Bank bank bank.example"),
        ("bank\uff20bank.example, Ola", "bank bank.example Ola"),
        ("Ola (Sales); [x]: \\", "Ola Sales x"),
        ("Ola\r\nBcc: x@y.example", "Ola Bcc x y.example"),
        ("\u202eelpmaxe.knab\u202c", "elpmaxe.knab"),
        ("=?utf-8?q?bank=40bank.example?=", "= ?utf-8?q?bank=40bank.example?="),
    ],
)
def test_a_name_can_t_pretend_to_be_an_address(name, safe):
    assert display_name(name) == safe
