"""A product table that a condition hides is decided nowhere; what was decided comes back."""

from types import SimpleNamespace

import pytest

from example_site import contents as made
from tests import builders, journeys, tables
from tests.public import visits
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.core import states, trees
from wagtail_contracts.contracts.errors import NotReady
from wagtail_contracts.contracts.models import Contract

BACKUP = made.product("Backup", "100", choice="optional")
SETUP = made.product("Setup", "1200")


def table(**more):
    return made.products("Prices", SETUP, BACKUP, role="customer", **more)


@pytest.fixture
def asked(sales, sender):
    """A table under a condition, and a clause that asks for a row of it."""
    body = depending(made.place("extras"))
    body[1] = made.shown_if(body[1], "extras", "is", "yes", "yes_no")
    extras = made.field("yes_no", "extras", "Extras", "customer")
    return sent(builders.template(sales, body=body, fields=[extras]), sender)


def depending(first):
    """A table whose rows come and go, and a clause that asks for one of them."""
    wanted = {"join": "all", "tests": [], "expression": f"{{{BACKUP['id']}}}"}
    kept = made.clause("Copies", "Kept for a year.")
    kept = {**kept, "value": {**kept["value"], "condition": wanted}}
    return [first, table(policy="editable", columns=["rows"]), kept, made.signatures("End")]


def sent(page, sender):
    draft = builders.contract(page, sender, values={})
    send(draft, sender)
    at = journeys.stage(draft, sender)
    rows = next(block for block in at.version.whole["body"] if block["type"] == "products")["rows"]
    return SimpleNamespace(**vars(at), backup=rows[1]["id"], browser=visits.enter(at.kari))


def send(draft, sender):
    by = builders.actor(sender)
    return contracts.send(draft, builders.shown(draft), into=states.SIGNING, by=by)


def change(contract, stored):
    contract = Contract.objects.get(pk=contract.pk)
    contract.body = stored
    contract.save()
    return contract


def post(at, do, **typed):
    form = {**visits.shown(at.kari), **{f"a-{key}": value for key, value in typed.items()}}
    answer = at.browser.post(visits.page("answers", at.kari), {**form, "do": do})
    assert at.browser.get(visits.page("contract", at.kari)).status_code == 200
    return answer


def says(at, word):
    return word in visits.current(at.kari).record


def test_hiding_it_takes_its_decisions_out_and_switching_back_restores_them(asked):
    post(asked, "review", extras="yes", **{asked.backup: "yes"})
    assert (says(asked, "Backup"), says(asked, "Kept for a year.")) == (True, True)

    assert post(asked, "show", extras="no", **{asked.backup: "yes"}).status_code == 200
    assert post(asked, "review", extras="no").status_code == 303
    assert (says(asked, "Backup"), says(asked, "Kept for a year.")) == (False, False)

    refused = post(asked, "review", extras="no", **{asked.backup: "no"})
    assert (refused.status_code, "no such data field" in refused.text) == (422, True)

    again = contracts.offered(asked.kari, visits.current(asked.kari), {"extras": "yes"})
    assert trees.values_by_key(again)[asked.backup] is True


def test_a_text_that_depends_on_a_row_is_not_lost_with_it(sales, sender):
    page = builders.template(sales, body=depending(made.clause("Price", "As below.")), fields=[])
    draft = builders.contract(page, sender, values={})
    whole = draft.body.get_prep_value()
    stored = Contract.objects.get(pk=draft.pk).body.get_prep_value()
    del stored[1]["value"]["rows"][1]
    change(draft, stored)

    with tables.unchanged(), pytest.raises(NotReady, match="Copies"):
        send(draft, sender)
    change(draft, whole)
    assert "Kept for a year." not in send(draft, sender).record


def test_a_decision_that_was_kept_may_lose_its_row(sales, sender):
    body = [made.clause("Price", "As below."), table(policy="editable", columns=["rows"])]
    at = sent(builders.template(sales, body=body, fields=[]), sender)
    post(at, "save", **{at.backup: "yes"})
    stored = Contract.objects.get(pk=at.contract.pk).body.get_prep_value()
    del stored[1]["value"]["rows"][1]
    contract = change(at.contract, stored)
    contracts.revise(contract, builders.shown(contract), "No copies", by=at.owner)

    assert post(at, "save").status_code == 303
    assert contracts.kept_answers(at.kari) == {}
    assert post(at, "save", **{at.backup: "yes"}).status_code == 422
