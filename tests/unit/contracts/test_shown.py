"""What people read for a value, by the language of the contract."""

import pytest

from example_site import contents as streams
from tests.property.generated import field
from tests.unit.contracts import made
from wagtail_contracts.contracts.core import shown, trees
from wagtail_contracts.contracts.rendering.lines import Lines


def read(kind, value, language="nb"):
    return shown.value(field(kind), value, language).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("kind", "value", "language", "words"),
    [
        ("text", "en to", "nb", "en to"),
        ("number", "1234.5000", "nb", "1 234,5"),
        ("number", "1234.5000", "en", "1,234.5"),
        ("number", "3.0000", "nb", "3"),
        ("money", {"amount": "5300.00", "currency": "NOK"}, "nb", "5 300 NOK"),
        ("money", {"amount": "5300.50", "currency": "NOK"}, "nb", "5 300,50 NOK"),
        ("money", {"amount": "5300.00", "currency": "EUR"}, "en", "5,300 EUR"),
        ("date", "2027-02-01", "nb", "1. februar 2027"),
        ("date", "2027-02-01", "en", "1 February 2027"),
        ("date", "2027-02-01", "en-gb", "1 February 2027"),
        ("date", "2027-02-01", "xx", "1 February 2027"),
        ("yes_no", True, "nb", "Ja"),
        ("yes_no", False, "nn-no", "Nei"),
        ("yes_no", True, "de", "Yes"),
        ("choice", "gone", "nb", "gone"),
        ("text", None, "nb", ""),
    ],
)
def test_values_read_as_the_language_writes_them(kind, value, language, words):
    assert read(kind, value, language) == words


def test_a_space_never_parts_an_amount_from_its_currency():
    assert " " not in shown.value(field("money"), {"amount": "5.00", "currency": "NOK"}, "nb")


def words(html, **more):
    body = [streams.text(html)]
    content = made.content(body, **more)
    return shown.words(made.block(content, "text")["content"][0]["content"], content)


def test_references_read_as_names_and_values():
    chip = streams.chip
    assert words(f"{chip('contract.title')}: {chip('customer.people')}") == (
        "Driftsavtale 2027: Kari Nordmann"
    )
    assert words(f"{chip('start')} {chip('nowhere')} {chip('nobody.name')}", values={}) == "… … …"


def test_a_link_reads_as_its_words_and_a_break_as_a_new_line():
    assert words('<a href="https://a.example">her</a><br/>nå') == "her\nnå"


@pytest.mark.parametrize(
    ("entry", "name", "text"),
    [
        (streams.clause("Pris", "Den er høy."), "Pris", "Pris\nDen er høy."),
        (streams.clause("", "Den er høy."), "Den er høy.", "Den er høy."),
        (streams.heading("Del"), "Del", "Del"),
        (streams.listing("en", "to"), "en", "• en\n• to"),
        (streams.table("Tid", ("a", "b")), "Tid", "Tid\na | b"),
        (streams.place("start"), "Oppstart", "Oppstart"),
        (streams.area("Mer"), "Mer", "Mer\nNone."),
        (streams.signatures("Signaturer"), "Signaturer", "Signaturer"),
    ],
)
def test_a_block_has_a_name_and_words(entry, name, text):
    content = made.content([entry])
    block = content["body"][0]
    assert (shown.name(block, content), shown.text(block, content)) == (name, text)


def test_the_value_of_a_choice_holds_what_stands_inside_its_option():
    content = trees.with_values(made.content(), {"support": "extended", "until": "21.00"})

    assert Lines(content).value("support") == "Til klokka 21.00"
    assert Lines(made.content()).value("support") == "Kontortid"
    assert Lines(made.content()).value("until") == ""
