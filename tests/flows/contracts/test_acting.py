"""A verb asks itself whether its actor may: whoever calls it, with no page standing before it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests import builders, tables
from wagtail_contracts.actors import SYSTEM, Actor
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.core.rights import WHOLE
from wagtail_contracts.contracts.errors import NotAllowed
from wagtail_contracts.contracts.models import Contract, Workspace

pytestmark = pytest.mark.django_db
LATER = timezone.now().date() + timedelta(days=200)
Act = Callable[[Any, Actor], object]


def _send(draft: Contract, by: Actor) -> object:
    return contracts.send(draft, builders.shown(draft), into="signing", by=by)


def _unlock(draft: Contract, by: Actor) -> object:
    return contracts.unlock(draft, contracts.lockable(draft)[0], "A special case", by=by)


def _create(draft: Contract, by: Actor) -> object:
    owner = draft.owner
    more = {"title": "Another", "parties": builders.parties(owner), "values": {}, "owner": owner}
    return contracts.create(draft.template.specific, by=by, **more)


def _duplicate(draft: Contract, by: Actor) -> object:
    return contracts.duplicate(draft, owner=draft.owner, by=by)


def _name(draft: Contract, by: Actor) -> object:
    shown, parties = contracts.parties_digest(draft), builders.parties(draft.owner)
    return contracts.name_parties(draft, parties, shown, title="Named", by=by)


def _fill_in(draft: Contract, by: Actor) -> object:
    shown = contracts.details_digest(draft)
    how = {"title": "Filled in", "deadline": None}
    return contracts.fill_in(draft, {"price": "6400"}, shown, by=by, **how)


def _take(draft: Contract, by: Actor) -> object:
    ours = Contract.objects.get(pk=draft.pk)
    digest = contracts.digest_of(contracts.compose(contracts.retaken(ours)))
    return contracts.take_template(draft, digest, by=by)


def _change_workspace(draft: Contract, by: Actor) -> object:
    return contracts.change_workspace(draft.workspace, {"deadline_days": 9}, by=by)


def _revise(stage: Any, by: Actor) -> object:
    contract = stage.contract
    return contracts.revise(contract, builders.shown(contract), "Another year", by=by)


# What is done, at which stage of the journey, and the verb that it takes.
ACTS: dict[str, tuple[str, Act, str]] = {
    "create": ("draft", _create, "create"),
    "duplicate": ("draft", _duplicate, "create"),
    "name parties": ("draft", _name, "edit"),
    "fill in": ("draft", _fill_in, "edit"),
    "take the template": ("draft", _take, "edit"),
    "change the workspace": ("draft", _change_workspace, "administer"),
    "send": ("draft", _send, "send"),
    "unlock": ("draft", _unlock, "unlock"),
    "tag": ("draft", lambda draft, by: contracts.tag(draft, ["urgent"], by=by), "edit"),
    "revise": ("sent", _revise, "send"),
    "remind": ("sent", lambda stage, by: contracts.remind(stage.kari, by=by), "send"),
    "extend": ("sent", lambda stage, by: contracts.extend(stage.contract, LATER, by=by), "send"),
    "reopen": ("sent", lambda stage, by: contracts.reopen(stage.contract, "Wait", by=by), "send"),
    "withdraw": (
        "sent",
        lambda stage, by: contracts.withdraw(stage.contract, "Wrong", by=by),
        "send",
    ),
    "open_signing": (
        "in_review",
        lambda stage, by: contracts.open_signing(stage.contract, by=by),
        "send",
    ),
}


def _retitled(stage: Any) -> None:
    stage.contract.title = "Hosting 2029"
    stage.contract.save()


def _newer(draft: Contract) -> None:
    page = draft.template.specific
    page.body = [*page.body.raw_data, builders.made.text("One more thing.")]
    page.save_revision().publish()


# What has to be there for it.
PREPARED: dict[str, Callable[[Any], None]] = {"revise": _retitled, "take the template": _newer}
OTHERS = {
    "create": ("edit", "send", "unlock", "approve", "administer"),
    "administer": ("create", "edit", "send", "unlock"),
    "send": ("create", "edit", "unlock", "approve", "administer"),
    "edit": ("create", "send", "unlock", "administer"),
    "unlock": ("create", "edit", "send", "administer"),
}


@pytest.mark.parametrize("name", ACTS)
def test_an_act_is_refused_to_whoever_lacks_its_verb_now_and_done_with_it(request, sales, name):
    fixture, act, verb = ACTS[name]
    stage = request.getfixturevalue(fixture)
    rest = builders.staff("rest", sales, ("view", *OTHERS[verb]))
    blind = builders.staff("blind", sales, (verb,))
    own, left = builders.staff("own"), builders.staff("left", sales, ("view", verb))
    contracts.grant(own.groups.get(), sales, {"view": "all", verb: "own"}, by=SYSTEM)
    left.is_active = False
    left.save()
    guest = Actor("participant", "somebody", "Kari", "kari@customer.example")
    gone = replace(builders.actor(rest), key="0")
    less = [] if verb in WHOLE else [own]
    actors = [*map(builders.actor, (rest, blind, left, *less)), guest, gone]
    PREPARED.get(name, lambda stage: None)(stage)
    for by in actors:
        with tables.unchanged(), pytest.raises(NotAllowed):
            act(stage, by)
    assert len(actors) == 5 + len(less)
    mine = builders.actor(builders.staff("mine", sales, ("view", verb)))
    before = tables.digests()
    act(stage, mine)
    assert tables.digests() != before


def test_a_right_in_one_workspace_opens_nothing_in_another(sales):
    legal = builders.workspace("legal")
    user = builders.staff("eve", legal, ("view", "administer"))
    group, by = user.groups.get(), builders.actor(user)
    with tables.unchanged(), pytest.raises(NotAllowed):
        contracts.grant(group, sales, {"view": "all"}, by=by)
    contracts.grant(group, sales, {"administer": "all"}, by=SYSTEM)
    contracts.grant(group, sales, {"administer": "all", "send": "own"}, by=by)
    assert list(Workspace.objects.where(user, "send")) == [sales]
