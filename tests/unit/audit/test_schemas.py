"""Which data fit the shape of an event, and what is said of the first field that doesn't."""

import pytest

from wagtail_contracts.audit.core import schemas

COUNTED = schemas.Schema(
    schemas.read({"item": str, "quantity": int, "tags": list[str], "until": str | None}),
    schemas.read({"note": str}),
)
FITS = {"item": "a", "quantity": 3, "tags": ["b"], "until": None}


@pytest.mark.parametrize(
    "data", [FITS, {**FITS, "note": "n"}, {**FITS, "tags": []}, {**FITS, "until": "2027-01-01"}]
)
def test_what_was_declared_fits(data):
    assert COUNTED.fault(data) == ""


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ({"item": "a", "tags": [], "until": None}, "'quantity' is missing"),
        ({**FITS, "quantity": "3"}, "'quantity' is a int and not '3'"),
        ({**FITS, "quantity": True}, "'quantity' is a int and not True"),
        ({**FITS, "tags": [1]}, "'tags' is a list[str] and not [1]"),
        ({**FITS, "until": 1}, "'until' is a None | str and not 1"),
        ({**FITS, "note": None}, "'note' is a str and not None"),
    ],
)
def test_what_does_not_fit_is_named(data, fault):
    assert COUNTED.fault(data) == fault


def test_a_field_that_nobody_declared_is_named_beside_those_that_there_are():
    told = COUNTED.fault({**FITS, "qty": 3})
    assert told == (
        "'qty' is not among its fields "
        "(item: str, quantity: int, tags: list[str], until: None | str, note?: str)"
    )
    assert schemas.Schema().fault({"qty": 3}) == "'qty' is not among its fields (it has none)"


def test_others_may_have_any_name_and_one_type():
    open_ = schemas.Schema(others=schemas.read_one(int))
    assert open_.fault({"rows": 3, "files": 1}) == ""
    assert open_.fault({"rows": "3"}) == "'rows' is a int and not '3'"


@pytest.mark.parametrize("kind", [float, bytes, "str", list[float], set[str], str | float])
def test_a_type_that_no_record_holds_can_not_be_declared(kind):
    with pytest.raises(schemas.UnknownType):
        schemas.read({"field": kind})
    assert schemas.read({"field": str})


@pytest.mark.parametrize("name", ["Item", "_item", "", "the-item", "i" * 65])
def test_a_name_that_no_record_holds_can_not_be_declared(name):
    with pytest.raises(schemas.UnknownType):
        schemas.read({name: str})
    assert schemas.read({"item": str})
