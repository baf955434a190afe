"""What people say about a contract: for everyone in it, or among the people of one side.

What one side says to itself is known to nobody else, not even that it was said: it changes nothing
that others see, is told to none of them, and stands in a trail of that side alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_contracts import canonical, events
from wagtail_contracts.actors import Actor
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.core import masking, taking_part, talking
from wagtail_contracts.contracts.core.text import is_blank
from wagtail_contracts.contracts.errors import CommentRefused, NotAllowed, NotYourPart, WrongState
from wagtail_contracts.contracts.flows import announcing, repeated
from wagtail_contracts.contracts.flows.acting import insist, staff
from wagtail_contracts.contracts.flows.answering import kept_answers, offered
from wagtail_contracts.contracts.flows.hearing import audience, tell_readers
from wagtail_contracts.contracts.flows.partaking import insist_may
from wagtail_contracts.contracts.flows.quotas import insist_on_few_threads
from wagtail_contracts.contracts.flows.saying import said
from wagtail_contracts.contracts.flows.sending import today
from wagtail_contracts.contracts.models import (
    Comment,
    Contract,
    ContractVersion,
    Participant,
    Party,
    Thread,
    staff_name,
)
from wagtail_contracts.contracts.models.guards import unguarded

EVENTS = {
    "begun": events.THREAD_BEGUN,
    "said": events.COMMENT_MADE,
    "resolved": events.THREAD_RESOLVED,
    "reopened": events.THREAD_REOPENED,
}


@dataclass(frozen=True)
class Matter:
    """What a new thread is about, and for whom: everyone, or one side.

    `shown` is the digest of the version on the page: a block that it has not is the whole contract.
    """

    kind: str = Thread.Kind.COMMENT.value
    block: str = ""
    quote: str = ""
    side: Party | None = None
    shown: str = ""
    wished_on: date | None = None


@transaction.atomic
def begin_thread(
    contract: Contract, participant: Participant | None, text: str, matter: Matter, *, by: Actor
) -> Thread:
    """Say something new, as a participant or, without one, as the member of staff behind `by`.

    The same a second time within a minute is what was said first. Raises NotYourPart, NotAllowed,
    WrongState, CommentRefused.
    """
    contract = Contract.objects.lock(contract.pk)
    _insist_on_part(contract, participant, matter.kind, matter.side, by=by)
    _insist_on_wish(contract, matter)
    version, text = _version(contract, matter.shown), _spoken(text)
    thread = _thread(contract, version, _seen(contract, version, participant, by=by), matter)
    if there := repeated.thread(thread, text, _author(participant, by)):
        return there
    if participant:
        insist_on_few_threads(participant, by=by)

    with unguarded():
        thread.save(force_insert=True)
    _note(thread, "begun", {}, by=by)
    _say(thread, participant, text, first=True, by=by)
    return thread


@transaction.atomic
def reply(
    thread: Thread, text: str, *, by: Actor, participant: Participant | None = None
) -> Comment:
    """Say more in a thread; one that was resolved is open again. Raises as `begin_thread`.

    The same a second time within a minute is what was said first.
    """
    thread = _locked(thread, participant, by=by)
    text = _spoken(text)
    if there := repeated.comment(thread, text, _author(participant, by)):
        return there

    if thread.resolved_at:
        _set(thread, None, "")
        _note(thread, "reopened", {}, by=by)
    return _say(thread, participant, text, first=False, by=by)


@transaction.atomic
def resolve(thread: Thread, *, by: Actor, participant: Participant | None = None) -> None:
    """Say that nothing is left to talk about; a second time changes nothing."""
    thread = _locked(thread, participant, by=by)
    if thread.resolved_at:
        return

    _set(thread, timezone.now(), _called(thread.contract, participant, by))

    _note(thread, "resolved", {}, by=by)


@transaction.atomic
def reopen_thread(thread: Thread, *, by: Actor, participant: Participant | None = None) -> None:
    """Take a resolved thread up again; an open one is left as it is."""
    thread = _locked(thread, participant, by=by)
    if not thread.resolved_at:
        return

    _set(thread, None, "")

    _note(thread, "reopened", {}, by=by)


def may_speak(participant: Participant, state: str, kind: str = "") -> bool:
    """Say whether somebody may say something where the contract stands; of one kind, if named."""
    may = taking_part.may(participant.role, taking_part.COMMENT, state) and not participant.left_at
    return may and (not kind or talking.speaks(kind, state))


# -- guards -------------------------------------------------------------------------------------


def _insist_on_part(
    contract: Contract, participant: Participant | None, kind: str, side: Party | None, *, by: Actor
) -> None:
    """Whoever takes part speaks to everyone or to their own side, while the contract is open."""
    if participant is None:
        insist("view" if side else "comment", contract, by=by)
        sides = contract.own_parties
    else:
        if participant.party.contract_id != contract.pk:
            raise NotYourPart(_("You take no part in this contract."))
        insist_may(participant, taking_part.COMMENT, contract)
        sides = [participant.party]
    if side and side.pk not in {party.pk for party in sides}:
        raise NotAllowed(_("What is said is for everyone in the contract, or for your own side."))
    if not talking.speaks(kind, contract.state):
        raise WrongState(_("This contract is closed: what was said can only be read."))


def _locked(thread: Thread, participant: Participant | None, *, by: Actor) -> Thread:
    """The thread as it is now, if it may be seen and spoken in."""
    contract = Contract.objects.lock(thread.contract_id)
    seen = (
        Thread.objects.seen_by(participant)
        if participant
        else Thread.objects.of_staff(staff(by), contract)
    )
    found = seen.select_related("side").filter(pk=thread.pk).first()
    if found is None:
        raise NotYourPart(_("You take no part in what is said about this contract."))
    _insist_on_part(contract, participant, found.kind, found.side, by=by)
    found.contract = contract
    return found


def _spoken(raw: str) -> str:
    if is_blank(text := said(raw, "text", CommentRefused)):
        raise CommentRefused({"text": _("Write something.")})
    return text


def _thread(
    contract: Contract, version: ContractVersion, content: Mapping[str, Any], matter: Matter
) -> Thread:
    """What is meant, not stored yet. Raises CommentRefused."""
    block, quote = _meant(content, matter)
    return Thread(
        contract=contract,
        side=matter.side,
        block=block,
        quote=quote,
        version=version,
        kind=Thread.Kind(matter.kind).value,
        wished_on=matter.wished_on,
    )


def _meant(content: Mapping[str, Any], matter: Matter) -> tuple[str, str]:
    """The block that has the phrase, and the phrase in one line. Raises CommentRefused."""
    text, wrong = talking.read(matter.quote, talking.LONGEST_QUOTE)
    block = matter.block if talking.block_of(content, matter.block) else ""
    quote = talking.plain(text) if block else ""
    if not quote:
        return block, ""
    if wrong == "length":
        words = _("Use at most %(most)s characters of the text.")
        raise CommentRefused({"quote": words % {"most": talking.LONGEST_QUOTE}})
    home = talking.home(content, block, quote)
    if wrong or not talking.stands(content, home, quote):
        words = _("The clause does not have these words. Copy them from it, or leave this empty.")
        raise CommentRefused({"quote": words})
    return home, quote


def _insist_on_wish(contract: Contract, matter: Matter) -> None:
    if matter.kind != Thread.Kind.MORE_TIME:
        return
    if matter.side:
        raise CommentRefused({"side": _("Only the sender can give more time: ask everyone.")})
    over = max(today(contract.workspace), contract.deadline or date.min)
    if matter.wished_on and matter.wished_on <= over:
        raise CommentRefused({"wished_on": _("Choose a day after the deadline that there is.")})


def _version(contract: Contract, shown: str) -> ContractVersion:
    """The version that was on the page. Raises WrongState."""
    newest = contract.current_version
    if newest is None:
        raise WrongState(_("This contract is closed: what was said can only be read."))
    known = contract.versions.filter(digest=shown.replace("\0", ""))
    return known.first() or newest


def _seen(
    contract: Contract, version: ContractVersion, participant: Participant | None, *, by: Actor
) -> Mapping[str, Any]:
    """The text as whoever speaks has it before them: nobody guesses at what has masks for them."""
    if participant:
        return offered(participant, version, kept_answers(participant))
    content = version.content
    whole = permissions.reads(staff(by), contract, content)
    return content if whole else masking.masked(content)


# -- changes ------------------------------------------------------------------------------------


def _say(
    thread: Thread, participant: Participant | None, text: str, *, first: bool, by: Actor
) -> Comment:
    author = _author(participant, by)
    comment = Comment.objects.create(thread=thread, text=text, **author)
    readers = audience(thread)
    names = talking.mentioned(text, [one.name for one in readers])
    named = [one for one in readers if talking.plain(one.name) in names and one != participant]
    comment.mentioned.set(named)
    words = {"comment": comment.public_id, "text": text}
    _note(thread, "said", {"text": canonical.digest(canonical.COMMENT, words)}, by=by)
    tell_readers(thread, readers, named, participant, first=first, by=by)
    return comment


def _author(participant: Participant | None, by: Actor) -> dict[str, Any]:
    return {"participant": participant} if participant else {"user": staff(by)}


def _set(thread: Thread, at: Any, resolver: str) -> None:
    thread.resolved_at, thread.resolved_by = at, resolver
    with unguarded():
        thread.save(update_fields=["resolved_at", "resolved_by"])


def _called(contract: Contract, participant: Participant | None, by: Actor) -> str:
    """Who resolves, as other parties read it."""
    name = participant.name if participant else staff_name(staff(by), contract)
    return name[:120]


def _note(thread: Thread, act: str, more: Mapping[str, Any], *, by: Actor) -> None:
    """In the trail of those who may know of it; of another side's talk nothing else is left."""
    data = {"thread": thread.public_id, "block": thread.block, "kind": thread.kind, **more}
    if thread.side is None:
        announcing.record(thread.contract, EVENTS[act], data, by=by)
        return
    data |= {"act": act}
    if thread.contract.is_own(thread.side):
        announcing.record(thread.contract, events.ASIDE_NOTED, data, by=by)
    else:
        trail = thread.contract.aside_trail(thread.side)
        audit.record(trail, events.ASIDE_NOTED, data, by=by)
