"""Whether a contract needs an approval, whether it has it, and who may give it: questions only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry, Revision

from wagtail_contracts import canonical, events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.conf import contracts
from wagtail_contracts.contracts.core import approving, deviations, locks, worth
from wagtail_contracts.contracts.core.approving import Person, Rule, Yes
from wagtail_contracts.contracts.core.content import body
from wagtail_contracts.contracts.errors import ApprovalMissing, NotReady
from wagtail_contracts.contracts.flows.composing import compose, digest_of, recipients_digest, whole
from wagtail_contracts.contracts.models import ApprovalRequest, ApprovalRule, Contract, Deputy
from wagtail_contracts.contracts.rendering import rules as words

WROTE = (
    events.CONTRACT_CREATED,
    events.DRAFT_MERGED,
    events.DRAFT_FILLED_IN,
    events.BLOCK_UNLOCKED,
    events.VERSION_CREATED,
    events.APPROVAL_REQUESTED,
)
SAVED = ("wagtail.create", "wagtail.edit", "wagtail.revert")


@dataclass(frozen=True)
class Need:
    """The rules that ask, currencies that no rule counts, and a digest of all that is approved."""

    rules: list[Rule] = field(default_factory=list)
    currencies: list[str] = field(default_factory=list)
    digest: str = ""

    def __bool__(self) -> bool:
        return bool(self.rules or self.currencies)

    @property
    def obstacle(self) -> str:
        """Why nobody can even ask; "" where somebody can."""
        return " ".join(uncounted(self.currencies))


def uncounted(currencies: Sequence[str]) -> list[str]:
    """Why no rule can be judged, as a sentence, where there are such currencies."""
    said = _(
        "Whether it needs an approval can't be said: no rule counts in %(currencies)s. An "
        "administrator of the workspace can make one."
    )
    return [said % {"currencies": ", ".join(currencies)}] if currencies else []


def need_of(
    contract: Contract, content: dict[str, Any], offer: dict[str, Any] | None = None
) -> Need:
    """What the rules of its workspace ask of a content of this contract.

    `offer` is the whole that the content is of; without it, that of the working copy.
    """
    standing = list(rules_of(contract))
    if not standing:
        return Need()
    found, currencies = judged(contract, content, standing, offer)
    return Need(found, currencies, _pin(contract, content, found))


def judged(
    contract: Contract,
    content: dict[str, Any],
    rules: Sequence[Rule],
    offer: dict[str, Any] | None = None,
) -> tuple[list[Rule], list[str]]:
    """Those of some rules that ask, and the currencies that none of them counts."""
    subject = approving.Subject(
        contract.template_id,
        worth.amounts(content),
        approving.parties(content),
        any(rule.on_deviation for rule in rules) and deviates(contract, offer),
    )
    return approving.applying(rules, subject), approving.unjudged(rules, subject)


def digest_now(contract: Contract) -> str:
    """The digest of what is stored now; "" where no contract can be made of it."""
    try:
        return need_of(contract, compose(contract)).digest
    except NotReady:
        return ""


def rules_of(contract: Contract) -> list[Rule]:
    """The standing rules of its workspace, with the manager of its owner in their places."""
    standing = ApprovalRule.objects.standing().filter(workspace=contract.workspace_id)
    rows = list(standing.prefetch_related("steps"))
    kinds = {step.kind for row in rows for step in row.steps.all()}
    manager = manager_of(contract.owner) if approving.MANAGER in kinds else None
    return [row.plain(manager) for row in rows]


def knows_managers() -> bool:
    """Say whether the site tells who somebody's manager is."""
    return bool(contracts().manager)


def manager_of(user: Any) -> int | None:
    """The key of somebody's manager who can log in; None for nobody."""
    found = named_manager(user)
    return found.pk if found and found.is_active else None


def named_manager(user: Any) -> Any:
    """Somebody's manager, as the site's own function says, who may have left; None for nobody."""
    dotted = contracts().manager
    return import_string(dotted)(user) if dotted else None


def deviates(contract: Contract, offer: dict[str, Any] | None = None) -> bool:
    """Say whether it differs from the template that it was made from: an offer or the draft."""
    unlocked = locks.unlocked(contract.outline)
    return bool(
        deviations.found(body(contract.outline), (offer or whole(contract))["body"], unlocked)
    )


def _pin(contract: Contract, content: dict[str, Any], rules: Iterable[Rule]) -> str:
    """What a yes is tied to besides the text: another one of these makes another contract."""
    return canonical.digest(
        canonical.APPROVAL,
        {
            "content": digest_of(content),
            "recipients": recipients_digest(contract),
            "workspace": contract.workspace.uuid.hex,
            "rules": [rule.data() for rule in rules],
        },
    )


# -- whether it has it ----------------------------------------------------------------------------


def insist_on_approved(
    contract: Contract, content: dict[str, Any], offer: dict[str, Any] | None = None
) -> None:
    """Raise ApprovalMissing unless no rule asks, or every yes was given to exactly this."""
    need = need_of(contract, content, offer)
    if need.obstacle:
        raise ApprovalMissing(need.obstacle)
    if need and not is_granted(contract, need):
        raise ApprovalMissing(asked(need))


def asked(need: Need) -> str:
    """What the rules ask, as a sentence."""
    names = words.names_for(need.rules)
    rules = "; ".join(words.sentence(rule, names) for rule in need.rules)
    return _("It needs an approval. %(rules)s.") % {"rules": rules}


def is_granted(contract: Contract, need: Need) -> bool:
    """Say whether the approval that was asked for is for this, complete, and no one's own."""
    request = contract.approval
    if request is None or request.digest != need.digest:
        return False
    return approving.is_complete(need.rules, counted(contract, request))


def counted(contract: Contract, request: ApprovalRequest) -> list[Yes]:
    """The yeses of a request that count now."""
    return approving.counting(request.given, barred(contract))


# -- who may give it ------------------------------------------------------------------------------


def barred(contract: Contract) -> set[int]:
    """The keys of those whose own work it is: owner, and who made, wrote, saved or asked for it."""
    return own_work([contract])[contract.pk]


def own_work(contracts: Sequence[Contract]) -> dict[int, set[int]]:
    """The same of many, by their keys, in two queries.

    From the rows that Wagtail keeps of each save, from both trails, which nobody can purge, and
    from what was kept when the approval was asked for.
    """
    found = {one.pk: {one.owner_id, *_kept_with(one)} - {None} for one in contracts}
    for pk, user in [*_saved(contracts), *_wrote(contracts)] if contracts else ():
        found[pk].add(user)
    return found


def _kept_with(contract: Contract) -> list[int]:
    return contract.approval.barred if contract.approval else []


def _saved(contracts: Sequence[Contract]) -> Iterator[tuple[int, int]]:
    kind, ids = ContentType.objects.get_for_model(Contract), [str(one.pk) for one in contracts]
    revisions = Revision.objects.filter(base_content_type=kind, object_id__in=ids)
    log = ModelLogEntry.objects.filter(content_type=kind, object_id__in=ids, action__in=SAVED)
    by, known = ("object_id", "user"), {"user__isnull": False}
    rows = revisions.filter(**known).order_by().values_list(*by)
    for pk, user in rows.union(log.filter(**known).order_by().values_list(*by)):
        yield int(pk), user


def _wrote(contracts: Sequence[Contract]) -> Iterator[tuple[int, int]]:
    pks = {key: one.pk for one in contracts for key in (one.trail, one.own_trail)}
    rows = Event.objects.filter(trail__key__in=pks).named(*WROTE).filter(actor_kind="user")
    for key, user in rows.order_by().values_list("trail__key", "actor_key").distinct():
        yield pks[key], int(user)


def hands(user: Any, contract: Contract, day: date) -> list[Person]:
    """Themselves, and those who may approve and for whom they stand in on that day."""
    rows = Deputy.objects.on(day).filter(deputy=user, user__is_active=True).select_related("user")
    others = [row.user for row in rows.order_by("pk")]
    able = [other for other in others if permissions.may(other, "approve", contract)]
    return [person(one) for one in (user, *able)]


def person(user: Any) -> Person:
    """A member of staff with their groups."""
    return Person(user.pk, frozenset(user.groups.values_list("pk", flat=True)))


def able(contract: Contract, rules: Sequence[Rule]) -> dict[int, Any]:
    """The users whom the steps name and who may approve this contract, by key."""
    steps = [step for rule in rules for step in rule.steps if step.who is not None]
    groups: list[Any] = [step.who for step in steps if step.kind == approving.GROUP]
    people: list[Any] = [step.who for step in steps if step.kind != approving.GROUP]
    users = get_user_model()._default_manager.filter(is_active=True)
    held = permissions.holders("approve", contract).order_by().values("pk")
    may = users.filter(pk__in=held) | users.filter(is_superuser=True)
    named = may.filter(pk__in=people) | may.filter(groups__in=groups)
    return {user.pk: user for user in named.distinct().prefetch_related("groups")}


def persons(users: Iterable[Any]) -> list[Person]:
    """The same as `person`, of users whose groups were fetched."""
    return [Person(user.pk, frozenset(group.pk for group in user.groups.all())) for user in users]


def asked_now(contract: Contract, request: ApprovalRequest, day: date) -> list[Any]:
    """The users of whom a yes is awaited now, and their deputies of that day."""
    rules, given = request.plain_rules, request.given
    users, own = able(contract, rules), barred(contract)
    found = [
        one.key for one in persons(users.values()) if approving.decidable(rules, given, [one], own)
    ]
    rows = Deputy.objects.on(day).filter(user__in=found, deputy__is_active=True)
    others = [row.deputy for row in rows.exclude(deputy__in=own).select_related("deputy")]
    stand_in = [one for one in others if permissions.may(one, "approve", contract)]
    return [*(users[key] for key in found), *stand_in]


def unmanned(contract: Contract, rules: Sequence[Rule], asker: int | None = None) -> list[str]:
    """One sentence for each yes that nobody is left to give, if the user `asker` asks for it."""
    people = persons(able(contract, rules).values())
    own = barred(contract) | ({asker} if asker else set())
    missing = approving.unmanned(rules, (), people, own)
    names = words.names_for(rules) if missing else words.Names()
    return [
        _(
            "Nobody is left who may approve as %(who)s: they have not the right, or it is their "
            "own work."
        )
        % {"who": words.approver(rule, step, names)}
        for rule, step in missing
    ]
