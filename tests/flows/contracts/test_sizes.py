"""A text is measured with what is filled in: when it is answered, and when a draft is saved."""

from __future__ import annotations

from typing import Any

import pytest

from example_site import contents as made
from tests import builders, journeys, tables
from tests.admin import posts
from tests.admin.conftest import kept
from tests.unit.contracts import made as unit
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.core import content, states, trees
from wagtail_contracts.contracts.errors import AnswersRefused, NotReady

OURS = made.field("long_text", "ours", "Ours", "supplier", default="", required=False)
THEIRS = made.field("long_text", "theirs", "Theirs", "customer", default="")
TWICE = made.text(f"{made.chip('ours')} and {made.chip('theirs')}, {made.chip('theirs')}.")


def test_characters_count_in_all_their_places():
    options = [made.option("a", made.chip("note")), made.option("b", "four")]
    fields = [
        made.field("text", "note", "Note", "customer"),
        made.field("choice", "pick", "Pick", "customer", options=options),
    ]
    body = [made.text(f"abc{made.chip('pick')}{made.chip('pick')}"), made.place("note")]
    tree = unit.content(body, fields=fields, values={"note": "12345"})
    # three letters, both options at both places of the choice, and the note in its own
    assert trees.length(tree) == 3 + 2 * (5 + 4) + 5
    assert trees.size(tree) == 1 + 2 * (1 + 2) + 1


@pytest.fixture
def contract(sales: Any, sender: Any) -> Any:
    fields = [*builders.FIELDS, OURS, THEIRS]
    page = builders.template(
        sales, fields=fields, body=[*builders.BODY[:-1], TWICE, builders.BODY[-1]]
    )
    return builders.contract(page, sender)


def limit(monkeypatch: Any, contract: Any, more: int) -> None:
    """Leave room for so many characters more."""
    now = trees.length(contracts.whole(contract))
    monkeypatch.setattr(content, "LONGEST", now + more)


@pytest.mark.parametrize("fits", [True, False])
def test_an_answer_that_makes_the_text_too_long_is_refused(contract, sender, monkeypatch, fits):
    by = builders.actor(sender)
    contracts.send(contract, builders.shown(contract), into=states.SIGNING, by=by)
    offer = journeys.stage(contract, sender)
    rest = sum(len(str(value)) for value in builders.ANSWERS.values())
    limit(monkeypatch, contract, 3 * rest + 2 * 900)
    answers = {**builders.ANSWERS, "theirs": "x" * (900 if fits else 2000)}
    before, guest = tables.digests(), builders.guest(offer.kari)
    if fits:
        contracts.answer(offer.kari, offer.version.digest, answers, by=guest)
        assert tables.digests() != before
        return
    with pytest.raises(AnswersRefused) as refused:
        contracts.answer(offer.kari, offer.version.digest, answers, by=guest)
    assert "The text is too long" in refused.value.problems["theirs"]
    assert tables.digests() == before


@pytest.mark.parametrize("fits", [True, False])
def test_a_draft_that_gets_too_long_by_our_own_values_is_not_saved(
    admin, contract, monkeypatch, fits
):
    limit(monkeypatch, contract, 100)
    before = kept(contract)
    said = posts.edit(contract, **{"value-ours": "x" * (90 if fits else 200)})
    answer = admin.post(posts.address("edit", contract.pk), said)
    assert answer.status_code == (302 if fits else 200)
    if not fits:
        assert "The text is too long" in str(answer.context["form"].non_field_errors())
        assert kept(contract) == before


@pytest.mark.parametrize("fits", [True, False])
def test_what_is_filled_in_on_the_way_to_sending_is_measured(contract, sender, monkeypatch, fits):
    limit(monkeypatch, contract, 100)
    shown, before = contracts.details_digest(contract), tables.digests()
    values = {"ours": "x" * (90 if fits else 200)}
    given = {"title": "Hosting", "deadline": None, "by": builders.actor(sender)}
    if fits:
        contracts.fill_in(contract, values, shown, **given)
        assert tables.digests() != before
        return
    with pytest.raises(NotReady, match="The text is too long"):
        contracts.fill_in(contract, values, shown, **given)
    assert tables.digests() == before


def test_the_system_fills_in_without_an_account(contract):
    shown = contracts.details_digest(contract)
    contracts.fill_in(contract, {"ours": "Words"}, shown, title="T", deadline=None, by=SYSTEM)
    contract.refresh_from_db()
    assert contract.values["ours"] == "Words"


@pytest.fixture
def admin(client: Any, sender: Any) -> Any:
    client.force_login(sender)
    return client
