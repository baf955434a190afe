"""Conditions and computed fields: what is refused when a template is published, or warned of."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.urls import reverse

from tests import tables
from tests.admin.test_templates import FIELD, form, publish, root, text  # noqa: F401 - a fixture
from wagtail_contracts.contracts.core import conditions
from wagtail_contracts.contracts.template_pages.models import ContractTemplate

DATE = ("date", {**FIELD, "default": ""})
FILLED = {"key": "start", "operator": "filled"}


def shown_if(*tests: dict[str, str], expression: str = "", join: str = "all") -> tuple[str, Any]:
    kind, value = text("<p>An annex.</p>")
    said = {"join": join, "tests": list(tests), "expression": expression}
    return kind, {**value, "condition": json.dumps(said)}


def computed(key: str, expression: str, result: str = "number", currency: str = "") -> Any:
    keys = {"count": "0"}
    formula = {"shape": "", "keys": keys, "number": "", "unit": "", "expression": expression}
    value = {"label": key, "key": key, "help": "", "result": result, "currency": currency}
    return "computed", {**value, "formula": formula}


def number(key: str) -> Any:
    return "number", {**FIELD, "label": key, "key": key, "decimals": "4", "default": ""}


def place(*tests: dict[str, str]) -> tuple[str, Any]:
    said = {"join": "all", "tests": list(tests), "expression": ""}
    return "field_place", {"policy": "locked", "condition": json.dumps(said), "key": "start"}


def body(*blocks: Any) -> dict[str, Any]:
    return {"body": [text("<p>Text.</p>"), *blocks]}


CASES = {
    "a data field that is not there": (
        body(shown_if({**FILLED, "key": "cats"})),
        body(shown_if(FILLED)),
        "body",
        "“An annex.” is shown if something holds that can't be asked. "
        "There is no data field “cats”.",
    ),
    "kinds that do not fit": (
        body(shown_if(expression="start > 5")),
        body(shown_if(expression="start > 2026-12-31")),
        "body",
        "A date and a number don't go together.",
    ),
    "another kind than it is shown as": (
        {"fields": [DATE, computed("end", "start + 1 month", "number")]},
        {"fields": [DATE, computed("end", "start + 1 month", "date")]},
        "fields",
        "“end” comes to a date, but is shown as something else.",
    ),
    "a circle": (
        {"fields": [DATE, computed("one", "two + 1"), computed("two", "one + 1")]},
        {"fields": [DATE, number("one"), computed("two", "one + 1")]},
        "fields",
        "Data fields depend on each other in a circle: one, two.",
    ),
    "a data field that is asked for where it is filled in": (
        body(place(FILLED)),
        body(place()),
        "fields",
        "is asked for only where it is filled in already, so nobody could fill it in.",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_it_is_not_published_and_without_the_fault_it_is(client, root, template, name):  # noqa: F811
    wrong, right, stream, sentence = CASES[name]
    with tables.unchanged():
        found = publish(client, template, **wrong)
    assert sentence in " ".join(found[stream])
    assert publish(client, template, **right) == {}


def test_what_is_picked_is_stored_as_texts(client, root, template):  # noqa: F811
    assert publish(client, template, **body(shown_if({**FILLED, "evil": "<script>"}))) == {}
    block = ContractTemplate.objects.get(pk=template.pk).body[1]
    parts = {part: FILLED.get(part, "") for part in conditions.PARTS}
    assert block.value["condition"] == {"join": "all", "tests": [parts], "expression": ""}


def findings(client: Any, page: Any) -> str:
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    panels = client.get(url).context["side_panels"]
    panel = next(panel for panel in panels if panel.name == "findings")
    return str(panel.render_html({}))


def test_the_editor_lists_what_is_hardly_meant_with_its_place(client, root, template):  # noqa: F811
    never = shown_if(expression="start is empty and start is filled in")
    unsigned = body(never)
    assert publish(client, template, **unsigned, fields=[DATE, number("spare")]) == {}
    page = ContractTemplate.objects.get(pk=template.pk)
    said = findings(client, page)
    assert f'href="#block-{page.body[1].id}-section"' in said
    assert "“An annex.” is never shown" in said
    assert f'href="#block-{page.fields[1].id}-section"' in said
    assert "The data field “spare” is used nowhere." in said
    assert "The text has no place for signatures." in said
    assert said.count("<li>") == 3

    assert publish(client, template) == {}
    assert "Nothing was found." in findings(client, template)


def test_a_draft_shows_what_would_be_refused(client, root, template):  # noqa: F811
    unfinished = form(template, **body(shown_if({**FILLED, "key": "cats"})))
    del unfinished["action-publish"]
    url = reverse("wagtailadmin_pages:edit", args=[template.pk])
    assert client.post(url, unfinished).status_code == 302
    said = findings(client, template)
    assert "Must be mended before it is published" in said
    assert "There is no data field “cats”." in said
    assert said.count("<li>") == 1


def test_a_new_template_has_its_findings_from_the_first_save_on(client, root, template):  # noqa: F811
    names = (template._meta.app_label, template._meta.model_name, template.get_parent().pk)
    new = client.get(reverse("wagtailadmin_pages:add", args=names)).content.decode()
    assert 'data-side-panel="findings"' in new
    assert "Save it to see what is missing." in new

    first = {"_w_hydrate_create_view": "1"}  # what the form asks for after it was first saved
    page = type(template)(title="New", language="en", roles=[], body=[])
    template.get_parent().add_child(instance=page)
    page.save_revision()
    parts = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]), first).content.decode()
    assert "[data-side-panel='findings']" in parts
    assert "The text has no place for signatures." in parts
