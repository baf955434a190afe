"""What the overview shows at a glance beside the people: acts, data, files, and the verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import gettext as _

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import NotReady
from wagtail_contracts.contracts.models import OUT, Contract, Participant, ReminderRule, StoredFile
from wagtail_contracts.contracts.rendering import describing
from wagtail_contracts.errors import Refusal
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.models import SealedFile
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.admin.counterparty import FILE
from wagtail_contracts.signing.admin.pages import address
from wagtail_contracts.signing.flows.standing import insist_may_sign

FRESH = timedelta(minutes=10)  # for so long a verdict on the same bytes is not asked for again


@dataclass(frozen=True)
class Own:
    """Signing for our side, or why not, as the acts of contracts are told."""

    label: str
    icon: str
    url: str
    why: str


@dataclass(frozen=True)
class Told:
    """What is said of the sealed file, and whether that is good."""

    words: str
    good: bool


@dataclass(frozen=True)
class Exhibit:
    """A file that is part of a contract; `url` is empty for whoever may not fetch it."""

    label: str
    words: str
    url: str


@dataclass(frozen=True)
class Reminders:
    """Who is reminded by itself, on which day, if nothing else happens."""

    coming: list[tuple[Participant, date]]
    paused: bool


class Glance:
    """The content that counts now: of the newest version, or of the draft."""

    def __init__(self, contract: Contract, user: Any) -> None:
        self.contract, self.user = contract, user
        version = contract.current_version
        self.content: Any = None
        try:
            self.content = version.content if version else contracts.compose(contract)
        except NotReady:  # a stored text that can't be read has nothing to show
            return

    @property
    def data(self) -> list[describing.Said]:
        """The data fields, with a mask for what is sensitive."""
        return describing.data(self.content) if self.content else []

    @property
    def exhibits(self) -> list[Exhibit]:
        """The files that are part of it, each with its address for whoever may fetch it."""
        if not self.content:
            return []
        named = {item["digest"] for item in self.content["exhibits"]}
        known = StoredFile.objects.known_to(self.user).filter(digest__in=named)
        closed = named - set(known.usable().values_list("digest", flat=True))
        return [
            Exhibit(
                item.label,
                item.words,
                reverse(FILE, args=[item.digest])
                if item.digest and item.digest not in closed
                else "",
            )
            for item in describing.exhibits(self.content)
        ]

    @property
    def reminders(self) -> Reminders | None:
        """Who is reminded next, while it is out."""
        if self.contract.state not in OUT:
            return None
        own = ReminderRule.objects.filter(contract=self.contract).first()
        coming = contracts.next_reminders(self.contract, signing.waited_for(self.contract))
        return Reminders(sorted(coming, key=lambda item: item[1]), paused=bool(own and own.paused))

    @property
    def tags(self) -> list[str]:
        """The words that it is found by."""
        tagged = self.contract.tagged.select_related("tag")
        return [row.tag.name for row in tagged.order_by("tag__name")]

    def acts(self, others: Sequence[Any]) -> dict[str, list[Any]]:
        """What may be done now, and what not and why; `others` are those of contracts."""
        every = [self._sign(), *others]
        return {
            "now": [choice for choice in every if not choice.why],
            "later": [choice for choice in every if choice.why],
        }

    def _sign(self) -> Own:
        label = _("Sign for us…")
        if why := self._unsigned():
            return Own(label, "edit", "", why)
        return Own(label, "edit", address("sign", self.contract), "")

    def _unsigned(self) -> str:
        """Why the one who asks can't sign now: in the words of the flow that would refuse."""
        people = Participant.objects.present().filter(party__contract=self.contract, user=self.user)
        mine, version = people.order_by("pk").first(), self.contract.current_version
        if version is None:
            return _("It has not been sent.")
        if mine is None:
            return _("You are not asked to sign this contract.")
        try:
            insist_may_sign(self.contract, version, mine)
        except Refusal as refusal:
            return str(refusal)
        return ""


def told(file: SealedFile) -> Told:
    """Judge the sealed file as it is stored now; the same bytes once in a while."""
    try:
        content = sealing.content(file)
    except Refusal as refusal:
        return Told(str(refusal), good=False)
    key = f"wagtail-contracts-verdict-{file.digest}"
    found: Told | None = cache.get(key)
    if found is None:
        verified = signing.verify(content)
        found = _words(verified)
        if verified.report.judged:
            cache.set(key, found, FRESH.total_seconds())
    return found


def _words(found: signing.Verification) -> Told:
    if not found.report.judged:
        words = _("This file can’t be checked just now. Try again in a few minutes.")
        return Told(words, good=False)
    if not found.report.intact:
        return Told(_("It is not as it was sealed: %s.") % found.report.verdict, good=False)
    if not found.trail:
        return Told(_("The seal is whole, but our records say something else."), good=False)
    return Told(_("Unchanged: the seal is whole, and our records agree."), good=True)
