"""A draft learns that its template is newer, and takes over what changed, not what it wrote."""

import copy

import pytest

from example_site import contents as made
from tests import builders, tables
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.blocks import plain
from wagtail_contracts.contracts.errors import StaleVersion, TemplateUnusable
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.contracts.rendering.text import plain as plain_text


def republish(template, **streams):
    """A newer template; blocks keep their ids."""
    for name, value in streams.items():
        setattr(template, name, value)
    template.save_revision().publish()


def changed(template, name, **value):
    """Its text with other words in the clause of this heading."""
    text = copy.deepcopy(plain(template.body))
    next(b for b in text if b["value"].get("heading") == name)["value"] |= value
    return text


def taken(draft, user):
    """Take over what the page would show; the draft as it is stored."""
    draft = Contract.objects.get(pk=draft.pk)
    shown = contracts.digest_of(contracts.compose(contracts.retaken(draft)))
    contracts.take_template(draft, shown, by=builders.actor(user))
    return Contract.objects.get(pk=draft.pk)


def words(draft):
    """All that it says."""
    return str(contracts.compose(draft)["body"])


@pytest.fixture
def written(draft):
    """The draft with words of its own in a clause that is open, and without the optional one."""
    body = plain(draft.body)
    next(b for b in body if b["value"].get("heading") == "Price")["value"]["text"] = "<p>Mine.</p>"
    draft.body = [b for b in body if b["value"].get("heading") != "Reference"]
    draft.save()
    return Contract.objects.get(pk=draft.pk)


def test_a_template_is_newer_once_it_says_something_else(draft, template):
    assert contracts.newer_template(draft) is None
    template.save_revision().publish()
    assert contracts.newer_template(draft) is None
    template.body = changed(template, "Availability", text="<p>Always.</p>")
    template.save_revision()
    assert contracts.newer_template(draft) is None
    template.save_revision().publish()
    assert contracts.newer_template(Contract.objects.get(pk=draft.pk)) == template
    template.unpublish()
    assert contracts.newer_template(Contract.objects.get(pk=draft.pk)) is None


def test_what_the_template_changed_is_taken_over_and_the_rest_stays(written, template, sender):
    republish(template, body=changed(template, "Availability", text="<p>Always.</p>"))
    made = taken(written, sender)
    assert "Always." in words(made)
    assert "Mine." in words(made)
    assert "may name the customer" not in words(made)
    assert contracts.newer_template(made) is None
    ids = [block["id"] for block in plain(written.body)]
    assert [block["id"] for block in plain(made.body)] == ids
    assert contracts.missing(made, contracts.compose(made)) == []


def test_a_clause_that_the_template_changed_is_the_template_s_again(written, template, sender):
    republish(template, body=changed(template, "Price", text="<p>Free.</p>"))
    made = taken(written, sender)
    assert "Free." in words(made)
    assert "Mine." not in words(made)


def test_blocks_come_and_go_and_the_others_stay_who_they_are(written, template, sender):
    text = [b for b in plain(template.body) if b["value"].get("heading") != "Price"]
    text.insert(2, made.clause("New", "Wholly new."))
    republish(template, body=text)
    now = taken(written, sender)
    assert "Wholly new." in words(now)
    assert "Mine." not in words(now)
    ids = [block["id"] for block in plain(written.body)]
    assert [b["id"] for b in plain(now.body) if b["id"] in ids] == [i for i in ids if i != ids[4]]


def test_a_reference_that_leads_elsewhere_is_a_change(written, template, sender):
    to = {b["value"].get("heading"): b["id"] for b in plain(template.body)}
    text = f"<p>See {made.chip('clause.' + to['Service'])}.</p>"
    republish(template, body=changed(template, "Availability", text=text))
    assert "See 1." in plain_text(contracts.compose(taken(written, sender)))
    text = f"<p>See {made.chip('clause.' + to['Price'])}.</p>"
    republish(template, body=changed(template, "Availability", text=text))
    assert "See 2." in plain_text(contracts.compose(taken(written, sender)))


def test_values_stay_where_the_field_takes_them(written, template, sender):
    fields = copy.deepcopy(plain(template.fields))
    fields[0]["value"]["maximum"] = "100"
    fields.append(made.field("text", "note", "Note", "supplier", default="Hello", required=False))
    republish(template, fields=fields)
    values = taken(written, sender).values
    assert (values["start"], values["note"]) == ("2027-01-15", "Hello")
    assert values["price"] is None


def test_what_was_shown_is_what_is_taken(written, template, sender):
    republish(template, body=changed(template, "Availability", text="<p>Always.</p>"))
    by = builders.actor(sender)
    shown = contracts.digest_of(contracts.compose(contracts.retaken(written)))
    with tables.unchanged(), pytest.raises(StaleVersion):
        contracts.take_template(written, "0" * 64, by=by)
    contracts.take_template(written, shown, by=by)
    with tables.unchanged(), pytest.raises(TemplateUnusable):
        contracts.take_template(written, shown, by=by)


def test_another_party_makes_another_contract(written, template, sender):
    roles = [*builders.ROLES, made.role("guest", "Guest")]
    republish(template, roles=roles)
    with tables.unchanged(), pytest.raises(TemplateUnusable):
        taken(written, sender)
    republish(template, roles=builders.ROLES, fields=builders.FIELDS[:-1])
    assert "remarks" not in taken(written, sender).values


def test_no_template_is_newer_than_what_was_sent(sent, template):
    republish(template, body=changed(template, "Availability", text="<p>Always.</p>"))
    assert contracts.newer_template(sent.contract) is None
