"""Each post is also made by somebody who holds no more than the need, and it does what it says.

The answer, or the page that it leads to, shows the contract: so the walk knocks at doors that open.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import tables
from tests.security.walk import doors, table
from tests.security.walk.bodies import CLAUSES, SETS
from tests.security.walk.test_s20_walk import Step, go
from tests.security.walk.visitors import Answer, Visitor
from tests.security.walk.world import undone
from wagtail_contracts.contracts.models import Contract

pytestmark = pytest.mark.django_db
# Whoever holds just this.
HOLDER = {
    "signatory": "owner",
    "create|edit": "edit",
    "page": "author",
    "templates": "author",
    "offering": "superuser",
}
# Whom a page that anybody may open has something to say to.
CONCERNED = {
    "wagtail_contracts_approvals": "approve",
    "wagtail_contracts_notifications": "owner",
    "wagtail_contracts_notifications_results": "owner",
}
NOTHING_NEWER = "take_template"  # the walk's template says what its draft was made from
EDITOR = "wagtail_contracts_contract:edit"
LEADS_ON = 3  # redirects that a browser follows


def acts() -> Iterator[Step]:
    """Every act in every state in which it is done, and every page in one."""
    for door in doors.ours().values():
        name = door.key.rsplit(":", maxsplit=1)[-1]
        if name in table.ACTS and door.kind == "contract" and name != NOTHING_NEWER:
            for state in sorted(table.ACTS[name][1]):
                yield Step(door, "POST", state, door.answer("POST", state))


def pages() -> Iterator[Step]:
    """Every page of ours about a contract, a workspace or a participant, where it is one."""
    for door in doors.ours().values():
        for state in door.states:
            if door.answer("GET", state) == 200 and state in ("", "draft", "signing", "signed"):
                yield Step(door, "GET", state, 200)


def holder(need: str) -> str:
    """A role that may, and no more than that where there is one."""
    return HOLDER.get(need, need if need in table.ROLES else "owner")


def followed(visitor: Visitor, answer: Answer) -> Answer:
    """The page that an answer leads to."""
    for _step in range(LEADS_ON):
        if not answer.location:
            break
        answer = visitor.ask("GET", answer.location)
    return answer


@pytest.mark.parametrize("step", [*acts()], ids=lambda step: f"{step.name} {step.state}")
def test_an_act_is_done_and_shows_the_contract(visitors, step):
    visitor = visitors[holder(step.door.need)]
    with undone():
        if step.name == "revise":  # there is nothing to send before something was changed
            go(visitors["edit"], Step(doors.ours()[EDITOR], "POST", step.state, 302))
        before = tables.digests()
        answer = go(visitor, step)
        page = followed(visitor, answer)
        assert (answer.status, page.status) == (step.expected, 200), answer.crash
        assert tables.digests() != before
        gone = not Contract.objects.filter(pk=visitor.world.contracts[step.state].pk).exists()
        # After the last approval comes an empty inbox: what was done stands in the answer itself.
        assert page.marked or answer.marked or answer.words.startswith("%pdf")
        assert gone == (step.name == "delete")


# Pages that say nothing about any one of ours.
BLANK = frozenset(
    {"leaf", "wagtail_contracts_file", "wagtail_contracts_leaf"}
    | {"self_service", "visit", "self_service_leaf"}  # what the other workspace offers
    | {
        "confirm",
        "wagtail_contracts_deputies",
        "verify",
        "trust",
        "certificate",
        "security_txt",
        "help",
        "privacy",
        "wagtail_contracts_register",
        "lost",
        "report",
        "report_link",
        "return",
        "add",
        "history_results",
        "wagtail_contracts_factors",
        "wagtail_contracts_factor_add",
        "wagtail_contracts_factor_people",
        "wagtail_contracts_factor_reset",
        "preview_on_edit",
        "state",
        "wagtail_contracts_circular_state",
        "wagtail_contracts_document",
        "wagtail_contracts_self_service",
    }
)


def test_every_page_shows_what_it_is_about_to_whoever_may(visitors):
    done, blank = 0, []
    for step in pages():
        ours = step.door.key.startswith((SETS, CLAUSES)) and step.door.need == "admin"
        whom = CONCERNED.get(step.door.key, holder(step.door.need))
        visitor = visitors["author" if ours else whom]
        with undone():
            answer = go(visitor, step)
        done += 1
        if (answer.status, answer.marked) != (200, True) and step.name not in BLANK:
            blank.append(f"{visitor.role} {step.door.key} {step.state} {answer.status}")
    assert "\n".join(blank) == ""
    assert done > 60
