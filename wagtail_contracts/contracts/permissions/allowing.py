"""What somebody may do with contracts and workspaces."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import QuerySet

from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts.core import masking, states
from wagtail_contracts.contracts.core.rights import ALL, reaches
from wagtail_contracts.contracts.models import (
    Contract,
    ContractLink,
    Participant,
    Verb,
    Workspace,
    person_name,
)
from wagtail_contracts.contracts.models.contracts import ContractQuerySet
from wagtail_contracts.contracts.models.templates import edits, indexes
from wagtail_contracts.contracts.models.workspaces import given, rights

# What Wagtail and our views ask for, and the verb that allows it. What is not named, nobody may.
ACTIONS = {
    "view": Verb.VIEW,
    "choose": Verb.VIEW,
    "add": Verb.CREATE,
    "change": Verb.EDIT,
    "comment": Verb.EDIT,  # so that others read it; one's own side may read and speak alike
    "delete": Verb.EDIT,
    "lock": Verb.EDIT,
    "unlock": Verb.EDIT,
    "send": Verb.SEND,
    "administer": Verb.ADMINISTER,
    "sensitive": Verb.SENSITIVE,
    "unlock_block": Verb.UNLOCK,  # “unlock” is what Wagtail asks of a whole contract
    "approve": Verb.APPROVE,
    "templates": Verb.TEMPLATES,
    "insights": Verb.INSIGHTS,
    "export": Verb.EXPORT,
    "move": Verb.MOVE,
}


class Places(NamedTuple):
    """Workspaces by primary key: where one may do something with all contracts, or with one's own.

    `all` and `own` share no workspace.
    """

    user: Any
    all: frozenset[int]
    own: frozenset[int]

    def cover(self, contract: Contract) -> bool:
        """Say whether it may be done with this contract; without a query."""
        if contract.workspace_id in self.all:
            return True
        return contract.workspace_id in self.own and contract.owner_id == self.user.pk


def workspaces(user: Any, actions: Iterable[str]) -> QuerySet[Workspace]:
    """Where `user` may do any of `actions`, with all contracts or at least with their own.

    Whoever may not view may not do anything. What is about contracts asks `having` or `may`.
    """
    if not (verbs := verbs_of(actions)):
        return Workspace.objects.none()
    allowed = Workspace.objects.where(user, *verbs)
    return Workspace.objects.where(user, Verb.VIEW).filter(pk__in=allowed.values("pk"))


def whole(user: Any, actions: Iterable[str]) -> QuerySet[Workspace]:
    """Where `user` may do any of `actions` with whatever there is, not with their own alone."""
    verbs = verbs_of(actions)
    if not verbs or is_super(user):
        return workspaces(user, actions)
    held = given(user) if user.is_active else {}
    return Workspace.objects.filter(
        pk__in=[pk for pk, reach in held.items() if any(reach.get(verb) == ALL for verb in verbs)]
    )


def holds_whole(user: Any, *verbs: str) -> bool:
    """Whether `user` may do all of `verbs` with whatever there is in some workspace."""
    if is_super(user):
        return True
    held = rights(user).values()
    return any(all(reach.get(verb) == ALL for verb in verbs) for reach in held)


def places(user: Any, action: str) -> Places:
    """The same for one action, by primary key: without a query for each row of a list."""
    if is_super(user):
        every = frozenset(Workspace.objects.values_list("pk", flat=True))
        return Places(user, every, frozenset())
    held = rights(user).items()
    some = {pk for pk, reach in held if reaches(reach, ACTIONS[action], owns=True)}
    every = frozenset(pk for pk, reach in held if reaches(reach, ACTIONS[action], owns=False))
    return Places(user, every, frozenset(some - every))


def visible(user: Any) -> ContractQuerySet:
    """The contracts that `user` may see: where every door begins."""
    found: ContractQuerySet = Contract.objects.visible_to(user)
    return found


def having(user: Any, actions: Iterable[str]) -> ContractQuerySet:
    """The contracts with which `user` may do any of `actions`."""
    found: ContractQuerySet = Contract.objects.allowing(user, *verbs_of(actions))
    return found


def may(user: Any, action: str, contract: Contract) -> bool:
    """Say whether `user` may do `action` with this contract, which need not be stored."""
    if action not in ACTIONS or not user.is_active:
        return False
    if is_super(user):
        return True
    held = given(user, workspace=contract.workspace_id).get(contract.workspace_id, {})
    return reaches(held, ACTIONS[action], owns=contract.owner_id == user.pk)


def makes(user: Any, contract: Contract) -> bool:
    """Say whether `user` fills in this draft: whoever edits it, and the one who makes it."""
    begun = contract.owner_id == user.pk and may(user, "add", contract)
    return begun or may(user, "change", contract)


def may_upload(user: Any) -> bool:
    """Say whether `user` writes texts anywhere: contracts, or the templates of a workspace."""
    contracts = workspaces(user, ["add", "change"])
    return contracts.exists() or any(edits(user, index) for index in indexes())


def reads(user: Any, contract: Contract, content: Mapping[str, Any]) -> bool:
    """Say whether `user` may read all of a content: what is sensitive needs a right of its own."""
    return not masking.hidden(content) or may(user, "sensitive", contract)


def taking_whole(user: Any, found: Collection[Contract]) -> set[int]:
    """The keys of those of some contracts whose sealed file `user` may have.

    It holds all that is signed: it is for whoever may read all of that, or takes part.
    """
    mine = Participant.objects.present().filter(party__contract__in=found, user=user)
    allowed = set(mine.values_list("party__contract", flat=True))
    for contract in found:
        version = contract.current_version
        if version is None or reads(user, contract, version.content):
            allowed.add(contract.pk)
    return allowed


def member(user: Any, contract: Contract) -> bool:
    """Say whether `user` sees a contract as a member, not by virtue of being a superuser alone."""
    held = given(user, workspace=contract.workspace_id).get(contract.workspace_id, {})
    return reaches(held, Verb.VIEW, owns=contract.owner_id == user.pk)


def linked(user: Any, contract: Contract) -> list[tuple[Any, Contract]]:
    """The contracts that are linked to this one and that `user` may see, each after what it is."""
    links = ContractLink.objects.between(contract, visible(user))
    return [link.seen_from(contract) for link in links]


def replaced(user: Any, contract: Contract) -> list[Contract]:
    """The signed contracts that took this one's place, as far as `user` may see them."""
    kind = ContractLink.Kind.REPLACES
    links = ContractLink.objects.between(contract, visible(user).filter(state=states.SIGNED))
    return [link.contract for link in links.filter(first=contract, kind=kind)]


def actor(user: Any) -> Actor:
    """The actor behind a member of staff."""
    return Actor("user", str(user.pk), person_name(user), getattr(user, "email", "") or "")


def is_super(user: Any) -> bool:
    """Say whether `user` may do all in all workspaces."""
    return bool(user.is_active and user.is_superuser)


def verbs_of(actions: Iterable[str]) -> list[Verb]:
    """The verbs that allow them; what is not named is allowed by none."""
    return [ACTIONS[action] for action in actions if action in ACTIONS]
