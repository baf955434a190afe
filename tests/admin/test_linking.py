"""Links between contracts: of one kind alone, and told to those who see both."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from tests import builders, tables
from tests.admin import posts
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import LinkRefused
from wagtail_contracts.contracts.models import Contract

CHOOSER = "wagtailsnippetchoosers_wagtail_contracts_contract:choose"


@pytest.fixture
def trial(sender: Any) -> Contract:
    """A contract for training, which the sender sees."""
    space = builders.workspace("trial", training=True)
    builders.joins(sender, space, builders.SENDER)
    return builders.contract(builders.template(space, "Trial"), sender, title="Trial")


@pytest.fixture
def frame(template: Any, sender: Any) -> Contract:
    """Another real contract."""
    return builders.contract(template, sender, title="Frame")


def test_a_contract_for_training_is_linked_to_such_ones_alone(admin, sender, draft, frame, trial):
    url = posts.address("link", draft.pk)
    with tables.unchanged():
        assert (
            "first" in admin.post(url, {"kind": "under", "first": trial.pk}).context["form"].errors
        )
        for one, other in ((draft, trial), (trial, draft)):
            with pytest.raises(LinkRefused, match="training"):
                contracts.link(one, other, "under", by=builders.actor(sender))
    assert admin.post(url, {"kind": "under", "first": frame.pk}).status_code == 302
    more = builders.contract(trial.template.specific, sender, title="More")
    contracts.link(trial, more, "under", by=builders.actor(sender))


def test_what_can_not_be_linked_is_not_offered(admin, draft, frame, trial):
    page = admin.get(posts.address("link", draft.pk)).content.decode()
    asked = f"{reverse(CHOOSER)}?training=0"
    assert asked in page
    offered = {
        query: {found.pk for found in admin.get(reverse(CHOOSER) + query).context["results"]}
        for query in ("?training=0", "?training=1", "", "?training=x")
    }
    everything = {draft.pk, frame.pk, trial.pk}
    assert offered == {
        "?training=0": {draft.pk, frame.pk},
        "?training=1": {trial.pk},
        "": everything,
        "?training=x": everything,
    }
    results = admin.get(asked).context["results_url"]
    assert "training=0" in results


def test_the_history_names_linked_contracts_to_those_who_see_them(admin, sender, draft, frame):
    legal = builders.workspace("legal")
    per = builders.staff("per", legal)
    foreign = builders.contract(builders.template(legal, "Other"), per)
    for other in (frame, foreign):
        contracts.link(draft, other, "under", by=SYSTEM)
    contracts.unlink(contracts.link(draft, foreign, "renews", by=SYSTEM), by=SYSTEM)

    page = admin.get(posts.address("inspect", draft.pk)).content.decode()
    assert f"{draft.number} stands under {frame.number}" in page
    assert f"{draft.number} stands under another contract" in page
    assert page.count(f"{draft.number} renews another contract") == 2
    assert foreign.number not in page
    builders.joins(sender, legal, ("view",))
    page = admin.get(posts.address("inspect", draft.pk)).content.decode()
    assert f"{draft.number} stands under {foreign.number}" in page
    assert "another contract" not in page
