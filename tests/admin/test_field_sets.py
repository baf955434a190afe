"""Sets of data fields: taken in by templates of their workspace, kept whole, foreign to others."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from wagtail.log_actions import LogContext
from wagtail.models import GroupPagePermission

from example_site import contents as made
from tests import builders, tables
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin import field_sets, template_forms
from wagtail_contracts.contracts.blocks import RoleStream, TemplateFieldStream
from wagtail_contracts.contracts.blocks.pickers import Picker
from wagtail_contracts.contracts.models import Contract, FieldSet

LIST = reverse("wagtail_contracts_field_set:list")
ACCOUNT = made.field("iban", "account", "Account", "customer")
STARTS = made.field("date", "start", "Start", "supplier", default="2027-01-15")
IS = {"choice": "=", "multiple": "contains"}
TEXT = [made.text(f"From {made.chip('start')} to {made.chip('account')}."), made.signatures("End")]


@pytest.fixture
def common(sales: Any) -> FieldSet:
    return FieldSet.objects.create(workspace=sales, name="Payment", fields=[ACCOUNT])


@pytest.fixture
def page(sales: Any, common: FieldSet) -> Any:
    fields = [made.entry("shared") | {"value": common.pk}, STARTS]
    return builders.template(sales, fields=fields, body=TEXT)


def editor(index: Any, name: str) -> Client:
    """Somebody who edits the templates of one workspace."""
    user = builders.staff(name)
    for kind in ("add", "change"):
        GroupPagePermission.objects.create(
            group=user.groups.get(), page=index, permission_type=kind
        )
    client = Client()
    client.force_login(user)
    return client


def saved(field_set: FieldSet, entries: list[Any], user: Any) -> Any:
    """The form of the admin with these definitions, judged."""
    handler = field_sets.EDITOR.bind_to_model(FieldSet)
    form_class = handler.get_form_class()
    stream = form_class.base_fields["fields"].block
    form = form_class({}, instance=field_set, for_user=user)
    form.cleaned_data = {"fields": stream.to_python(entries)}
    form._errors = {}
    return list(dict.fromkeys(form._faults(entries)))


def test_a_contract_has_the_fields_of_the_set_as_if_they_were_written_there(page, sender):
    contract = builders.contract(page, sender, values={})
    assert [item["key"] for item in contract.fields] == ["account", "start"]
    content = contracts.compose(contract)
    assert [field["kind"] for field in content["fields"]] == ["iban", "date"]
    assert builders.template(page.workspace, "Alone", fields=[ACCOUNT, STARTS], body=TEXT).live


def test_a_contract_keeps_what_it_was_made_with(page, common, sender):
    contract = builders.contract(page, sender, values={})
    before = contracts.template_digest(page)
    common.fields = [made.field("iban", "account", "Bank account", "customer")]
    common.save()
    assert Contract.objects.get(pk=contract.pk).fields == contract.fields
    fresh = type(page).objects.get(pk=page.pk)
    assert contracts.template_digest(fresh) != before
    newer = builders.contract(fresh, sender, values={})
    assert newer.fields[0]["label"] == "Bank account"


def judged(page: Any, fields: list[Any]) -> list[str]:
    """What the form of a template says of these definitions."""
    stream = page._meta.get_field("fields").stream_block.to_python(fields)
    return list(template_forms.field_keys.faults(page, stream))


def test_a_key_of_a_set_is_not_defined_again(page, common):
    shared = made.entry("shared") | {"value": common.pk}
    assert judged(page, [shared, STARTS]) == []
    (sentence,) = judged(page, [shared, STARTS, made.field("text", "account", "Mine", "customer")])
    assert sentence == "“Mine” is defined twice: the key “account” means one thing."


def foreign(page: Any, taken: FieldSet) -> list[str]:
    """What the form of a template, even of a draft, says of a set."""
    entries = [made.entry("shared") | {"value": taken.pk}]
    stream = page._meta.get_field("fields").stream_block.to_python(entries)
    return list(template_forms.field_keys.foreign(page, stream))


def test_a_form_names_no_set_that_its_user_may_not_know(page, common):
    index = page.get_parent()
    legal = builders.template(builders.workspace("legal")).get_parent()
    block = page._meta.get_field("fields").stream_block.child_blocks["shared"]
    for place, name, found in ((index, "mine", common), (legal, "other", None)):
        editor(place, name)
        with LogContext(user=get_user_model().objects.get(username=name)):
            assert block.value_from_datadict({"x": str(common.pk)}, {}, "x") == found


def test_a_set_of_another_workspace_is_refused(page, common):
    theirs = FieldSet.objects.create(workspace=builders.workspace("legal"), name="X", fields=[])
    assert foreign(page, theirs) == ["A shared set of data fields belongs to another workspace."]
    assert foreign(page, common) == []


def test_a_set_is_refused_what_one_of_its_templates_would_miss(page, common, sender):
    label = [{**ACCOUNT, "value": {**ACCOUNT["value"], "label": "Bank"}}]
    assert saved(common, label, sender) == []
    renamed = [{**ACCOUNT, "value": {**ACCOUNT["value"], "key": "bank"}}]
    (sentence,) = saved(common, renamed, sender)
    assert "Service agreement" in sentence
    assert "“account”" in sentence
    clash = [ACCOUNT, made.field("text", "start", "Begin", "customer")]
    assert "defined twice" in saved(common, clash, sender)[0]


def test_keys_of_contracts_stay_and_labels_may_change(page, sender):
    other = made.field("text", "start", "Start", "supplier")
    shared = page.fields.get_prep_value()[0]
    renamed = {**STARTS, "value": {**STARTS["value"], "key": "begin"}}
    label = {**STARTS, "value": {**STARTS["value"], "label": "Begin"}}
    for fields in ([shared, label], [shared, other], [shared, renamed]):
        assert judged(page, fields) == []  # nothing was made yet
    builders.contract(page, sender, values={})
    assert judged(page, [shared, label]) == []
    assert "another kind" in judged(page, [shared, other])[0]
    assert "the key “start”" in judged(page, [shared, renamed])[0]
    assert judged(page, [shared]) == []  # contracts have copies


def with_option(field: Any, **change: str) -> Any:
    """The definition of a choice with another first option."""
    first, *others = field["value"]["options"]
    options = [{**first, "value": {**first["value"], **change}}, *others]
    return {**field, "value": {**field["value"], "options": options}}


@pytest.mark.parametrize("kind", ["choice", "multiple"])
def test_options_of_contracts_keep_their_keys_and_their_texts_may_change(sales, sender, kind):
    options = [made.option("office", "Office hours"), made.option("always", "Day and night")]
    support = made.field(kind, "support", "Support", "supplier", options=options)
    condition = {"join": "all", "tests": [], "expression": f'support {IS[kind]} "office"'}
    clause = made.clause("Office", "We answer by day.")
    clause["value"]["condition"] = condition
    body = [clause, made.text(made.chip("support")), made.signatures("End")]
    page = builders.template(sales, fields=[support], body=body)
    renamed, said = with_option(support, key="day"), with_option(support, text="By day")
    swapped = {**support, "value": {**support["value"], "options": options[::-1]}}
    for fields in ([said], [renamed], [swapped]):
        assert judged(page, fields) == []  # nothing was made yet
    stored = ["office"] if kind == "multiple" else "office"
    contract = builders.contract(page, sender, values={"support": stored})
    assert "the option “office” of “Support”" in judged(page, [renamed])[0]
    added = made.option("day", "By day")
    more = {**support, "value": {**support["value"], "options": [*options, added]}}
    for fields in ([said], [swapped], [more]):
        assert judged(page, fields) == []
    page.fields = [said]
    page.save()
    again = builders.contract(type(page).objects.get(pk=page.pk), sender, values=contract.values)
    assert [block["type"] for block in contracts.compose(again)["body"]][:1] == ["clause"]
    assert again.fields[0]["options"][0]["text"] == "By day"


def test_the_options_of_a_set_keep_their_keys_once_contracts_were_made(page, common, sender):
    options = [made.option("office", "Office hours"), made.option("always", "Day and night")]
    support = made.field("choice", "support", "Support", "supplier", options=options)
    common.fields = [ACCOUNT, support]
    common.save()
    renamed = [ACCOUNT, with_option(support, key="day")]
    assert saved(common, renamed, sender) == []
    builders.contract(type(page).objects.get(pk=page.pk), sender, values={})
    assert "the option “office” of “Support”" in saved(common, renamed, sender)[0]
    assert saved(common, [ACCOUNT, with_option(support, text="By day")], sender) == []


def test_keys_are_shown_and_never_typed():
    stream, roles = TemplateFieldStream(), RoleStream()
    kinds = [*stream.child_blocks.values(), *roles.child_blocks.values()]
    found = [
        kind.child_blocks["key"] for kind in kinds if "key" in getattr(kind, "child_blocks", ())
    ]
    lists = [stream.child_blocks[name].child_blocks["options"] for name in ("choice", "multiple")]
    found += [options.child_block.child_blocks["key"] for options in lists]
    assert len(found) == len(kinds) - 1 + len(lists)  # a shared set has none of its own
    assert all(block.field.widget.attrs["readonly"] for block in found)
    assert isinstance(stream.child_blocks["choice"].child_blocks["default"].field.widget, Picker)


def test_a_foreign_set_is_not_there(page, common, sender):
    index = page.get_parent()
    legal = builders.template(builders.workspace("legal")).get_parent()
    mine, other = editor(index, "mine"), editor(legal, "other")
    edit = reverse("wagtail_contracts_field_set:edit", args=[common.pk])
    chosen = reverse("wagtailsnippetchoosers_wagtail_contracts_fieldset:chosen", args=[common.pk])
    before = tables.digests()
    for address in (edit, chosen):
        assert other.get(address).status_code == 404
        assert mine.get(address).status_code == 200
    assert "Payment" in mine.get(LIST).content.decode()
    assert "Payment" not in other.get(LIST).content.decode()
    assert "Service agreement" in mine.get(edit).content.decode()
    assert tables.digests() == before


def test_a_set_that_a_template_uses_is_not_deleted(page, common):
    mine = editor(page.get_parent(), "mine")
    free = FieldSet.objects.create(workspace=page.workspace, name="Free", fields=[ACCOUNT])
    for item in (common, free):
        mine.post(reverse("wagtail_contracts_field_set:delete", args=[item.pk]))
    assert list(FieldSet.objects.all()) == [common]
