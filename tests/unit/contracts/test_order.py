"""What the order of signing would cost."""

import pytest

from wagtail_contracts.contracts.core.order import Side, Signatory, moved, warnings


def side(*positions, fills=0, name="A"):
    return Side([Signatory(f"{name}{place}", place) for place in positions], fills)


@pytest.mark.parametrize(
    ("sides", "void"),
    [
        ([side(1, fills=2), side(2)], []),
        ([side(1, fills=2), side(1)], []),
        ([side(2, fills=0), side(1)], []),
        ([side(2, fills=2)], []),
        ([side(fills=2), side(1)], []),
        ([side(2, fills=2), side(1, name="B")], [("A2", 2, ["B1"])]),
        ([side(2, 3, fills=1), side(1, 2, name="B")], [("A2", 1, ["B1"])]),
        ([side(1, 4, fills=1), side(2, 3, name="B")], []),
        ([side(3, fills=1), side(1, 2, name="B")], [("A3", 1, ["B1", "B2"])]),
        (
            [side(3, fills=1), side(2, fills=4, name="B"), side(1, name="C")],
            [("A3", 1, ["B2", "C1"]), ("B2", 4, ["C1"])],
        ),
    ],
)
def test_who_signs_before_somebody_fills_in_signs_in_vain(sides, void):
    found = [(said["first"], said["count"], said["before"]) for _code, said in warnings(sides)]
    assert found == void


@pytest.mark.parametrize(
    ("addresses", "shared"),
    [
        ([("A", "a@x.example"), ("B", "b@x.example")], []),
        ([("A", ""), ("B", "")], []),
        ([("A", "a@x.example"), ("B", " A@X.example ")], [("A", "B")]),
        ([("A", "a@x.example")] * 3, [("A", "A")] * 3),
    ],
)
def test_people_who_share_an_address_are_named(addresses, shared):
    sides = [Side([], addresses=[person]) for person in addresses]
    assert [(said["one"], said["other"]) for _code, said in warnings(sides)] == shared


@pytest.mark.parametrize(
    ("positions", "place", "by", "then"),
    [
        ([1, 2, 3], 2, -1, [1, 3, 2]),
        ([1, 2, 3], 0, 1, [2, 1, 3]),
        ([1, 2, 3], 0, -1, [1, 2, 3]),
        ([1, 2, 3], 2, 1, [1, 2, 3]),
        ([2, 1], 0, -1, [1, 2]),
        ([1, 1, 1], 2, -1, [1, 3, 2]),
        ([9, 4, 7], 0, -1, [2, 1, 3]),
        ([5], 0, 1, [1]),
    ],
)
def test_somebody_signs_one_place_earlier_or_later(positions, place, by, then):
    assert moved(positions, place, by) == then
