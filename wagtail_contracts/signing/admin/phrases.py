"""What the list says of each contract to the one who looks: whose turn it is, how far it is.

Four queries for a page of the list, however long it is, one more where a party has approvers, four
where approvals are awaited, and some for each sending that is planned.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F, Max
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import ApprovalRequest, Contract, Participant
from wagtail_contracts.contracts.rendering import days, plans, rules
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.core import quorum
from wagtail_contracts.signing.models import Decline, Retraction, Signature

SIGNATORY, APPROVER = Participant.Role.SIGNATORY, Participant.Role.APPROVER


def tell(rows: Sequence[Contract], user: Any) -> dict[int, dict[str, Any]]:
    """By primary key: `phrase`, and `progress` in words with `done` of `all` where it is counted.

    The rows come with their parties, people and listing.
    """
    page = Page(rows, user)
    return {row.pk: {"phrase": page.phrase(row), **page.progress(row)} for row in rows}


class Page:
    """What is known of the rows of one page."""

    def __init__(self, rows: Sequence[Contract], user: Any) -> None:
        self.user = user
        self.now = timezone.now()
        ids = [row.pk for row in rows]
        self.signed: dict[int, dict[int, datetime]] = {}
        for contract, person, at in self._signatures(ids):
            self.signed.setdefault(contract, {})[person] = at
        self.before = self._approvers(rows)
        people = [one.public_id for row in rows for one in self._people(row)]
        people += [one.public_id for found in self.before.values() for one in found]
        seen = Event.objects.named(events.CONTRACT_VIEWED).filter(actor_key__in=people)
        found = seen.values("actor_key").annotate(last=Max("at"))
        self.opened = dict(found.values_list("actor_key", "last"))
        ended = [row.pk for row in rows if row.state == "declined"]
        no = Decline.objects.filter(version__contract__in=ended).select_related("participant")
        asked = [row.approval_id for row in rows if row.state == "in_approval"]
        self.asked = ApprovalRequest.objects.prefetch_related("decisions").in_bulk(asked)
        every = [rule for one in self.asked.values() for rule in one.plain_rules]
        self.approvers = rules.names_for(every)
        inside = [row.pk for row in rows if row.current_version_id is None]
        self.fates = contracts.fates(inside) if inside else {}
        self.declined = {one.participant_id: one for one in no}
        self.retracted = self._retractions(rows)

    def _approvers(self, rows: Sequence[Contract]) -> dict[int, list[Participant]]:
        """Those whose yes their party needs before any of its people signs, by contract."""
        out = [row.pk for row in rows if row.state == "signing" and _has(row, APPROVER)]
        before: dict[int, list[Participant]] = {}
        for one in signing.approvers_of(out) if out else ():
            before.setdefault(one.party.contract_id, []).append(one)
        return before

    def _retractions(self, rows: Sequence[Contract]) -> dict[int, Retraction]:
        """The consumers' withdrawals, looked for where there can be one."""
        ids = [row.pk for row in rows if row.state == "signed" and row.withdrawal_days]
        found = Retraction.objects.filter(contract__in=ids).select_related("participant")
        return {one.contract_id: one for one in found} if ids else {}

    def _signatures(self, ids: Sequence[int]) -> Any:
        newest = F("version__contract__current_version")
        rows = Signature.objects.filter(version__contract__in=ids, version=newest)
        return rows.values_list("version__contract", "participant", "at")

    def _people(self, contract: Contract) -> list[Participant]:
        return [
            one
            for party in contract.parties.all()
            for one in party.people.all()
            if one.role == SIGNATORY and one.left_at is None
        ]

    def phrase(self, contract: Contract) -> str:
        """The words beside the chip."""
        if fate := self.fates.get(contract.pk):
            return plans.in_short(fate.plan.at, fate.code)
        said = getattr(self, f"_{contract.state}", None)
        return said(contract) if said else ""

    def progress(self, contract: Contract) -> dict[str, Any]:
        """How many have signed, or how much is filled in."""
        if contract.state in ("signing", "signed"):
            done, all_ = len(self.signed.get(contract.pk, {})), len(self._people(contract))
            words = _("%(given)d of %(all)d signed") % {"given": done, "all": all_}
        elif contract.state == "negotiating" and contract.listing.asked:
            done, all_ = contract.listing.answered, contract.listing.asked
            words = _("%(done)d of %(all)d filled in") % {"done": done, "all": all_}
        else:
            return {}
        return {"progress": words, "done": done, "all": all_}

    # -- a phrase for each state ----------------------------------------------------------------

    def _draft(self, contract: Contract) -> str:
        return _("Not sent yet")

    def _in_approval(self, contract: Contract) -> str:
        asked = self.asked[contract.approval_id]
        ago = timesince(asked.asked_at, self.now, depth=1)
        return _("Waiting for %(names)s · asked %(time)s ago") % {
            "names": ", ".join(rules.awaited(asked, self.approvers)),
            "time": ago,
        }

    def _approved(self, contract: Contract) -> str:
        return _("Everybody has approved it")

    def _negotiating(self, contract: Contract) -> str:
        return self._waiting(self._awaited(contract)) or _("Everything is filled in")

    def _signing(self, contract: Contract) -> str:
        turn = self._awaited(contract)
        for one in turn:
            if one.user_id == self.user.pk:
                approves = one.role == APPROVER
                return _("Waiting for your approval") if approves else _("Your turn to sign")
        return self._waiting(turn)

    def _signed(self, contract: Contract) -> str:
        if made := self.retracted.get(contract.pk):
            words = {"name": made.participant.name, "day": days.short_day(made.at)}
            return _("%(name)s withdrew from it on %(day)s") % words
        given = self.signed.get(contract.pk)
        return _("By everyone on %s") % days.short_day(max(given.values())) if given else ""

    def _declined(self, contract: Contract) -> str:
        said = next(
            filter(None, map(self.declined.get, [p.pk for p in self._people(contract)])), None
        )
        if said is None:
            return ""
        return _("%(name)s on %(day)s") % {
            "name": said.participant.name,
            "day": days.short_day(said.at),
        }

    def _awaited(self, contract: Contract) -> list[Participant]:
        """Whom it waits for, by the rule of `core.quorum`."""
        signed = set(map(str, self.signed.get(contract.pk, {})))
        left = contract.listing.left
        ids = quorum.awaited(contract.state, _content(contract), signed, left)
        found = [one for one in self._people(contract) if str(one.pk) in ids]
        return signing.approvers_first(found, self.before.get(contract.pk, []))

    def _waiting(self, people: Sequence[Participant]) -> str:
        if not people:
            return ""
        words = _("Waiting for %s") % ", ".join(one.name for one in people)
        seen = [self.opened[one.public_id] for one in people if one.public_id in self.opened]
        if not seen:
            return words
        ago = timesince(max(seen), self.now, depth=1)
        return _("%(waiting)s · opened %(time)s ago") % {"waiting": words, "time": ago}


def _has(contract: Contract, role: str) -> bool:
    return any(one.role == role for party in contract.parties.all() for one in party.people.all())


def _content(contract: Contract) -> Mapping[str, Any]:
    """The parties as a version holds them, by the rows: only a draft changes these."""
    return {
        "parties": [
            {
                "role": party.role,
                "rule": {"kind": party.rule, "count": party.count},
                "people": [
                    {
                        "id": str(one.pk),
                        "name": one.name,
                        "role": one.role,
                        "position": one.position,
                    }
                    for one in party.people.all()
                    if one.left_at is None
                ],
            }
            for party in contract.parties.all()
        ]
    }
