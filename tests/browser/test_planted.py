"""Values are typed into every input that a page has, on both sides; lists say where they stand.

Inputs are found by looking at each page, so that one that is new there is typed into as well. The
pages are those that `outside`, ABOUT, OF_WORKSPACE and NEW name. Not typed into here are those of
self-service that staff fill in, circulars, packages, rules of approval, members, sets of data
fields, the creation of a workspace (its form is the one that is edited), and withdrawal by
consumers; `tests/security/inputs.txt` names what each of them takes.
"""

from __future__ import annotations

import tempfile
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connections
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests import approvals, builders, phones, services, signatures
from tests.admin import posts
from tests.browser.authoring import enter
from tests.browser.delivering import deliver
from tests.browser.typist import SAVE, Typist
from tests.journeys import stage
from tests.public import visits
from tests.security import planting
from tests.security.planting import EMAIL, NATIONAL_ID, PHONE
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, Folder
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.signing.public import self_service

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
DESK = "wagtail_contracts_workspace"
PEOPLE = {"may_delegate": True, "may_add_readers": True}


@pytest.fixture
def world(
    settings: Any, tmp_path: Any, monkeypatch: Any, caplog: Any, admin_user: Any, sales: Any
) -> SimpleNamespace:
    """A contract for each part of the way; all that is logged is heard."""
    planting.listen(caplog)
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    monkeypatch.setattr(self_service, "LEAST", 0)  # a browser types faster than a person
    phones.configured(settings)
    with ThreadPoolExecutor(1) as elsewhere:  # Playwright's event loop is in the way of sealing
        return elsewhere.submit(prepared, sales, admin_user).result()


def prepared(sales: Any, boss: Any) -> SimpleNamespace:
    """Kari is told of by planted values; whoever sees all owns the contracts."""
    try:
        boss.first_name, boss.last_name = "Ola", "Nordmann"
        boss.save()
        page = builders.template(sales)
        made = SimpleNamespace(boss=boss, sales=sales, page=page, rule=None)
        made.draft = _draft(made)
        made.review = _out(made, "negotiating")
        made.third = _out(made, "negotiating")
        made.fourth = _out(made, "negotiating")
        made.signing = _answered(made)
        made.second = _answered(made)
        made.signed = _answered(made)
        signatures.sign_all(made.signed)
        made.service = services.offer(services.template(sales), boss)
        made.other = builders.workspace("legal")
        contracts.put_into(made.signed.contract, "Folder", by=builders.actor(boss))
        made.folder = Folder.objects.get(workspace=sales)
        made.mate = builders.staff("mate", sales, approvals.APPROVER)
        TOTPDevice.objects.create(user=made.mate, name="phone", confirmed=True)
        approvals.rule(sales, boss, made.mate)
        made.waiting = _draft(made)
        approvals.ask(made.waiting, boss)
        return made
    finally:
        connections.close_all()


def _draft(world: SimpleNamespace) -> Contract:
    ours, theirs = builders.parties(world.boss)
    theirs.people[0] = contracts.PersonDraft(
        "Kari Nordmann", EMAIL, phone=PHONE, national_id=NATIONAL_ID
    )
    made = builders.contract(world.page, world.boss, parties=[ours, theirs])
    with unguarded():
        Contract.objects.filter(pk=made.pk).update(**PEOPLE)
    return Contract.objects.get(pk=made.pk)


def _out(world: SimpleNamespace, into: str) -> SimpleNamespace:
    made = _draft(world)
    contracts.send(made, builders.shown(made), into=into, by=builders.actor(world.boss))
    return stage(made, world.boss)


def _answered(world: SimpleNamespace) -> SimpleNamespace:
    at = _out(world, "signing")
    contracts.answer(at.kari, at.version.digest, builders.ANSWERS, by=builders.guest(at.kari))
    return stage(at.contract, world.boss)


def outside(who: Typist, world: SimpleNamespace) -> None:
    """What people without an account come to."""
    page, kari = who.page, world.review.kari
    page.goto(visits.landing(kari))
    page.get_by_role("button", name="Open the contract").click()
    at = "wagtail_contracts:"
    block = next(b for b in world.review.version.content["body"] if b.get("policy") == "editable")
    suggest = reverse(f"{at}suggest", args=[kari.public_id, block["id"]])
    who.at(f"{at}contract", visits.page("contract", kari))
    who.at(f"{at}threads", visits.page("threads", kari))
    who.at(f"{at}suggest", suggest, then="Send the suggestion")
    who.at(f"{at}decline", visits.page("decline", kari))
    for name, at_hand in (("forward", world.fourth), ("sign", world.signing)):
        page.goto(visits.landing(at_hand.kari))
        page.get_by_role("button", name="Open the contract").click()
        who.at(f"{at}{name}", visits.page(name, at_hand.kari))
    for name in ("help", "lost", "report"):
        who.at(f"{at}{name}", reverse(f"{at}{name}"))
    who.at(f"{at}self_service", services.address(world.service))


# Pages of the desk about a contract, each with the one that it is typed into for.
ABOUT = {
    "edit": "draft",
    "parties": "draft",
    "details": "draft",
    "unlock_block": "draft",
    "send": "draft",
    "answer_approver": "waiting",
    "threads": "review",
    "add_person": "review",
    "replace_person": "third",
    "extend": "review",
    "revoke_access": "signed",
    "erase_person": "signed",
    "move": "signed",
    "sign": "second",
    "withdraw": "second",
    "reopen": "signing",
}
OF_WORKSPACE = ("edit", "texts", "help", "disclosures")
NEW = (
    "wagtail_contracts_catalogue:add",
    "wagtail_contracts_library:add",
    "wagtail_contracts_factor_add",
)


def inside(who: Typist, world: SimpleNamespace) -> None:
    """What those come to who make contracts and run a workspace."""
    for name, which in ABOUT.items():
        press = SAVE if name == "edit" else ""
        at = getattr(world, which)
        contract = at if isinstance(at, Contract) else at.contract
        who.at(f"{posts.NAMESPACE}:{name}", posts.address(name, contract.pk), press=press)
    for name in OF_WORKSPACE:
        who.at(f"{DESK}:{name}", reverse(f"{DESK}:{name}", args=[world.sales.pk]))
    folder = reverse(f"{DESK}:mark", args=[world.sales.pk]) + f"?folder={world.folder.pk}"
    who.at(f"{DESK}:mark", folder)
    for door in NEW:
        who.at(door, reverse(door))
    reset = "wagtail_contracts_factor_reset"
    who.at(reset, reverse(reset, args=[world.mate.pk]))


def test_what_is_typed_stands_in_clear_where_the_list_says_so(
    world: SimpleNamespace,
    open_page: Any,
    client: Any,
    live_server: Any,
    tmp_path: Any,
    caplog: Any,
) -> None:
    guest, desk = Typist(open_page()), Typist(open_page())
    enter(desk.page, client, world.boss, live_server.url)

    inside(desk, world)
    outside(guest, world)
    deliver()

    assert guest.refused + desk.refused == []
    planted = {**planting.TYPED, **planting.CONTACT}
    found = planting.places(planted, tmp_path)
    listed = planting.listed(planting.BY_BROWSER)
    unlisted = found - listed.keys() - planting.listed().keys()
    assert not unlisted, "\n".join(" | ".join(one) for one in sorted(unlisted))
    assert sorted(listed.keys() - found) == []
    assert planting.in_files(tmp_path / "tmp", planted) == set()
    assert planting.logged(caplog, planted) == set()
