"""The second step of a new contract: who is part of it, and who signs when."""

from __future__ import annotations

import hashlib
from typing import Any

from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin import known, looking
from wagtail_contracts.contracts.admin.acts import ROOM
from wagtail_contracts.contracts.admin.creating import starting, steps
from wagtail_contracts.contracts.admin.creating.parties import (
    BUTTONS,
    DOWN,
    FILL,
    ME,
    MORE,
    MOST_PEOPLE,
    NUMBERED,
    TOGETHER,
    UP,
    Again,
    OrderForm,
    Side,
)
from wagtail_contracts.contracts.admin.scoping import numbers
from wagtail_contracts.contracts.core import order
from wagtail_contracts.contracts.models import Participant, Workspace

CHECKED = "checked"  # in the address once somebody wanted to go on


class PartiesView(steps.StepView):
    """One party for each role of the template, with its people."""

    template_name = f"{ROOM}/new_parties.html"
    step = steps.PARTIES

    def get_page_title(self) -> str:
        """A question."""
        return _("Who is part of it?")

    @property
    def shown(self) -> str:
        """Of the parties."""
        return contracts.parties_digest(self.contract)

    @cached_property
    def again(self) -> Again | None:
        """The button that only shows the form again; None where all is to be judged."""
        posted = self.data or {}
        for button in BUTTONS:
            if (value := posted.get(button)) is not None:
                role, _dot, at = value.partition(".")
                return Again(button, role, at)
        return None

    @cached_property
    def typed(self) -> Any:
        """What was posted, with the order that a button made."""
        if self.again is None or self.again.button not in (UP, DOWN):
            return self.data
        return moved(self.data, self.contract.roles, self.again)

    @cached_property
    def order(self) -> OrderForm:
        """At the same time, or one after another."""
        if self.typed is not None:
            return OrderForm(self.typed)
        signing = [
            person.position
            for party in self.contract.parties.all()
            for person in party.people.all()
            if person.role == Participant.Role.SIGNATORY
        ]
        together = len(set(signing)) == 1
        if len(signing) < 2:
            together = self.contract.workspace.signing_order == Workspace.Order.TOGETHER
        return OrderForm(initial={"order": TOGETHER if together else NUMBERED})

    @cached_property
    def sides(self) -> list[Side]:
        """The parties' forms as the page shows them."""
        return self._sides(self.again)

    @cached_property
    def judged(self) -> list[Side]:
        """The same, read as a whole whatever button was pressed."""
        return self._sides(None)

    def _sides(self, again: Again | None) -> list[Side]:
        together = bool(self.typed) and self.typed.get("order") == TOGETHER
        common = {"known": known.earlier(self.user, self.contract), "together": together}
        found = []
        for role in self.contract.roles:
            start = {**starting.forms(self.contract, role, self.user), **common}
            if self.request.GET.get(MORE) == role["key"]:
                start["people"] = [*start["people"], start["another"]]
            found.append(Side(role, start, self.typed, again=again))
        return found

    @cached_property
    def warnings(self) -> list[str]:
        """What would cost a signature; once somebody wanted to go on, what is missing as well."""
        found = list(looking.warnings(self.contract))
        if CHECKED in self.request.GET:
            found += looking.lacking(self.contract, steps.PARTIES)
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The forms, and what to think of."""
        return super().get_context_data(
            order=self.order,
            sides=self.sides,
            warnings=self.warnings,
            warned=_told(self.warnings),
            **kwargs,
        )

    def shows_again(self) -> bool:
        """Add, move and fill in do without a judgement where what was typed can't be stored yet."""
        return self.again is not None and not self.is_valid()

    def is_valid(self) -> bool:
        """All forms are; what is typed where a button fills in is given up."""
        judged = [side for side in self.judged if not self._filled(side)]
        return all([self.order.is_valid(), *(side.is_valid() for side in judged)])

    def store(self) -> None:
        """Write the parties; a title that nobody chose follows their names."""
        drafts = [self._draft(side) for side in self.judged]
        contracts.name_parties(
            self.contract,
            drafts,
            self.data.get("shown", ""),
            title=self._title(drafts),
            by=permissions.actor(self.user),
        )

    def _filled(self, side: Side) -> Any:
        """The party of an earlier contract that a button puts there, or None."""
        button, role = self.again[:2] if self.again else ("", "")
        wanted = button == FILL and role == side.role["key"]
        return side.named(self.again) if self.again and wanted else None

    def _draft(self, side: Side) -> contracts.PartyDraft:
        """What was typed, and what a button makes of it."""
        if party := self._filled(side):
            return starting.taken(side.role, party)
        draft = side.draft()
        if self.again and self.again[:2] == (ME, draft.role) and "me" in side.start:
            return starting.with_me(draft, side.start["me"], self.user)
        return draft

    def target(self, wanted: str) -> str:
        """Back here after a button, and once where something would hurt that was not said."""
        if self.again is not None:
            more = f"?{MORE}={self.again.role}" if self.again.button == MORE else ""
            return f"{steps.address(steps.PARTIES, self.contract)}{more}#side-{self.again.role}"
        found = super().target(wanted)
        if found == self.overview:
            return found
        now = type(self.contract).objects.get(pk=self.contract.pk)
        pains = [*looking.warnings(now), *looking.lacking(now, steps.PARTIES)]
        if not pains or _told(pains) == self.data.get("warned"):
            return found
        return f"{steps.address(steps.PARTIES, now)}?{CHECKED}"

    def _title(self, drafts: list[contracts.PartyDraft]) -> str:
        contract, own = self.contract, self.contract.own_roles
        before = [party.name for party in contract.parties.all() if party.role not in own]
        if contract.title != starting.title(contract.template, before):
            return str(contract.title)
        others = [draft.name for draft in drafts if draft.role not in own]
        return starting.title(contract.template, others)


def moved(posted: QueryDict, roles: Any, again: Again) -> QueryDict:
    """The post with somebody one place earlier or later among all who sign."""
    data = posted.copy()
    people = []
    for role in roles:
        prefix = f"people-{role['key']}"
        [count] = numbers([data.get(f"{prefix}-TOTAL_FORMS")]) or [0]
        people += [f"{prefix}-{place}" for place in range(min(count, MOST_PEOPLE))]
    people = [one for one in people if data.get(f"{one}-role") == Participant.Role.SIGNATORY]
    asked = f"people-{again.role}-{again.at}"
    if asked in people:
        places = [(numbers([data.get(f"{one}-position")]) or [1])[0] for one in people]
        by = -1 if again.button == UP else 1
        for one, place in zip(people, order.moved(places, people.index(asked), by), strict=True):
            data[f"{one}-position"] = str(place)
        data["order"] = NUMBERED
    return data


def _told(sentences: list[str]) -> str:
    """Which warnings a page has shown, in one word."""
    return hashlib.sha256("\n".join(sentences).encode()).hexdigest()[:16]
