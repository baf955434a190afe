"""Values are typed into every input that a page has, on both sides; lists say where they stand.

Inputs are found by looking at each page, so that one that is new there is typed into as well. The
pages are those of `tests/security/inputs.txt`: a row that nobody typed into fails the test.
"""

from __future__ import annotations

import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import phones, services
from tests.admin import many, posts
from tests.browser.authoring import enter
from tests.browser.delivering import deliver
from tests.browser.planted_stage import prepared
from tests.browser.typist import SAVE, Typist
from tests.public import visits
from tests.security import planting
from wagtail_contracts.contracts.models import Contract, Suggestion
from wagtail_contracts.signing.public import self_service

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
DESK = "wagtail_contracts_workspace"
TOMORROW = f"{timezone.now().date() + timedelta(days=1)}T08:00"


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


def outside(who: Typist, world: SimpleNamespace) -> None:
    """What people without an account come to."""
    at, kari = "wagtail_contracts:", world.review.kari
    block = next(b for b in world.review.version.content["body"] if b.get("policy") == "editable")
    suggest = reverse(f"{at}suggest", args=[kari.public_id, block["id"]])
    who.open(visits.landing(kari))
    who.at(f"{at}contract", visits.page("contract", kari))
    who.at(f"{at}threads", visits.page("threads", kari))
    who.at(f"{at}suggest", suggest, then="Send the suggestion")
    for which, pages in OUTSIDE.items():
        person = getattr(world, which).kari
        who.open(visits.landing(person))
        for name, chosen in pages.items():
            who.at(f"{at}{name}", visits.page(name, person), **chosen)
    person = world.consumer.kari
    who.open(visits.landing(person))
    who.press(visits.page("retract", person), "Confirm withdrawal")
    for name in ("help", "lost", "report"):
        who.at(f"{at}{name}", reverse(f"{at}{name}"))
    who.at(f"{at}self_service", services.address(world.service))


OUTSIDE: dict[str, dict[str, dict[str, str]]] = {
    "fourth": {"forward": {"todo": "read"}, "people": {}, "decline": {}},
    "asked": {"forward": {"todo": "sign"}},
    "ready": {"sign": {}},
    "witnessed": {"sign": {}, "witness": {}},
}
# Pages of the desk about a contract, each with the one that it is typed into for.
ABOUT: dict[str, tuple[str, dict[str, str]]] = {
    "edit": ("draft", {"press": SAVE}),
    "parties": ("draft", {}),
    "details": ("draft", {}),
    "unlock_block": ("draft", {}),
    "send": ("draft", {"at": TOMORROW}),
    "ask_approval": ("unasked", {}),
    "answer_approver": ("waiting", {}),
    "threads": ("review", {}),
    "add_person": ("review", {}),
    "replace_person": ("third", {}),
    "extend": ("review", {}),
    "revise": ("revised", {}),
    "revoke_access": ("signed", {}),
    "erase_person": ("signed", {}),
    "move": ("signed", {}),
    "sign": ("second", {}),
    "withdraw": ("second", {}),
    "reopen": ("signing", {}),
}
OF_WORKSPACE = ("edit", "texts", "help", "disclosures", "members")
NEW = (
    "wagtail_contracts_catalogue:add",
    "wagtail_contracts_library:add",
    "wagtail_contracts_document",
    "wagtail_contracts_factor_add",
)
FOUND = (
    "wagtail_contracts_search",
    "wagtail_contracts_factor_people",
    "wagtail_contracts_contract:add",
)


def inside(who: Typist, world: SimpleNamespace) -> None:
    """What those come to who make contracts and run a workspace."""
    first = world.revised.contract.latest_revision
    revert = posts.address("revisions_revert", _key(world, "revised"), first.pk)
    who.at(f"{posts.NAMESPACE}:revisions_revert", revert, press=SAVE)
    for name, (which, chosen) in ABOUT.items():
        who.at(f"{posts.NAMESPACE}:{name}", posts.address(name, _key(world, which)), **chosen)
    for name in OF_WORKSPACE:
        who.at(f"{DESK}:{name}", reverse(f"{DESK}:{name}", args=[world.sales.pk]))
    folder = reverse(f"{DESK}:mark", args=[world.sales.pk]) + f"?folder={world.folder.pk}"
    who.at(f"{DESK}:mark", folder)
    shared = "wagtail_contracts_field_set"
    who.at(f"{shared}:add", reverse(f"{shared}:edit", args=[world.set.pk]))
    for door in NEW:
        who.at(door, reverse(door))
    reset = "wagtail_contracts_factor_reset"
    who.at(reset, reverse(reset, args=[world.mate.pk]))
    for action in ("tag", "folder", "withdraw"):
        who.at(f"wagtail_bulk_action:{action}", many.address(action, _key(world, "third")))


def sent_back(who: Typist, world: SimpleNamespace) -> None:
    """What an approver says."""
    approve = posts.address("approve", world.waiting.pk)
    who.at(f"{posts.NAMESPACE}:approve", approve, press="Send back")


def to_many(who: Typist, world: SimpleNamespace) -> None:
    """What goes to anybody, or to a group."""
    offer = "wagtail_contracts_self_service_new"
    chosen = {"template": str(world.course.pk), "signatory": ""}
    who.at(offer, reverse(offer), **chosen)
    text = {"template": str(world.conduct.pk), "group": str(world.group.pk)}
    begin, again = "wagtail_contracts_circular_new", "wagtail_contracts_circular_round"
    who.at(begin, reverse(begin), **text)
    who.at(again, reverse(again, args=[world.round.public_id]), **text)


def looking(who: Typist, world: SimpleNamespace) -> None:
    """What somebody looks for stands in the address; a list can be kept under a name."""
    asked = urlencode({"q": " ".join(planting.TYPED.values())})
    for door in FOUND:
        who.page.goto(f"{reverse(door)}?{asked}")
    listed = f"{posts.NAMESPACE}:list"
    who.at(listed, f"{reverse(listed)}?{asked}")


def afterwards(who: Typist, world: SimpleNamespace) -> None:
    """What our side answers to those outside, and what changes for whoever comes later."""
    about = f"{posts.NAMESPACE}:"
    who.press(posts.address("call_off", world.draft.pk), "Call it off")
    who.press(posts.address("send", world.draft.pk), "Send")
    thread = Suggestion.objects.order_by("pk")[0].thread.public_id
    suggested = posts.address("suggestion", world.review.contract.pk) + f"?thread={thread}"
    who.at(f"{about}suggestion", suggested, press="Dismiss")
    answer = posts.address("answer_person", world.asked.contract.pk)
    who.at(f"{about}answer_person", answer, answer="refuse")
    settle = "wagtail_contracts_settle"
    who.at(settle, reverse(settle, args=[world.alarm]))
    rule = f"{DESK}:new_rule"
    once = {"currency": "NOK", **dict.fromkeys(("step_2", "step_3", "step_4", "step_5"), "")}
    who.at(rule, reverse(rule, args=[world.sales.pk]), press="Make the rule", **once)
    template = "wagtailadmin_pages:edit"
    who.at(template, reverse(template, args=[world.course.pk]), press=SAVE)


def _key(world: SimpleNamespace, name: str) -> Any:
    at = getattr(world, name)
    return (at if isinstance(at, Contract) else at.contract).pk


def unlisted(people: list[Typist]) -> dict[str, set[str]]:
    """Where what was typed into differs from the list of inputs."""
    listed, typed = planting.forms_of_all(), dict[str, set[str]]()
    same = planting.same_forms()
    for door, names in (row for person in people for row in person.typed.items()):
        typed.setdefault(same.get(door, door), set()).update(names)
    both = {door: (typed.get(door, set()), listed.get(door, set())) for door in typed | listed}
    return {door: ours ^ theirs for door, (ours, theirs) in both.items() if ours != theirs}


@pytest.mark.long(
    "security/walk/test_s49_inputs.py::test_each_page_takes_what_the_list_says_and_no_other_word"
)
def test_what_is_typed_stands_in_clear_where_the_list_says_so(
    world: SimpleNamespace,
    open_page: Any,
    client: Any,
    live_server: Any,
    tmp_path: Any,
    caplog: Any,
) -> None:
    guest, desk, judge = people = [Typist(open_page()) for _person in range(3)]
    enter(desk.page, client, world.boss, live_server.url)
    enter(judge.page, Client(), world.judge, live_server.url)
    planted = {**planting.TYPED, **planting.CONTACT}

    inside(desk, world)
    sent_back(judge, world)
    to_many(desk, world)
    looking(desk, world)
    outside(guest, world)
    found = planting.places(planted, tmp_path)  # before anything leaves
    afterwards(desk, world)
    deliver()

    found |= planting.places(planted, tmp_path)
    assert [refused for person in people for refused in person.refused] == []
    assert unlisted(people) == {}
    listed = planting.listed(planting.BY_BROWSER)
    found |= {(f"log of {name}", kind) for name, kind in planting.logged(caplog, planted)}
    leaks = found - listed.keys() - planting.listed().keys()
    assert not leaks, "\n".join(" | ".join(one) for one in sorted(leaks))
    assert sorted(listed.keys() - found) == []
    assert planting.in_files(tmp_path / "tmp", planted) == set()
