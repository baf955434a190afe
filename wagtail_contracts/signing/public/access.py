"""Who has access: everybody who takes part sees all who do, without their addresses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import ReasonMissing, ReasonTooLong
from wagtail_contracts.contracts.flows.caring import nameless
from wagtail_contracts.contracts.models import Agreement, Participant, PersonRequest
from wagtail_contracts.signing.public import facts
from wagtail_contracts.signing.public.page import ParticipantPage, see_other
from wagtail_contracts.signing.public.situations import Situation

NOTES = ("asked", "added", "ended")


@dataclass(frozen=True)
class Row:
    """Somebody who takes part, or did: `until` says of whom access ended.

    `mine` is whether whoever looks may end it.
    """

    id: str
    name: str
    capacity: str
    role: str
    since: str
    until: str
    invited_by: str
    agreed: str
    is_me: bool
    mine: bool


class People(ParticipantPage):
    """The page."""

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Show them."""
        if self.contract.state == "withdrawn":
            return see_other(self.address_of("contract"))
        note = request.GET.get("note", "")
        return self._page(note=note if note in NOTES else "")

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """End the access of somebody whom one's own party let in."""
        found = Participant.objects.present().filter(party=self.participant.party)
        named = request.POST.get("person", "").replace("\0", "")  # PostgreSQL takes no text with it
        gone = found.filter(public_id=named).first()
        if gone is None:
            raise Http404
        reason = request.POST.get("reason", "")
        try:
            contracts.revoke_access(gone, reason, asked_by=self.participant, by=self.by)
        except (ReasonMissing, ReasonTooLong) as refusal:
            about = {"about": gone.public_id, "typed": reason}
            return self._page(problem=str(refusal), status=422, **about)
        return see_other(f"{self.address_of('people')}?note=ended")

    def _page(self, *, status: int = 200, **more: Any) -> HttpResponse:
        situation = Situation(self.contract, self.version, self.participant)
        asked = PersonRequest.objects.filter(participant=self.participant).order_by("-pk").first()
        return self.show(
            "people",
            status=status,
            parties=list(self._parties(situation)),
            request_made=asked,
            asked_for=asked and (asked.name or nameless(self.contract)),
            may_add=situation.may("add"),
            **{"note": "", **more},
            **facts.common(self, situation),
        )

    def _parties(self, situation: Situation) -> Iterator[dict[str, Any]]:
        people = Participant.objects.filter(party__contract=self.contract).order_by("pk")
        rows = list(people.select_related("party", "added_by"))
        given = Agreement.objects.filter(version=self.version)
        agreed = dict(given.values_list("participant", "at"))
        for party in self.version.content["parties"]:
            mine = [row for row in rows if row.party.public_id == party["id"]]
            made = [self._row(row, situation, agreed.get(row.pk)) for row in mine]
            yield {
                "name": party["name"],
                "people": [row for row in made if not row.until],
                "gone": [row for row in made if row.until],
            }

    def _row(self, person: Participant, situation: Situation, agreed: Any) -> Row:
        first = self.contract.versions.order_by("number").values_list("frozen_at", flat=True)
        since = person.joined_at or first[0]
        ours = person.party_id == self.participant.party_id and person.added_by_id
        return Row(
            id=person.public_id,
            name=person.name,
            capacity=person.capacity,
            role=_role(person),
            since=situation.day(since),
            until=situation.day(person.left_at) if person.left_at else "",
            invited_by=person.added_by.name if person.added_by else "",
            agreed=situation.day(agreed) if agreed else "",
            is_me=person.pk == self.participant.pk,
            mine=bool(ours and person.role != "signatory" and situation.may("add")),
        )


def _role(person: Participant) -> str:
    return {
        Participant.Role.SIGNATORY.value: _("signs"),
        Participant.Role.APPROVER.value: _("approves before the others of this party sign"),
        Participant.Role.ADVISER.value: _("gives advice"),
    }.get(person.role, _("reads"))
