"""Where a contract stands with its approval, in words: for the page before it is sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin.creating.steps import address
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.models import Approval, person_name
from wagtail_contracts.contracts.rendering import rules as words
from wagtail_contracts.contracts.rendering.said import SaidField


class AskForm(forms.Form):
    """What was shown, and a note."""

    digest = forms.CharField(widget=forms.HiddenInput)
    note = SaidField(
        required=False,
        label=gettext_lazy("Note to the approvers"),
        help_text=gettext_lazy("Colleagues read it; the other sides never do."),
        rows=2,
    )


@dataclass(frozen=True)
class Said:
    """What somebody decided, asked or answered."""

    who: str
    instead_of: str
    what: str
    decision: str
    words: str
    at: Any


@dataclass(frozen=True)
class Standing:
    """What the rules ask of a content, and how far it is."""

    contract: Any
    need: contracts.Need
    names: words.Names = field(default_factory=words.Names)
    asker: int | None = None

    @cached_property
    def sentences(self) -> list[str]:
        """The rules that ask, in words."""
        return [words.sentence(rule, self.names) for rule in self.need.rules]

    @cached_property
    def obstacles(self) -> list[str]:
        """Why nobody can even be asked, one sentence each."""
        if self.need.obstacle:
            return [self.need.obstacle]
        return (
            [] if self.is_asked else contracts.unmanned(self.contract, self.need.rules, self.asker)
        )

    @property
    def request(self) -> Any:
        """What was asked for, as long as it waits or holds."""
        return self.contract.approval

    @property
    def is_asked(self) -> bool:
        """Whether somebody was asked about exactly this."""
        return self.request is not None and self.request.digest == self.need.digest

    @cached_property
    def is_granted(self) -> bool:
        """Whether every yes is there."""
        return contracts.is_granted(self.contract, self.need)

    @property
    def asks(self) -> bool:
        """Whether the next step is to ask."""
        open_ = self.contract.state in {states.DRAFT, *states.OPEN}
        return bool(self.need) and open_ and not self.is_asked

    @property
    def may_leave(self) -> bool:
        """Whether nothing stands in the way: asking is possible, or sending is."""
        if self.asks:
            return not self.obstacles
        return not self.need or self.is_granted

    @property
    def has_lapsed(self) -> bool:
        """Whether it was asked about something else than what there is now."""
        return self.request is not None and not self.is_asked

    @cached_property
    def waiting(self) -> list[str]:
        """Whose yes is awaited now."""
        if not self.is_asked or self.is_granted:
            return []
        return words.awaited(self.request, self.names)

    @cached_property
    def decisions(self) -> list[Said]:
        """All that was said, in order."""
        return said(self.request) if self.request else []


def standing_of(contract: Any, content: dict[str, Any], asker: int | None = None) -> Standing:
    """Where a content of a contract stands, for the user `asker` who would ask."""
    need = contracts.need_of(contract, content)
    asked = contract.approval.plain_rules if contract.approval else []
    return Standing(contract, need, words.names_for([*need.rules, *asked]), asker)


def said(request: Any) -> list[Said]:
    """What was said about a request; a yes to several steps once."""
    rows = request.decisions.select_related("approver", "for_whom").order_by("pk")
    found = [_said(row) for row in rows]
    return list(dict.fromkeys(found))


def _said(row: Approval) -> Said:
    return Said(
        person_name(row.approver),
        person_name(row.for_whom) if row.for_whom else "",
        str(row.get_decision_display()),
        row.decision,
        row.reason,
        row.at.replace(microsecond=0),
    )


def links(contract: Any, standing: Standing) -> dict[str, str]:
    """Where one asks, takes it back, and answers what approvers asked."""
    asked = any(one.decision == Approval.Decision.ASKED for one in standing.decisions)
    return {
        "ask": address("ask_approval", contract),
        "recall": address("recall_approval", contract),
        "answers": address("answer_approver", contract) if asked else "",
    }
