"""The contracts of a text for many, made and sent by the worker in batches.

A person is in a round once, and their row is locked while their contract is made: however often a
message is repeated, and by however many workers, nobody gets two.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.blocks import definitions
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.errors import TemplateUnusable
from wagtail_contracts.contracts.flows.closing import withdraw
from wagtail_contracts.contracts.flows.composing import compose, digest_of
from wagtail_contracts.contracts.flows.drafting import (
    EITHER,
    PartyDraft,
    PersonDraft,
    asked_of,
    create,
    template_digest,
)
from wagtail_contracts.contracts.flows.sending import send, today
from wagtail_contracts.contracts.models import (
    CircularMember,
    CircularRound,
    Contract,
    Participant,
    Party,
    person_name,
)
from wagtail_contracts.errors import Refusal
from wagtail_contracts.outbox import flows as outbox

BATCH = 25  # contracts that one message asks for


def post_batches(of: CircularRound, keys: Collection[int]) -> None:
    """Ask the worker for the contracts of these members; in the caller's transaction."""
    ordered = sorted(keys)
    for first in range(0, len(ordered), BATCH):
        batch = ordered[first : first + BATCH]
        outbox.post(events.CIRCULAR_DUE, round=of.pk, first=batch[0], last=batch[-1])


def rehearse(of: CircularRound, *, by: Actor) -> Contract:
    """Make the contract of one member and take it back. Raises whatever stands in its way.

    It is returned with its version as it was, for whoever prints it.
    """
    rows = list(of.members.select_related("user"))
    trial = next((row for row in rows if row.user.email), rows[0])
    with transaction.atomic():
        whole = Contract.objects.select_related("workspace", "current_version")
        made = whole.get(parties__people=_make(trial, Text(of)))
        transaction.set_rollback(True)
    return made


def make_batch(of: CircularRound, first: int, last: int, *, by: Actor) -> int:
    """Make and send what is left of a batch, each in a transaction of its own; how many."""
    waiting = of.members.unmade().filter(pk__gte=first, pk__lte=last)
    keys = list(waiting.values_list("pk", flat=True))
    if not keys:
        return 0
    try:
        text = Text(of)
    except TemplateUnusable as refusal:
        return _give_up(keys, refusal)
    return sum(make_one(key, text, by=by) for key in keys)


@transaction.atomic
def make_one(key: int, text: Text, *, by: Actor) -> int:
    """Make and send the contract of one member; one that there is already is not made again.

    What is refused is kept with the member, for whoever looks after the text.
    """
    member = CircularMember.objects.select_for_update(of=("self",)).get(pk=key)
    if member.participant_id or member.problem:
        return 0
    try:
        with transaction.atomic():
            member.participant = _make(member, text)
    except Refusal as refusal:
        member.problem = str(refusal)
    member.save(update_fields=["participant", "problem"])
    return 1


class Text:
    """The template of a round, read once for many. Raises TemplateUnusable."""

    def __init__(self, of: CircularRound) -> None:
        page = of.template and of.template.specific
        if page is None or not page.live or template_digest(page) != of.template_digest:
            raise TemplateUnusable(
                _("The template has changed since the round began. Begin a new round with it.")
            )
        self.round, self.page, self.circular = of, page, of.circular
        self.own, self.other = _sides(definitions(page.roles))
        self.by = permissions.actor(of.begun_by)


def _make(member: CircularMember, text: Text) -> Participant:
    contract = create(
        text.page,
        title=text.circular.title,
        parties=_parties(member.user, text),
        values={},
        owner=text.circular.owner,
        by=text.by,
    )
    over = text.round.deadline < today(contract.workspace)  # for somebody who came late
    deadline = None if over else text.round.deadline
    shown = digest_of(compose(contract))
    send(contract, shown, into=states.SIGNING, deadline=deadline, by=text.by)
    _supersede(member, text)
    people = Participant.objects.filter(party__contract=contract, party__role=text.other["key"])
    return people.get()


def _supersede(member: CircularMember, text: Text) -> None:
    """Withdraw what is still out of earlier rounds: nobody is to sign a text that is over."""
    earlier = Contract.objects.filter(
        parties__people__circular_member__user=member.user_id,
        parties__people__circular_member__round__circular=text.circular,
        parties__people__circular_member__round__number__lt=text.round.number,
    )
    reason = _("A newer text takes its place, with a contract of its own.")
    for contract in earlier.out():
        withdraw(contract, reason, by=text.by)


def _sides(roles: list[dict[str, Any]]) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Our side and the one person's. Raises TemplateUnusable where the text is for others."""
    own = [role for role in roles if role["own"]]
    others = [role for role in roles if not role["own"]]
    fits = len(own) == len(others) == 1 and others[0]["kind"] in (EITHER, Party.Kind.PERSON)
    if not fits:
        raise TemplateUnusable(
            _("A text for many has two parties: our own side, and one private person.")
        )
    return own[0], others[0]


def _parties(user: Any, text: Text) -> list[PartyDraft]:
    """We are bound without a signature, as the text says the same to all."""
    space, name = text.circular.workspace, person_name(user)
    said = {"name": name, "email": user.email, "language": _language(user, text), "user": user}
    person = PersonDraft(**said, **asked_of(text.other))
    return [
        PartyDraft(text.own["key"], space.legal_name, space.organisation_number, rule="none"),
        PartyDraft(text.other["key"], name, people=[person], kind=Party.Kind.PERSON),
    ]


def _language(user: Any, text: Text) -> str:
    profile = getattr(user, "wagtail_userprofile", None)
    said = profile.preferred_language if profile else ""
    return said or text.page.language or text.circular.workspace.language


def _give_up(keys: Collection[int], refusal: Refusal) -> int:
    rows = CircularMember.objects.unmade().filter(pk__in=keys)
    return rows.update(problem=str(refusal))
