"""Each kind of data field, whole: defined, asked for, shown, masked, and in the schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from example_site import contents as made
from tests.property.generated import field
from wagtail_contracts.contracts.admin import value_widgets
from wagtail_contracts.contracts.blocks import TemplateFieldStream, definitions
from wagtail_contracts.contracts.core import answers, keys, masking, shown
from wagtail_contracts.contracts.core.fields import KINDS
from wagtail_contracts.contracts.core.fields.defining import field as canonical
from wagtail_contracts.contracts.core.fields.languages import COUNTRIES, countries
from wagtail_contracts.contracts.rendering.answers import answer_inputs, flat, typed_from

SCHEMA = Path(__file__).parents[3] / "docs" / "reference" / "contract.schema.json"
KINDLESS = {"shared", "computed"}  # a set of definitions, and values that nobody types
UNDEFINED = {"quantity"}  # of product rows
VALUES: dict[str, Any] = {
    "text": "Words",
    "long_text": "Two\nlines",
    "number": "1234.5000",
    "money": {"amount": "5300.00", "currency": "NOK"},
    "date": "2027-02-01",
    "period": {"number": 1, "unit": "year"},
    "choice": "office",
    "multiple": ["office", "extended"],
    "yes_no": False,
    "email": "kari@kunde.example",
    "phone": "+46812345678",
    "address": {"street": ["A 1", "B"], "postcode": "1577", "city": "København", "country": "DK"},
    "url": "https://kunde.example",
    "organisation_number": "974760673",
    "iban": "NO9386011117947",
    "national_id": "15108695088",
    "file": {
        "name": "bevis (2).pdf",
        "digest": "ab" * 32,
        "size": 1_258_291,
        "media_type": "application/pdf",
        "pages": 2,
    },
}
OPTIONS = [
    {"key": key, "content": [{"type": "text", "text": text, "marks": []}]}
    for key, text in (("office", "kontortid"), ("extended", "utvidet"))
]
SHOWN = {
    "number": "1\u00a0234,5",
    "money": "5\u00a0300\u00a0NOK",
    "date": "1. februar 2027",
    "period": "1\u00a0år",
    "choice": "kontortid",
    "multiple": "kontortid og utvidet",
    "yes_no": "Nei",
    "phone": "+46\u00a08\u00a0123\u00a0456\u00a078",
    "address": "A 1, B, 1577 København, Danmark",
    "organisation_number": "974\u00a0760\u00a0673",
    "iban": "NO93\u00a08601\u00a01117\u00a0947",
    "national_id": "151086\u00a095088",
    "file": "bevis (2).pdf (1,2\u00a0MB, SHA-256 abababababab)",
}


def asked(kind: str) -> dict[str, Any]:
    found = field(kind)
    return {**found, "options": OPTIONS} if found["options"] else found


def test_what_a_template_may_define_is_what_can_be_read_and_shown():
    defined = set(TemplateFieldStream().child_blocks) - KINDLESS
    assert defined == set(KINDS) - UNDEFINED == set(VALUES)
    assert len(defined) >= 17


@pytest.mark.parametrize("kind", sorted(VALUES))
def test_a_definition_becomes_canonical_as_the_schema_says(kind):
    stream = TemplateFieldStream()
    options = [made.option("office", "A"), made.option("extended", "B")]
    more = {"options": options} if kind in ("choice", "multiple") else {}
    entry = made.field(kind, "asked", "Asked", "customer", **more)
    cleaned = stream.clean(stream.to_python([entry]))
    (found,) = definitions(cleaned)
    schema = json.loads(SCHEMA.read_text())
    for part, instance in (
        ("field", canonical(found)),
        ("value", {"key": "asked", "value": VALUES[kind]}),
    ):
        jsonschema.validate(instance, {**schema, "$ref": f"#/$defs/{part}"})
    assert canonical(found)["sensitive"] == (kind == "national_id")


@pytest.mark.parametrize("kind", sorted(VALUES))
def test_a_value_is_shown_as_people_of_the_language_write_it(kind):
    wanted = SHOWN.get(kind, VALUES[kind])
    assert shown.value(asked(kind), VALUES[kind], "nb") == wanted


@pytest.mark.parametrize("kind", sorted(VALUES))
def test_what_stands_in_the_inputs_is_read_as_the_value_again(kind, rf):
    (box,) = answer_inputs(
        [asked(kind)], {"asked": answers.raw(asked(kind), VALUES[kind])}, None, "nb"
    ).values()
    assert box.is_filled
    assert f'name="{box.name}' in box.control
    sent = [*flat({"asked": answers.raw(asked(kind), VALUES[kind])}), ("a-more", "x")]
    post = rf.post("/", {name: [v for n, v in sent if n == name] for name, _value in sent}).POST
    typed = typed_from(post, [asked(kind)])
    assert answers.read(asked(kind), typed.pop("asked")) == VALUES[kind]
    assert typed == {"more": "x"}  # for the flow to refuse


@pytest.mark.parametrize("kind", sorted(VALUES))
def test_the_widgets_of_the_admin_post_what_is_read_as_the_value(kind, rf):
    widget = value_widgets.widget(asked(kind))
    raw = answers.raw(asked(kind), VALUES[kind])
    assert "asked" in widget.render("asked", raw)
    parts = {f"asked.{part}": text for part, text in raw.items()} if isinstance(raw, dict) else {}
    post = rf.post("/", parts or {"asked": raw}).POST
    assert answers.read(asked(kind), widget.value_from_datadict(post, {}, "asked")) == VALUES[kind]


@pytest.mark.parametrize("kind", sorted(VALUES))
def test_a_mask_tells_no_more_than_is_customary(kind):
    found = masking.mask(asked(kind), VALUES[kind])
    tails = {"iban": "7947", "phone": "78"}
    assert found == "••••" + tails.get(kind, "")
    assert masking.mask(asked(kind), None) == ""


def tree(**values: Any) -> dict[str, Any]:
    fields = [{**asked(kind), "key": kind, "sensitive": kind != "text"} for kind in values]
    return {
        "language": "nb",
        "fields": fields,
        "values": [{"key": key, "value": value} for key, value in values.items()],
    }


def test_masked_content_holds_no_sensitive_value():
    values = {**VALUES, "yes_no": True}
    found = masking.masked(tree(**values))
    kept = {item["key"]: item["value"] for item in found["values"]}
    assert kept.pop("text") == "Words"
    assert {value[:4] for value in kept.values()} == {"••••"}
    assert not [field for field in found["fields"] if field["key"] != "text" and field["options"]]


def test_a_change_that_masks_would_hide_is_told():
    old, new = tree(national_id="15108695088", iban="NO1"), tree(national_id="x", iban="NO1")
    before, after = masking.both(old, new)
    assert [item["value"] for item in before["values"]] == ["••••", "••••NO1"]
    assert [item["value"] for item in after["values"]] == ["•••• (endret)", "••••NO1"]


@pytest.mark.parametrize(
    ("label", "taken", "key"),
    [
        ("Start date", (), "start_date"),
        ("Start date", ("start_date", "start_date_2"), "start_date_3"),
        ("Årlig prisøkning (%)", (), "aarlig_prisoekning"),
        ("1. år", (), "field_1_aar"),
        ("合同", (), "field"),
        ("System log", (), "field_system_log"),
        ("x" * 80, (), "x" * 40),
        ("Ærlig, Ørn; ß", (), "aerlig_oern_ss"),
    ],
)
def test_a_key_is_made_from_the_label(label, taken, key):
    assert keys.made(label, taken) == key


def test_nobody_types_a_key():
    stream = TemplateFieldStream()
    entries = [made.field("text", "", "Start", "customer") for _ in range(2)]
    options = [made.option("", "Office hours"), made.option("", "Office hours")]
    entries.append(made.field("choice", "", "Support", "customer", options=options))
    found = definitions(stream.clean(stream.to_python(entries)))
    assert [item["key"] for item in found] == ["start", "start_2", "support"]
    assert [option["key"] for option in found[2]["options"]] == ["office_hours", "office_hours_2"]


@pytest.mark.parametrize("language", ["nb", "nn", "en", "de", "xx"])
def test_every_country_has_a_name(language):
    found = countries(language)
    assert set(found) == COUNTRIES
    assert len(found) == 249  # ISO 3166-1
    assert not [code for code, name in found.items() if not name]
