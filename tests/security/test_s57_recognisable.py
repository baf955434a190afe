"""S-57: mails say whose they are and what they never ask for; no team is named like another."""

import pytest
from django.core.exceptions import ValidationError

from tests import builders, mails, tables
from tests.flows.signing.test_mails import KINDS
from tests.unit.contracts.test_lookalikes import FORGED
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts

pytestmark = pytest.mark.django_db
FAKES = [(name, forged) for name, several in FORGED.items() for forged in several]


@pytest.fixture
def boss(sales):
    """Whoever administers the workspace whose names are tried."""
    return builders.actor(builders.staff("boss", sales, verbs=["view", "administer"]))


def rename(space, column, name, by):
    contracts.change_workspace(space, {column: name}, by=by)


@pytest.mark.parametrize("column", ["name", "sender_name"])
def test_no_workspace_is_named_so_that_it_is_taken_for_another(sales, boss, column):
    for name in FORGED:
        if name != "Sales":
            builders.workspace(name.lower())
    tried = [(name, forged) for name, forged in FAKES if name != "Sales"]
    assert len(tried) >= 13
    for name, forged in tried:
        with tables.unchanged(), pytest.raises(ValidationError) as refused:
            rename(sales, column, forged, boss)
        assert set(refused.value.message_dict) == {column}, (name, forged)
    rename(sales, column, "Sales and more", boss)


def test_nor_is_a_new_one(sales):
    fake = {"slug": "fake", "code": "FAKE", "contact_email": "fake@eksempel.example"}
    for name in FORGED["Sales"]:
        new = type(sales)(name=name, legal_name="Eksempel AS", **fake)
        with tables.unchanged(), pytest.raises(ValidationError) as refused:
            contracts.open_workspace(new, by=SYSTEM)
        assert "name" in refused.value.message_dict
    honest = type(sales)(name="Support", legal_name="Eksempel AS", **fake)
    assert contracts.open_workspace(honest, by=SYSTEM).pk


def test_workspaces_may_sign_for_one_organisation_but_for_none_that_looks_like_it(sales, boss):
    builders.workspace("legal")
    rename(sales, "legal_name", "Eksempel AS", boss)
    for forged in ("Eksempe1 AS", "EksempeI AS", "Eksemp\u0435l AS", "Eksempel\u200b AS"):
        with tables.unchanged(), pytest.raises(ValidationError) as refused:
            rename(sales, "legal_name", forged, boss)
        assert set(refused.value.message_dict) == {"legal_name"}


@pytest.mark.parametrize("kind", KINDS)
def test_every_mail_says_whose_it_is_which_contract_and_what_we_never_ask_for(answered, kind):
    letter = mails.one(answered.kari, kind)
    for said in (letter.body, mails.html(letter)):
        assert "Eksempel AS" in said
        assert answered.contract.number in said
        assert "We never ask for a password or a card number." in said
