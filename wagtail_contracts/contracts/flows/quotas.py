"""How many people may get contracts in a day: whoever takes over an account sends no flood."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM, Actor
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts.conf import contracts
from wagtail_contracts.contracts.errors import NotReady
from wagtail_contracts.contracts.models import Contract, Participant

log = logging.getLogger("wagtail_contracts.contracts")
DAY = timedelta(days=1)


def insist_on_quota(contract: Contract, *, by: Actor, ahead: Q | None = None) -> None:
    """Raise NotReady where a sending would reach more people than one may in 24 hours.

    The same where it goes to domains that the site has not named, if it names any. An address
    counts once, colleagues don't. `ahead` chooses contracts that are to leave, too.
    """
    most, mine = contracts(), addresses(Contract.objects.filter(pk=contract.pk))
    _insist_on_domains(mine, [domain.lower() for domain in most.recipient_domains])
    if len(mine) > most.recipients:
        raise NotReady([_("It goes to more than %d people of other sides.") % most.recipients])
    chosen = Q(pk__in=sent_by(by)) | (ahead or Q(pk=None))
    if by.kind != SYSTEM.kind:
        _insist(mine, Contract.objects.filter(chosen), most.recipients_a_day, by)
    newest = Q(versions__number=1, versions__frozen_at__gte=timezone.now() - DAY)
    there = Contract.objects.filter(newest, workspace=contract.workspace_id)
    _insist(mine, there, most.recipients_a_day_in_workspace, by)


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
        raise NotReady([words % most])


def _insist_on_domains(mine: Iterable[str], domains: Collection[str]) -> None:
    strange = sorted({email.rpartition("@")[2] for email in mine} - set(domains))
    if domains and strange:
        words = {"domains": ", ".join(strange)}
        raise NotReady([_("Contracts don't go to addresses at %(domains)s from here.") % words])
