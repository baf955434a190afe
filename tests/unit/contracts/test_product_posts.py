"""Posts about product tables: only open cells are read; everything else is refused by name."""

from decimal import Decimal

import pytest
from django.http import QueryDict
from wagtail.blocks import StreamBlockValidationError

from tests.unit.contracts.test_product_tables import ROWS
from wagtail_contracts.contracts.admin.locked import LockedBlockField
from wagtail_contracts.contracts.blocks import plain
from wagtail_contracts.contracts.blocks.locking import LockableStreamBlock
from wagtail_contracts.contracts.blocks.products import ProductsBlock


class Stream(LockableStreamBlock):
    products = ProductsBlock()


STREAM = Stream()
TABLES = ("Prices", "Extras")
NEW = "11111111-0000-4000-8000-000000000009"


def identity(table, place):
    return f"{table:08d}-0000-4000-8000-{place:012d}"


def entry(table, columns):
    """A stored table; its first row costs 1200, its last one has a free quantity."""
    rows = [{**row, "id": identity(table + 1, place)} for place, row in enumerate(ROWS)]
    value = {
        "policy": "editable",
        "columns": columns,
        "title": TABLES[table],
        "currency": "NOK",
        "role": "customer",
        "months": 24,
        "rows": rows,
    }
    return {"type": "products", "id": identity(0, table), "value": value}


def outline(*columns):
    made = [entry(table, list(columns)) for table in range(len(TABLES))]
    return plain(STREAM.clean(STREAM.to_python(made)))


FIELDS = {
    "name": ("name", "unit"),
    "description": ("description",),
    "quantity": ("quantity",),
    "price": ("price",),
    "discount": ("discount", "discount_kind"),
    "vat": ("vat",),
    "period": ("period",),
}


def post(made, now=None):
    """What the form sends when nobody changed anything; `now` are the entries as they are."""
    data = {"body-count": str(len(made))}
    for place, (was, item) in enumerate(zip(made, now or made, strict=True)):
        prefix = f"body-{place}"
        data |= {f"{prefix}-{name}": item[name] for name in ("id", "type")}
        data |= {f"{prefix}-deleted": "", f"{prefix}-order": str(place)}
        data |= rows(f"{prefix}-value-rows", was, item)
    return data


def rows(prefix, was, item):
    columns = set(was["value"]["columns"])
    made = {row["id"] for row in was["value"]["rows"]}
    data = {f"{prefix}-count": str(len(item["value"]["rows"]))}
    for place, row in enumerate(item["value"]["rows"]):
        data |= {f"{prefix}-{place}-id": row["id"], f"{prefix}-{place}-deleted": ""}
        own = row["id"] not in made
        parts = [part for name, names in FIELDS.items() if own or name in columns for part in names]
        if own:
            parts.append("sku")
        block = STREAM.child_blocks["products"].child_blocks["rows"].child_block
        for part in parts:
            usual = block.child_blocks[part].get_default()
            data[f"{prefix}-{place}-value-{part}"] = str(row["value"].get(part) or usual or "")
    return data


def read(made, data, now=None):
    """The stored form of what a post leaves. Raises StreamBlockValidationError."""
    sent = QueryDict(mutable=True)
    sent.update(data)
    field = LockedBlockField(STREAM, made, STREAM.to_python(now or made))
    return plain(field.clean(field.widget.value_from_datadict(sent, {}, "body")))


def cells(stream, table=0, name="rows"):
    return [row["value"] for row in stream[table]["value"][name]]


def refusal(made, data, now=None):
    with pytest.raises(StreamBlockValidationError) as refused:
        read(made, data, now)
    return list(refused.value.non_block_errors)


@pytest.mark.parametrize("columns", [[], ["quantity"], ["price", "rows"], [*FIELDS, "rows"]])
def test_an_untouched_form_changes_nothing(columns):
    made = outline(*columns)

    assert read(made, post(made)) == made


@pytest.mark.parametrize("column", FIELDS)
def test_an_open_column_is_read_and_all_others_are_refused(column):
    part, typed = FIELDS[column][0], {"period": "year", "name": "New", "description": "New"}
    made, name = outline(column), f"body-0-value-rows-0-value-{part}"
    value = typed.get(column, "7")

    changed = read(made, post(made) | {name: value})
    shown = cells(changed)[0][part]
    assert shown == value or Decimal(shown) == 7
    cells(changed)[0][part] = cells(made)[0][part]
    assert changed == made  # and nothing else

    others = outline(*(other for other in FIELDS if other != column))
    said = refusal(others, post(others) | {name: value})
    assert len(said) == 1
    assert "“Prices”, row “Setup”" in said[0]


@pytest.mark.parametrize(
    "part", ["choice", "default", "group", "minimum", "maximum", "step", "sku", "title"]
)
def test_what_is_the_templates_can_never_be_changed_in_a_row(part):
    made = outline(*FIELDS, "rows")

    name = f"body-0-value-rows-0-value-{part}"
    known = part != "title"  # what no row has is not looked at
    if known:
        assert "cannot be changed" in refusal(made, post(made) | {name: "1"})[0]
    else:
        assert read(made, post(made) | {name: "1"}) == made


def drop(data, prefix):
    """The post without its last row."""
    last = int(data[f"{prefix}-count"]) - 1
    kept = {name: said for name, said in data.items() if not name.startswith(f"{prefix}-{last}-")}
    return kept | {f"{prefix}-count": str(last)}


def swap(data, prefix):
    """The post with its first two rows in the other order."""
    made = {}
    for name, said in data.items():
        for one, other in ((0, 1), (1, 0)):
            if name.startswith(f"{prefix}-{one}-"):
                name = f"{prefix}-{other}-{name.removeprefix(f'{prefix}-{one}-')}"
                break
        made[name] = said
    return made


PREFIX = "body-0-value-rows"
FORGED = {
    "twice": (lambda data: data | {f"{PREFIX}-1-id": identity(1, 0)}, "was sent twice"),
    "dropped": (lambda data: drop(data, PREFIX), "is missing"),
    "removed": (lambda data: data | {f"{PREFIX}-0-deleted": "1"}, "cannot be removed"),
    "moved": (lambda data: swap(data, PREFIX), "cannot be moved"),
    "foreign": (lambda data: data | {f"{PREFIX}-0-id": identity(2, 0)}, "does not belong"),
    "new": (lambda data: data | {f"{PREFIX}-0-id": NEW}, "does not belong"),
    "unnamed": (lambda data: data | {f"{PREFIX}-0-id": ""}, "does not belong"),
    "no count": (lambda data: data | {f"{PREFIX}-count": "x"}, "incomplete"),
    "negative": (lambda data: data | {f"{PREFIX}-count": "-1"}, "incomplete"),
    "endless": (lambda data: data | {f"{PREFIX}-count": "99999999"}, "incomplete"),
    "headless": (lambda data: data | {f"{PREFIX}-count": "7"}, "incomplete"),
}


@pytest.mark.parametrize("forgery", FORGED)
def test_rows_that_are_fixed_cannot_come_go_or_move(forgery):
    made, (forge, said) = outline("quantity"), FORGED[forgery]
    assert read(made, post(made)) == made

    assert any(said in message for message in refusal(made, forge(post(made))))


def without(made, place):
    """The entries with one row less in the first table."""
    kept = [row for at, row in enumerate(made[0]["value"]["rows"]) if at != place]
    return [{**made[0], "value": {**made[0]["value"], "rows": kept}}, *made[1:]]


def added(made, id=NEW, **parts):
    """The entries with one row more at the end of the first table."""
    row = {
        "type": "item",
        "id": id,
        "value": {
            "name": "New",
            "quantity": "1",
            "price": "5",
            "vat": "25",
            "period": "once",
            **parts,
        },
    }
    return [
        {**made[0], "value": {**made[0]["value"], "rows": [*made[0]["value"]["rows"], row]}},
        *made[1:],
    ]


def test_open_rows_come_go_and_move():
    made = outline("quantity", "rows")

    assert cells(read(made, post(made, added(made))))[-1]["name"] == "New"
    gone = read(made, post(made) | {f"{PREFIX}-0-deleted": "1"})
    assert [row["name"] for row in cells(gone)] == [row["name"] for row in cells(made)[1:]]
    moved = read(made, swap(post(made), PREFIX))
    assert [row["name"] for row in cells(moved)[:2]] == ["Training", "Setup"]


def test_an_added_row_may_be_changed_and_a_removed_one_comes_back():
    made = outline("rows")
    now = added(without(made, 0))

    kept = read(made, post(made, now) | {f"{PREFIX}-5-value-price": "9"}, now)
    assert Decimal(cells(kept)[-1]["price"]) == 9
    assert len(cells(read(made, post(made), without(made, 0)))) == len(ROWS)


@pytest.mark.parametrize(
    ("forge", "said"),
    [
        (lambda made: post(made, added(made, id=identity(2, 0))), "does not belong"),
        (lambda made: post(made, added(made, id=identity(0, 0))), "does not belong"),
        (lambda made: post(made, added(made, id="x" * 36)), "does not belong"),
        (lambda made: drop(post(made), PREFIX), "is missing"),
        (lambda made: post(made) | {f"{PREFIX}-0-value-price": "1"}, "cannot be changed"),
        (
            lambda made: {
                name: value
                for name, value in post(made, added(made)).items()
                if name != f"{PREFIX}-6-value-price"
            },
            "was not sent",
        ),
    ],
)
def test_open_rows_do_not_open_the_cells_nor_take_foreign_ids(forge, said):
    made = outline("rows")
    assert len(cells(read(made, post(made, added(made))))) == len(ROWS) + 1

    assert any(said in message for message in refusal(made, forge(made)))


def test_two_tables_cannot_share_a_new_row():
    made = outline("rows")
    both = [added(made)[0], added(made[::-1])[0]]

    assert len(cells(read(made, post(made, [both[0], made[1]])), 0)) == len(ROWS) + 1
    assert "does not belong" in refusal(made, post(made, both))[0]


def test_a_faulty_cell_is_named_where_it_stands():
    made = outline("price")

    with pytest.raises(StreamBlockValidationError) as refused:
        read(made, post(made) | {f"{PREFIX}-0-value-price": "-1"})
    table = refused.value.block_errors[identity(0, 0)]
    assert list(table.block_errors["rows"].block_errors[0].block_errors) == ["price"]


def filling(made, now=None):
    block = STREAM.child_blocks["products"]
    values = [block.to_python(entries[0]["value"]) for entries in (now or made, made)]
    return block.filling_state(*values)["table"]


def test_the_editor_has_inputs_for_open_cells_and_text_for_locked_ones():
    made = outline("price")
    state = filling(made)

    first = state["rows"][0]
    assert first["parts"] == ["price"]
    assert first["cells"]["price"] == "1200"
    assert first["shown"]["quantity"] == "2.5"
    assert first["shown"]["discount"] == "10\u00a0%"
    assert [column["name"] for column in state["columns"] if column["open"]] == ["price"]
    assert state["adding"] is False


def test_the_editor_lets_every_cell_of_an_added_row_be_filled_in():
    made = outline("rows")
    state = filling(made, added(made))

    assert state["adding"] is True
    assert state["rows"][0]["parts"] == []
    assert {"price", "sku", "period"} <= set(state["rows"][-1]["parts"])
