"""How a change fits the newest text: what it would make of it, or why it has no place there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from wagtail_contracts.contracts.core import adapting, suggesting
from wagtail_contracts.contracts.core.content import insist_on_size
from wagtail_contracts.contracts.core.resolving import published
from wagtail_contracts.contracts.core.richtext import Unreadable
from wagtail_contracts.contracts.core.suggesting import Misfit
from wagtail_contracts.contracts.core.trees import texts
from wagtail_contracts.contracts.errors import SuggestionRefused, WrongState
from wagtail_contracts.contracts.flows import proposing, working
from wagtail_contracts.contracts.flows.composing import digest_of, unreadable
from wagtail_contracts.contracts.flows.proposing import Wish
from wagtail_contracts.contracts.flows.versioning import insist_on_printable
from wagtail_contracts.contracts.models import Contract, ContractVersion, Participant, Suggestion


@dataclass(frozen=True)
class Fit:
    """A suggestion against the newest text.

    `code` says why it has no place there, "" if it has; then `content` is what would be signed
    with it and `digest` its content digest. Without a place they are those of the newest version.
    """

    code: str
    proposal: Mapping[str, Any]
    whole: Mapping[str, Any] = field(repr=False)
    content: Mapping[str, Any] = field(repr=False)
    digest: str = ""

    @property
    def words(self) -> str:
        """Why it has no place, as a sentence; "" if it has."""
        return proposing.misfit(self.code) if self.code else ""


def look_at(participant: Participant, wish: Wish) -> Mapping[str, Any]:
    """The proposal that somebody typed, on the newest text. Raises SuggestionRefused, Unprintable.

    Nothing is stored.
    """
    version = newest(participant.party.contract)
    made = proposing.proposal(version, wish)
    insist_on_fit(proposing.applied(version.whole, made))
    return made


def on_newest(contract: Contract, shown: str, wish: Wish) -> Mapping[str, Any]:
    """What somebody typed on the version with the digest `shown`, for the boxes of the newest.

    Where that is what was changed since, it stands over it, for them to see and decide.
    """
    then, now = contract.versions.filter(digest=shown.replace("\0", "")).first(), newest(contract)
    block = proposing.open_places(now).wordings.get(wish.block)
    if wish.kind != suggesting.WORDING or block is None or then is None:
        return wish.typed
    try:
        return adapting.retyped(then.whole, now.whole, proposing.proposal(then, wish))
    except (Misfit, SuggestionRefused):
        return adapting.laid_over(block, now.whole, proposing.words_typed(wish.typed))


def fit_of(suggestion: Suggestion) -> Fit:
    """How a suggestion stands against the newest version of its contract."""
    version = newest(suggestion.thread.contract)
    now = version.whole
    proposal: Mapping[str, Any] = suggestion.proposed
    try:
        proposal = adapting.adapted(suggestion.thread.version.whole, now, proposal)
        whole = suggesting.apply(now, proposal)
    except Misfit as wrong:
        return Fit(wrong.code, proposal, now, version.content, version.content_digest)
    content = published(whole)
    return Fit("", proposal, whole, content, digest_of(content))


def undone(suggestion: Suggestion, fit: Fit) -> bool:
    """Whether the working copy has another wording of the same: it stays in the history."""
    if fit.code:
        return False
    return bool(working.both(suggestion.thread.contract, fit.proposal).conflicts)


def insist_on_fit(whole: Mapping[str, Any]) -> None:
    """Refuse what can't be shown or printed. Raises SuggestionRefused, Unprintable."""
    try:
        insist_on_size(whole)
    except Unreadable as error:
        raise SuggestionRefused({"": unreadable(error)}) from error
    insist_on_printable("".join(texts(whole)))


def newest(contract: Contract) -> ContractVersion:
    """The newest version. Raises WrongState before the first."""
    if contract.current_version is None:
        raise WrongState(_("This contract has not been sent."))
    return contract.current_version
