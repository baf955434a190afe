"""The language of conditions and computed fields, by examples of its reference."""

import pytest

from wagtail_contracts.contracts.core.expressions import (
    Invalid,
    Type,
    check,
    holds,
    names,
    value,
)


def nok(amount: str) -> dict[str, str]:
    """An amount in kroner."""
    return {"amount": amount, "currency": "NOK"}


VALUES = {
    "area": "12.5000",
    "months": "3.0000",
    "rate": nok("100.10"),
    "rent": nok("5000.00"),
    "fee": {"amount": "20.00", "currency": "EUR"},
    "yen": {"amount": "101.00", "currency": "JPY"},
    "start": "2026-01-31",
    "end": "2026-12-31",
    "name": "Ada",
    "plan": "month",
    "extras": ["garage", "cellar"],
    "pets": True,
    "smoking": False,
    "nothing": None,
    "lines": "a\nb",
    "0f3c-41": "2.0000",
}
KINDS = {
    "area": Type("number"),
    "months": Type("number"),
    "rate": Type("money", "NOK"),
    "rent": Type("money", "NOK"),
    "fee": Type("money", "EUR"),
    "yen": Type("money", "JPY"),
    "start": Type("date"),
    "end": Type("date"),
    "name": Type("text"),
    "plan": Type("choice", options=frozenset(("month", "year"))),
    "extras": Type("choices", options=frozenset(("garage", "cellar", "garden"))),
    "pets": Type("yes_no"),
    "smoking": Type("yes_no"),
    "nothing": Type("number"),
    "lines": Type("text"),
    "scan": Type("other"),
    "0f3c-41": Type("number"),
}
COMPUTED = {
    "1 + 2 * 3": "7.0000",
    "(1 + 2) * 3": "9.0000",
    "8 / 2 / 2": "2.0000",
    "10 - 2 - 3": "5.0000",
    "-area + 1": "-11.5000",
    "0.1 + 0.2": "0.3000",
    "1 / 3": "0.3333",
    "2 / 3": "0.6667",
    "1 / 3 * 3": "1.0000",
    "0.00005 + 0": "0.0001",
    "-0.00005 + 0": "-0.0001",
    "area × rate": nok("1251.25"),
    "rate / 3": nok("33.37"),
    "rate * 0.05": nok("5.01"),
    "rate - rent": nok("-4899.90"),
    "rent + 0.125 NOK": nok("5000.13"),
    "rent / rate": "49.9500",
    "yen / 2": {"amount": "51.00", "currency": "JPY"},
    "round(area)": "13.0000",
    "round(area / 3, 2)": "4.1700",
    "round(rate * 0.005) + round(rate * 0.005)": nok("1.00"),
    "rate * 0.005 + rate * 0.005": nok("1.00"),
    "min(area, months, 4)": "3.0000",
    "max(rate, rent)": nok("5000.00"),
    "max(start, end)": "2026-12-31",
    "start + 1 month": "2026-02-28",
    "start + 1 month + 1 month": "2026-03-28",
    "start + 2 months": "2026-03-31",
    "start + months months": "2026-04-30",
    "start + (months + 1) months - 1 day": "2026-05-30",
    "start - 3 months": "2025-10-31",
    "start + 2 weeks": "2026-02-14",
    "2024-02-29 + 1 year": "2025-02-28",
    "2024-02-29 \u2212 4 years": "2020-02-29",
    "end - start": "334.0000",
    "name": "Ada",
    '"say ""yes"""': 'say "yes"',
    "“it's”": "it's",
    "pets": True,
    "not pets": False,
    "{0f3c-41} * 2": "4.0000",
    "nothing + 1": None,
    "start + nothing days": None,
    "max(nothing, 1)": None,
    "1 / (area - area)": None,
    "9999-12-31 + 1 day": None,
    "0001-01-01 - 1 month": None,
    "start + area months": None,
    "99999999999999 * 10": None,
}
MET = [
    "area = 12.5",
    "area >= 12.5 and area <= 12.50",
    "area ≥ 12.5 and not area > 12.5",
    "rent > rate",
    "rent = 5000 NOK",
    "rent / 2 < rate * 25",
    "start < end and end = 2026-12-31",
    'plan = "month" and plan != "year"',
    'extras contains "garage"',
    'not extras contains "garden"',
    "pets",
    "pets = yes and smoking = no",
    "pets != smoking",
    "nothing is empty",
    "name is filled in",
    "smoking is filled in",
    "not (name is empty)",
    "nothing = 1 or pets",
    'name = "Ada"',
    "area * 2 + 5 = 30",
    "round(rate) is filled in",
]
NOT_MET = [
    "area < 12.5",
    "nothing = 1",
    "nothing != 1",
    "not nothing = 1",
    "nothing = 1 and pets",
    "nothing = 1 or smoking",
    "nothing is filled in",
    "name is empty",
    "1 / (area - area) = 1",
    "smoking",
]
REFUSED = {  # (code, place of the fault)
    "": ("unfinished", 0),
    "area +": ("unfinished", 6),
    "area rate": ("unexpected", 5),
    "area , 1": ("unexpected", 5),
    "(area": ("unfinished", 5),
    "area)": ("unexpected", 4),
    "1.5.2": ("character", 0),
    "area ; 1": ("character", 5),
    "area == 1": ("unexpected", 6),
    "Area": ("character", 0),
    'name = "Ada': ("open_text", 7),
    "2026-02-30": ("date", 0),
    "1 < area < 3": ("chain", 9),
    "area is nothing": ("is", 8),
    "exec(1)": ("unknown_function", 0),
    "and": ("unexpected", 0),
    "pets.__class__": ("character", 4),
    "area[0]": ("character", 4),
    "area ** 2": ("unexpected", 6),
    "area % 2": ("character", 5),
    "missing": ("unknown_key", 0),
    "start + 1": ("unit", 8),
    "start + 1.5 months": ("whole", 8),
    "3 months": ("period", 0),
    "start + rent months": ("unit", 8),
    "start + end": ("reckon", 6),
    "rent + fee": ("currencies", 5),
    "rent > fee": ("currencies", 5),
    "max(rent, fee)": ("currencies", 0),
    "rent / fee": ("currencies", 5),
    "rent + 1": ("types", 5),
    "rent * rate": ("money_money", 5),
    "1 / rent": ("types", 2),
    "area / 0": ("nought", 7),
    "name + name": ("reckon", 5),
    "name < name": ("order", 5),
    "max(pets, pets)": ("order", 0),
    "-name": ("reckon", 0),
    "pets > no": ("order", 5),
    "pets = 1": ("types", 5),
    "name = 1": ("types", 5),
    "scan = scan": ("order", 5),
    'plan = "week"': ("option", 7),
    '"week" != plan': ("option", 0),
    'extras contains "pool"': ("option", 16),
    'extras = "garage"': ("choices", 7),
    'plan contains "month"': ("contains", 5),
    "extras contains 1": ("types", 7),
    "area and pets": ("condition", 0),
    "not area": ("condition", 4),
    "round(area, 5)": ("places", 0),
    "round(area, months)": ("places", 0),
    "round(1, 2, 3)": ("places", 0),
    "round(name)": ("reckon", 0),
    "(" * 21 + "1" + ")" * 21: ("too_deep", 21),
    "not " * 21 + "pets": ("too_deep", 84),
    "1 " + "+ 1" * 2000: ("too_long", 4000),
}


@pytest.mark.parametrize(("text", "expected"), COMPUTED.items())
def test_a_computed_value_is_what_the_rules_say(text: str, expected: object) -> None:
    check(text, KINDS)
    assert value(text, VALUES) == expected


@pytest.mark.parametrize("text", MET)
def test_a_condition_is_met(text: str) -> None:
    assert check(text, KINDS).kind == "yes_no"
    assert holds(text, VALUES)


@pytest.mark.parametrize("text", NOT_MET)
def test_a_condition_is_not_met(text: str) -> None:
    assert check(text, KINDS).kind == "yes_no"
    assert not holds(text, VALUES)


@pytest.mark.parametrize(("text", "expected"), REFUSED.items())
def test_what_can_not_be_used_is_refused_at_its_place(text: str, expected: tuple[str, int]) -> None:
    with pytest.raises(Invalid) as refused:
        check(text, KINDS)
    assert (refused.value.code, refused.value.at) == expected


def test_the_scan_of_a_file_may_be_asked_for() -> None:
    assert check("scan is filled in", KINDS).kind == "yes_no"
    assert holds("scan is filled in", {"scan": {"digest": "00", "name": "a.pdf"}})
    assert not holds("scan is filled in", {"scan": None})


def test_names_are_the_keys_and_no_words_of_the_language() -> None:
    text = 'min(area, {0f3c-41}) > 3 and not plan = "month" or start + months months is empty'
    assert names(text) == {"area", "0f3c-41", "plan", "start", "months"}


def test_a_key_that_is_a_word_of_the_language_is_put_in_braces() -> None:
    assert holds("{not} and not {is}", {"not": True, "is": False})


def test_a_text_that_looks_like_a_number_or_a_day_is_a_text() -> None:
    values = {"name": "12.5000", "note": "2026-01-01"}
    assert holds('name = "12.5000" and note = "2026-01-01"', values)
    assert not holds('name = "12.5" or note = "1"', values)
