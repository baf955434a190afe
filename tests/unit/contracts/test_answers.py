"""What was typed, as the canonical value of a data field."""

from datetime import date
from decimal import Decimal

import pytest

from tests.property.generated import field
from wagtail_contracts.contracts.core import answers


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("text", "  en \t to ", "en to"),
        ("text", "a\u030a", "å"),
        ("long_text", " en \r\n\r\nto  ", "en\n\nto"),
        ("number", "3", "3.0000"),
        ("number", "-1 234,5", "-1234.5000"),
        ("number", "\u22120,5", "-0.5000"),
        ("number", "-0", "0.0000"),
        ("number", Decimal("2.5"), "2.5000"),
        ("number", 7, "7.0000"),
        ("money", "5 300", {"amount": "5300.00", "currency": "NOK"}),
        ("money", "5\u00a0300,50 NOK", {"amount": "5300.50", "currency": "NOK"}),
        ("money", {"amount": "1.00", "currency": "EUR"}, {"amount": "1.00", "currency": "NOK"}),
        ("date", "2026-12-31", "2026-12-31"),
        ("date", "1.2.2027", "2027-02-01"),
        ("date", date(2027, 2, 1), "2027-02-01"),
        ("email", " kari@kunde.example ", "kari@kunde.example"),
        ("choice", "office", "office"),
        ("yes_no", "yes", True),
        ("yes_no", "no", False),
        ("yes_no", True, True),
        ("multiple", ["extended", "office"], ["office", "extended"]),
        ("multiple", "office", ["office"]),
        ("multiple", ["office", "office"], ["office"]),
        ("organisation_number", "974 760 673", "974760673"),
        ("organisation_number", "NO 974760673 MVA", "974760673"),
        ("iban", "no93 8601 1117 947", "NO9386011117947"),
        ("phone", "22 12 34 56", "+4722123456"),
        ("phone", "0046 8 123 456 78", "+46812345678"),
        ("national_id", "151086-95088", "15108695088"),
        ("url", "www.kunde.example/vilkår", "https://www.kunde.example/vilkår"),
        ("url", "HTTP://kunde.example", "http://kunde.example"),
        ("url", "kunde.example:8080/a", "https://kunde.example:8080/a"),
        ("period", {"number": " 12 ", "unit": "month"}, {"number": 12, "unit": "month"}),
        (
            "address",
            {"street": " Storgata  1 \n\nB ", "postcode": "0155", "city": "Oslo", "country": "NO"},
            {"street": ["Storgata 1", "B"], "postcode": "0155", "city": "Oslo", "country": "NO"},
        ),
    ],
)
def test_what_people_type_is_read_as_they_mean_it(kind, typed, value):
    assert answers.read(field(kind), typed) == value


@pytest.mark.parametrize("kind", sorted(answers.KINDS))
@pytest.mark.parametrize("typed", [None, "", "  ", "\n"])
def test_nothing_typed_is_no_answer(kind, typed):
    assert answers.read(field(kind), typed) is None
    assert not answers.raw(field(kind), None) or not any(answers.raw(field(kind), None).values())
    assert answers.read(field(kind), answers.raw(field(kind), None)) is None
    assert answers.is_empty(field(kind), typed)


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        ("text", "a" * 201, "too_long"),
        ("text", "a\u202eb", "characters"),
        ("text", "a\x00b", "characters"),
        ("text", "a\x85b", "characters"),
        ("text", "a\ud800", "characters"),
        ("text", ["a"], "unreadable"),
        ("text", 1.5, "unreadable"),
        ("long_text", "a" * 2001, "too_long"),
        ("number", "1.23456", "number"),
        ("number", "1e3", "number"),
        ("number", "NaN", "number"),
        ("number", "1" * 15, "number"),
        ("money", "-1", "amount"),
        ("money", "1.234", "amount"),
        ("money", "1 EUR", "amount"),
        ("date", "2026-02-30", "date"),
        ("date", "31/12/2026", "date"),
        ("date", "in spring", "date"),
        ("email", "kari", "email"),
        ("email", "a@b", "email"),
        ("email", "a@b.example\nBcc: c@d.example", "email"),
        ("email", f"{'a' * 64}@{'b' * 63}.{'c' * 63}.{'d' * 63}.example", "email"),
        ("choice", "other", "choice"),
        ("yes_no", "maybe", "yes_no"),
        ("multiple", ["office", "other"], "multiple"),
        ("multiple", [["office"]], "unreadable"),
        ("organisation_number", "974 760 674", "organisation_number"),
        ("organisation_number", "97476067", "organisation_number"),
        ("iban", "NO93 8601 1117 948", "iban"),
        ("phone", "12", "phone"),
        ("phone", "ring meg", "phone"),
        ("phone", "22 12 34 56 ext. 7", "phone"),
        ("national_id", "15108695077", "national_id"),
        ("national_id", "1510869508", "national_id"),
        ("url", "javascript:alert(1)", "url"),
        ("url", "https://ola:hemmelig@kunde.example", "url"),
        ("url", "ftp://kunde.example", "url"),
        ("url", "kunde", "url"),
        ("url", "http://kunde.example:99999", "url"),
        ("url", "kunde.example/a b", "url"),
        ("period", {"number": "0", "unit": "month"}, "period"),
        ("period", {"number": "1.5", "unit": "month"}, "period"),
        ("period", {"number": "1", "unit": "hour"}, "period"),
        ("period", {"number": "1", "unit": "day", "more": "x"}, "unreadable"),
        ("period", "12 months", "unreadable"),
        ("file", "bevis.pdf", "unreadable"),
        ("file", f"{'AB' * 32} 12 application/pdf 1 bevis.pdf", "unreadable"),
        ("file", f"{'ab' * 32} 0 application/pdf 1 bevis.pdf", "unreadable"),
        ("file", {"name": "bevis.pdf"}, "unreadable"),
        ("file", f"{'ab' * 32} 12 video/mp4 - bevis.mp4", "file_sort"),
        ("file", f"{'ab' * 32} {(10 << 20) + 1} application/pdf 1 bevis.pdf", "file_size"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(kind, typed, code):
    with pytest.raises(answers.Wrong) as wrong:
        answers.read(field(kind), typed)
    assert wrong.value.code == code


def test_the_length_is_that_of_the_field():
    short = {**field("text"), "max_length": 3}
    assert answers.read(short, "abc") == "abc"
    with pytest.raises(answers.Wrong) as wrong:
        answers.read(short, "abcd")
    assert wrong.value.words == {"most": 3, "has": 4}


@pytest.mark.parametrize(
    ("kind", "value", "typed"),
    [
        ("number", "100.0000", "100"),
        ("number", "0.5000", "0.5"),
        ("money", {"amount": "5300.00", "currency": "NOK"}, "5300.00"),
        ("yes_no", False, "no"),
        ("date", "2027-02-01", "2027-02-01"),
        ("phone", "+4722123456", "22 12 34 56"),
        ("phone", "+46812345678", "+46 8 123 456 78"),
        ("multiple", ["office"], ["office"]),
        ("period", {"number": 12, "unit": "month"}, {"number": "12", "unit": "month"}),
    ],
)
def test_a_value_stands_in_its_input_as_people_would_type_it(kind, value, typed):
    assert answers.raw(field(kind), value) == typed


@pytest.mark.parametrize(
    ("kind", "least", "most", "fits", "code"),
    [
        (
            "number",
            "1.0000",
            "3.0000",
            ("1", "2.5", "3"),
            {"0.9999": "too_small", "3.1": "too_great"},
        ),
        ("money", "10.00", "20.00", ("10", "20"), {"9.99": "too_small", "20.01": "too_great"}),
        (
            "date",
            "2027-01-01",
            "2027-12-31",
            ("2027-01-01", "31.12.2027"),
            {"2026-12-31": "too_early", "2028-01-01": "too_late"},
        ),
    ],
)
def test_limits_hold_and_include_themselves(kind, least, most, fits, code):
    limited = {**field(kind), "minimum": least, "maximum": most}
    for typed in fits:
        assert answers.read(limited, typed) == answers.read(field(kind), typed)
    for typed, wanted in code.items():
        assert answers.read(field(kind), typed)
        with pytest.raises(answers.Wrong) as wrong:
            answers.read(limited, typed)
        assert wrong.value.code == wanted


@pytest.mark.parametrize(
    ("places", "fits", "wrong"), [(0, "12", "12.5"), (1, "12.5", "12.55"), (0, "12.0", "0.1")]
)
def test_a_number_has_no_more_decimals_than_its_field_allows(places, fits, wrong):
    counted = {**field("number"), "decimals": places}
    assert answers.read(counted, fits) == answers.read(field("number"), fits)
    assert answers.read(field("number"), wrong)
    with pytest.raises(answers.Wrong) as refused:
        answers.read(counted, wrong)
    assert refused.value.code == ("number" if places else "whole_number")


@pytest.mark.parametrize(
    ("part", "typed", "code"),
    [
        ("street", " ", "address_street"),
        ("street", "a\nb\nc\nd\ne", "address_lines"),
        ("street", "a" * 101, "too_long"),
        ("postcode", "155", "address_postcode"),
        ("postcode", "", "address_postcode"),
        ("city", "", "address_city"),
        ("country", "", "address_country"),
        ("country", "XX", "address_country"),
    ],
)
def test_an_address_says_which_part_is_wrong(part, typed, code):
    whole = {"street": "Storgata 1", "postcode": "0155", "city": "Oslo", "country": "NO"}
    assert answers.read(field("address"), whole)
    with pytest.raises(answers.Wrong) as wrong:
        answers.read(field("address"), {**whole, part: typed})
    assert (wrong.value.code, wrong.value.part) == (code, part)


def test_a_country_alone_is_no_address_and_a_unit_alone_no_period():
    assert answers.read(field("address"), {"country": "NO"}) is None
    assert answers.read(field("period"), {"unit": "month"}) is None


@pytest.mark.parametrize(
    ("country", "postcode", "stored"),
    [
        ("SE", "11120", "111 20"),
        ("GB", "sw1a 1aa", "SW1A 1AA"),
        ("IE", "", ""),
        ("DE", "10117", "10117"),
    ],
)
def test_postcodes_are_those_of_the_country(country, postcode, stored):
    typed = {"street": "A 1", "postcode": postcode, "city": "B", "country": country}
    assert answers.read(field("address"), typed)["postcode"] == stored


# Numbers that the organisations themselves publish, in the form in which they write them.
PUBLISHED = {
    "NO": ("974 760 673", "974760673", "974 760 674"),
    "SE": ("556012-5790", "5560125790", "556012-5791"),
    "DK": ("DK 13 58 56 28", "13585628", "13 58 56 29"),
    "FI": ("0112038-9", "01120389", "0112038-8"),
    "GB": ("sc311560", "SC311560", "S3115600"),
    "DE": ("HRB 42243, München", "München HRB 42243", "HRB 42243 Bielefeldingen"),
}


@pytest.mark.parametrize("country", sorted(PUBLISHED))
def test_organisation_numbers_are_checked_as_the_register_of_the_country_says(country):
    typed, stored, wrong = PUBLISHED[country]
    asked = {**field("organisation_number"), "country": country}
    assert answers.read(asked, typed) == stored
    with pytest.raises(answers.Wrong) as refused:
        answers.read(asked, wrong)
    assert refused.value.code == "organisation_number"
    assert answers.read(asked, refused.value.words["example"])


def test_norwegian_organisation_numbers_have_the_check_digit_of_their_weights():
    weights, asked = (3, 2, 7, 6, 5, 4, 3, 2), field("organisation_number")
    right = 0
    for number in range(900_000_000, 900_002_000):
        digits = f"{number}"
        rest = -sum(w * int(d) for w, d in zip(weights, digits, strict=False)) % 11
        fits = digits[-1] == str(rest)
        try:
            found = answers.read(asked, digits) == digits
        except answers.Wrong:
            found = False
        assert found == fits, digits
        right += fits
    assert right > 150


def test_the_check_digits_of_an_iban_leave_a_remainder_of_one():
    right = 0
    for check in range(100):
        typed = f"NO{check:02d}86011117947"
        number = int("".join(str(int(letter, 36)) for letter in typed[4:] + typed[:4]))
        try:
            found = answers.read(field("iban"), typed) == typed
        except answers.Wrong:
            found = False
        assert found == (number % 97 == 1 and 2 <= check <= 98), typed
        right += found
    assert right == 1
