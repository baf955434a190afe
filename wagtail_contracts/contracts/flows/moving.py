"""A contract goes to another workspace: number, text, versions and people stay, its place changes.

What it says is not touched, so nothing that was signed changes: our own party stays who it was.
What belongs to the workspace stays there: folder, tags, the newer wordings of the template and of
the clause library. From then on the rights, rules and members of the new workspace hold.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.errors import MoveRefused, NotReady
from wagtail_contracts.contracts.flows import acting, announcing, needs
from wagtail_contracts.contracts.flows.chronicling import chronicle
from wagtail_contracts.contracts.flows.composing import compose, digest_of
from wagtail_contracts.contracts.flows.filing import use_files
from wagtail_contracts.contracts.flows.outgrown import need_since_sent
from wagtail_contracts.contracts.flows.sorting import clear_place
from wagtail_contracts.contracts.models import (
    Contract,
    Participant,
    PlannedSending,
    Workspace,
    person_name,
)
from wagtail_contracts.contracts.models.guards import unguarded


@transaction.atomic
def move(contract: Contract, to: Workspace, reason: str, *, by: Actor) -> None:
    """Put a contract into another workspace. Raises NotAllowed, MoveRefused, ReasonMissing.

    Whoever does it moves contracts here and makes them there. Told in our own side's trail and in
    those of both workspaces.
    """
    contract = Contract.objects.lock(contract.pk)
    was = contract.workspace
    acting.insist("move", contract, by=by)
    acting.insist_in(to, "add", by=by)
    if problems := list(hindrances(contract, to)):
        raise MoveRefused(problems)
    reason = announcing.insist_on_reason(reason)

    with unguarded():
        contract.workspace = to
        contract.save(update_fields=["workspace"])
    clear_place(contract, by=by)
    use_files(contract.body, to, in_templates=False, by=by)

    data = {"contract": contract.number, "from": str(was.uuid), "to": str(to.uuid)}
    told = {"reason": reason}
    announcing.record(contract, events.CONTRACT_MOVED, data, by=by, disclose=told)
    for place in sorted((was, to), key=lambda place: place.pk):
        chronicle(place, events.CONTRACT_MOVED, data, by=by, disclose=told)


def hindrances(contract: Contract, to: Workspace) -> Iterator[str]:
    """Why a contract can't go to a workspace, one sentence each."""
    here = contract.workspace
    if to == here:
        yield _("It is in this workspace already.")
    if to.training != here.training:
        yield _("A contract for training stays among those, and a real one among the real.")
    yield from _unapproved(contract)
    if PlannedSending.objects.filter(contract=contract).exists():
        yield _("Its sending is planned. Call that off first.")
    yield from _left_behind(contract, to)


def _unapproved(contract: Contract) -> Iterator[str]:
    """The rules of the workspace that it leaves hold until it has left them behind with a yes."""
    if contract.state not in states.INSIDE | states.OPEN:
        return
    if _needs_yes(contract):
        yield _(
            "The rules of this workspace ask for an approval of what it says now. Have that "
            "approved and sent first, or signed if it is out."
        )
    elif contract.approval or contract.state in (states.IN_APPROVAL, states.APPROVED):
        yield _("An approval by the rules of this workspace is under way. Recall it first.")


def _needs_yes(contract: Contract) -> bool:
    try:
        content = compose(contract)
    except NotReady:  # what can't be read can't be judged
        return bool(needs.rules_of(contract))
    sent = contract.current_version
    if need_since_sent(contract):
        return True
    is_sent = sent is not None and sent.content_digest == digest_of(content)
    return not is_sent and bool(needs.need_of(contract, content))


def _left_behind(contract: Contract, to: Workspace) -> Iterator[str]:
    seen = permissions.colleagues(to)
    if not seen.filter(pk=contract.owner_id).exists():
        yield _("%(name)s, who owns it, sees no contracts there. Change the owner first.") % {
            "name": person_name(contract.owner)
        }
    if contract.state not in states.INSIDE | states.OPEN:
        return
    people = Participant.objects.present().filter(party__contract=contract).exclude(user=None)
    for person in people.exclude(user__in=seen).order_by("pk"):
        yield _("%(name)s, who takes part for us, has no part in that workspace.") % {
            "name": person.name
        }
