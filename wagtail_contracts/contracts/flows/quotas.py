"""How much in a day: whoever takes over an account or a link sends no flood.

So many people get contracts or are let in; so many matters are begun in one contract.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM, Actor
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts.conf import contracts
from wagtail_contracts.contracts.errors import (
    CommentRefused,
    NotReady,
    PersonRefused,
    QuotaReached,
    SuggestionRefused,
)
from wagtail_contracts.contracts.models import (
    Comment,
    Contract,
    Participant,
    PersonRequest,
    Suggestion,
    Thread,
)
from wagtail_contracts.outbox import flows as outbox

log = logging.getLogger("wagtail_contracts.contracts")
DAY = timedelta(days=1)
LET_IN_A_DAY = 5  # people that one participant lets in
LET_IN_A_DAY_IN_ALL = 10  # and all participants of one contract together
BEGUN_IN_A_DAY = 100  # threads that one participant begins in one contract
SUGGESTED_IN_A_DAY = 40  # suggestions of the same; others find room below MOST_OPEN


@contextmanager
def refusals_told() -> Iterator[None]:
    """Have the administrators told where a quota refuses a sending.

    Around its transaction, which the refusal takes back.
    """
    try:
        yield
    except QuotaReached as refused:
        _tell(refused.most, by=refused.by)
        raise


def insist_on_quota(contract: Contract, *, by: Actor, ahead: Q | None = None) -> None:
    """Raise QuotaReached where a sending would reach more people than one may in 24 hours.

    NotReady where one contract would, or where the site names domains and it goes to others. An
    address counts once, colleagues don't. `ahead` chooses contracts that are to leave, too.
    """
    most, mine = contracts(), addresses(Contract.objects.filter(pk=contract.pk))
    _insist_on_domains(mine, [domain.lower() for domain in most.recipient_domains])
    if len(mine) > most.recipients:
        raise NotReady([_("It goes to more than %d people of other sides.") % most.recipients])
    if not mine:
        return  # to colleagues alone, who count nowhere
    chosen = Q(pk__in=sent_by(by)) | (ahead or Q(pk=None))
    if by.kind != SYSTEM.kind:
        _insist(mine, Contract.objects.filter(chosen), most.recipients_a_day, by)
    newest = Q(versions__number=1, versions__frozen_at__gte=timezone.now() - DAY)
    there = Contract.objects.filter(newest, workspace=contract.workspace_id)
    beside = joined(party__contract__workspace=contract.workspace_id)
    _insist({*mine, *beside}, there, most.recipients_a_day_in_workspace, by)


def insist_on_invitation(
    contract: Contract, email: str, *, asked_by: Participant | None, by: Actor
) -> None:
    """Raise PersonRefused where one person more is too many, or their domain is none of ours.

    `asked_by` is the participant who lets them in; without one it is our staff. Those who come in
    later count like those to whom a contract is sent.
    """
    most, mine = contracts(), {email.lower()}
    everybody = mine | addresses(Contract.objects.filter(pk=contract.pk))
    newest = Q(versions__number=1, versions__frozen_at__gte=timezone.now() - DAY)
    there = Contract.objects.filter(newest, workspace=contract.workspace_id)
    beside = joined(party__contract__workspace=contract.workspace_id)
    try:
        _insist_on_domains(mine, [domain.lower() for domain in most.recipient_domains])
        _insist({*mine, *beside}, there, most.recipients_a_day_in_workspace, by)
    except NotReady as refusal:
        raise PersonRefused(" ".join(refusal.missing), "email") from refusal
    if len(everybody) > most.recipients:
        words = _("More than %d people would have got this contract.") % most.recipients
        raise PersonRefused(words, "email")
    _insist_on_patience(contract, asked_by, by)


def insist_on_few_threads(participant: Participant, *, by: Actor) -> None:
    """Raise CommentRefused where somebody has begun as many threads as one may in 24 hours."""
    begun = Thread.objects.filter(
        contract=participant.party.contract_id, begun_at__gte=timezone.now() - DAY
    )
    first = Comment.objects.filter(thread=OuterRef("pk")).order_by("pk").values("participant")
    mine = begun.exclude(kind=Thread.Kind.SUGGESTION).annotate(by=Subquery(first[:1]))
    if mine.filter(by=participant.pk).count() < BEGUN_IN_A_DAY:
        return
    log.warning("%s %s begins more threads than one may in a day", by.kind, by.key)
    words = _(
        "You have begun %(most)s conversations in this contract within a day. Go on in one of "
        "them, or try again tomorrow."
    )
    raise CommentRefused({"": words % {"most": BEGUN_IN_A_DAY}})


def insist_on_few_suggestions(participant: Participant, *, by: Actor) -> None:
    """Raise SuggestionRefused where somebody has made as many as one may in 24 hours."""
    since = timezone.now() - DAY
    mine = Suggestion.objects.filter(participant=participant, thread__begun_at__gte=since)
    if mine.count() < SUGGESTED_IN_A_DAY:
        return
    log.warning("%s %s suggests more than one may in a day", by.kind, by.key)
    words = _(
        "You have made %(most)s suggestions in this contract within a day. Comment instead, or "
        "try again tomorrow."
    )
    raise SuggestionRefused({"": words % {"most": SUGGESTED_IN_A_DAY}})


def _insist_on_patience(contract: Contract, asked_by: Participant | None, by: Actor) -> None:
    """Whoever has a link sends no flood: neither alone, nor through those they let in."""
    since = timezone.now() - DAY
    if asked_by is None:
        names = (events.PERSON_ADDED, events.PERSON_REPLACED)
        mine = Event.objects.named(*names).by(by.key, kind=by.kind).filter(at__gte=since)
        counted = [(mine.count(), contracts().recipients_a_day)]
    else:
        counted = [
            (_asked_for(since, asked_by.pk), LET_IN_A_DAY),
            (_let_in(contract, since), LET_IN_A_DAY_IN_ALL),
        ]
    if any(had >= most for had, most in counted):
        log.warning("%s %s lets in more people than one may in a day", by.kind, by.key)
        raise PersonRefused(_("That is enough people for one day. Try again tomorrow."))


def _asked_for(since: datetime, participant: int) -> int:
    """How many a participant has let in, or asked for in vain."""
    came = Participant.objects.filter(added_by=participant, joined_at__gte=since)
    return came.count() + _requests(since).filter(participant=participant).count()


def _let_in(contract: Contract, since: datetime) -> int:
    """The same of all participants of a contract."""
    came = Participant.objects.filter(party__contract=contract, joined_at__gte=since)
    asked = _requests(since).filter(participant__party__contract=contract)
    return came.exclude(added_by=None).count() + asked.count()


def _requests(since: datetime) -> QuerySet[PersonRequest]:
    """Those that let nobody in: whoever was let in is counted as that."""
    return PersonRequest.objects.filter(asked_at__gte=since).exclude(state="accepted")


def joined(**where: Any) -> set[str]:
    """Where people of other sides were told in the last 24 hours that they take part, too."""
    people = Participant.objects.filter(joined_at__gte=timezone.now() - DAY, user=None, **where)
    return {email.lower() for email in people.values_list("email", flat=True) if email}


def sent_by(by: Actor) -> QuerySet[Contract, int]:
    """The keys of the contracts that somebody has sent in the last 24 hours."""
    sent = Event.objects.named(events.CONTRACT_SENT).by(by.key, kind=by.kind)
    trails = sent.filter(at__gte=timezone.now() - DAY).values_list("trail__key", flat=True)
    return Contract.objects.filter(uuid__in=list(trails)).values_list("pk", flat=True)


def addresses(found: QuerySet[Contract]) -> set[str]:
    """Where people of other sides get these contracts."""
    people = Participant.objects.filter(party__contract__in=found.values("pk"), user=None)
    return {email.lower() for email in people.values_list("email", flat=True) if email}


def _insist(mine: Iterable[str], others: QuerySet[Contract], most: int, by: Actor) -> None:
    if len({*mine, *addresses(others)}) > most:
        log.warning("a sending by %s %s would reach more than %d a day", by.kind, by.key, most)
        words = _("More than %d people would get contracts within a day. Send it tomorrow.")
        raise QuotaReached([words % most], most, by=by)


@transaction.atomic
def _tell(most: int, *, by: Actor) -> None:
    outbox.post(events.QUOTA_DUE, who=by.key, most=most)


def _insist_on_domains(mine: Iterable[str], domains: Collection[str]) -> None:
    strange = sorted({email.rpartition("@")[2] for email in mine} - set(domains))
    if domains and strange:
        words = {"domains": ", ".join(strange)}
        raise NotReady([_("Contracts don't go to addresses at %(domains)s from here.") % words])
