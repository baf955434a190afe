"""S-10: every post of the staff asks for a fresh code, unless it stands here with the reason."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

import pytest
from django.urls import reverse
from django.utils.http import urlencode
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

from tests import tables
from tests.security.walk import addresses, bodies, doors, fills
from tests.security.walk.test_s20_walk import TRACES
from tests.security.walk.visitors import Visitor
from tests.security.walk.world import World, undone
from wagtail_contracts.contracts.models import Workspace
from wagtail_contracts.contracts.models.workspaces import GUARDED

pytestmark = pytest.mark.django_db
STATE = "signing"
CODE, SET_UP = "wagtail_contracts_confirm", "wagtail_contracts_factors"
# Of Wagtail's own doors those that put people into groups; the form for groups has a code in it.
JOINING = ("wagtailusers_users:add", "wagtailusers_users:edit")
WITHOUT: dict[str, str] = {
    "writes or shows a text that goes nowhere by that": """
        contract:add contract:edit contract:delete contract:preview_on_edit contract:lock
        contract:revisions_revert contract:unlock contract:parties contract:details
        contract:take_template contract:unlock_block contract:preview_paper contract:duplicate
        contract:amend contract:renew contract:replace contract:link
        catalogue:add catalogue:edit catalogue:delete catalogue:fill
        field_set:add field_set:edit field_set:delete library:add library:edit library:delete
        take_over template_preview_paper numbers upload document
        many:tag many:folder many:archive many:delete
    """,
    "asks, tells or reminds, or can be taken back": """
        contract:ask_approval contract:recall_approval contract:answer_approver
        contract:open_signing contract:reopen contract:extend contract:remind contract:reminders
        contract:confidential contract:opening contract:threads
        contract:reissue contract:call_off contract:seal_again deliver_again give_up many:remind
    """,
    "ends a warning, with a name and a reason, and both stay": "settle",
    "leads on to a page that asks for one": "contract:send_together",
    "is kept for oneself": """
        contract:star contract:opened read_notifications open_notification views
    """,
    "has a code of its own, or is the way to one": """
        contract:sign contract:sign_code mine_open confirm factor_confirm
    """,
    "hands one file to somebody who may read it": "contract:sealed",
    "makes an empty workspace, or says how one looks and writes": """
        workspace:add workspace:mark workspace:texts workspace:help
        workspace:disclosures
    """,
}
# About one's own devices: without one, the page to set up the first is open.
OWN = frozenset({"factor_add", "factor_remove", "factor_recovery"})


class Post(NamedTuple):
    """One act of the staff."""

    name: str
    role: str
    url: str
    body: bodies.Body


def posts(world: World) -> Iterator[Post]:
    """Every door of ours that takes one, every act on many contracts, and Wagtail's for people."""
    for door in doors.ours().values():
        if door.need in ("participant", "anyone") or door.answer("POST", STATE) == 405:
            continue
        role = "owner" if door.need == "signatory" else "superuser"
        name = door.key.removeprefix("wagtail_contracts").lstrip("_:")
        yield Post(name, role, *_at(world, door.key))
    ids = urlencode({"id": [world.contracts[s].pk for s in (STATE, "signed", "draft")]}, doseq=True)
    for name, kind, query in (*_many(ids), ("assign", "user", f"id={world.people['view'].pk}")):
        app = "wagtail_contracts" if kind == "contract" else "auth"
        act = name if kind == "contract" else "assign_role"
        url = reverse("wagtail_bulk_action", args=[app, kind, act])
        yield Post(f"many:{name}", "superuser", f"{url}?{query}", {"role": world.rest["group"].pk})
    for key in JOINING:
        yield Post(key, "superuser", *_at(world, key))


def _at(world: World, key: str) -> tuple[str, bodies.Body]:
    url = addresses.every()[key].filled(fills.of(world, key, STATE))
    return url + bodies.query(key, world), bodies.body(key, world, STATE)


def _many(ids: str) -> list[tuple[str, str, str]]:
    found = bulk_action_registry.get_bulk_actions_for_model("wagtail_contracts", "contract")
    return [(action.action_type, "contract", ids) for action in found]


def led(visitors: dict[str, Visitor], made: Collection[Post], name: str) -> set[str]:
    """The names of those that are answered by the way to a page."""
    way, found = reverse(name), set()
    for post in made:
        answer = visitors[post.role].ask("POST", post.url, post.body)
        if answer.location.startswith(f"{way}?next="):
            found.add(post.name)
    return found


def test_what_changes_rights_rules_and_exports_waits_for_a_fresh_code(visitors, world):
    spared = {name for names in WITHOUT.values() for name in names.split()}
    with undone():
        Workspace.objects.update(factor_verbs=list(GUARDED))
        made = list(posts(world))
        asking = [post for post in made if post.name not in spared]
        names = {post.name for post in asking}
        with tables.unchanged(but=TRACES):
            assert led(visitors, asking, SET_UP) == names - OWN
        for role in ("owner", "superuser"):
            TOTPDevice.objects.create(user=world.people[role], name="phone", confirmed=True)
        with tables.unchanged(but=TRACES):
            assert led(visitors, asking, CODE) == names
        with undone():
            assert led(visitors, [post for post in made if post.name in spared], CODE) == set()
    assert spared <= {post.name for post in made}
    assert len(asking) > 20
