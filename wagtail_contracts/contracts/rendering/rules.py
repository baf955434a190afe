"""Rules of approval in words: “Over 100 000 NOK: Finance must approve”."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

from wagtail_contracts.contracts.core import approving
from wagtail_contracts.contracts.core.fields.numbers import amount
from wagtail_contracts.contracts.models import ApprovalRequest, person_name


@dataclass(frozen=True)
class Names:
    """What people, groups and templates are called, by key."""

    people: dict[int, str] = field(default_factory=dict)
    groups: dict[int, str] = field(default_factory=dict)
    templates: dict[int, str] = field(default_factory=dict)


def names_for(rules: Iterable[approving.Rule]) -> Names:
    """The names that sentences about these rules need, in three queries at most."""
    steps = [(rule, step) for rule in rules for step in rule.steps]
    groups = {step.who for _rule, step in steps if step.kind == approving.GROUP}
    people = {step.who for _rule, step in steps if step.kind != approving.GROUP}
    pages = {rule.template for rule, _step in steps if rule.template}
    users = get_user_model()._default_manager.in_bulk(people - {None}) if people else {}
    return Names(
        {pk: person_name(user) for pk, user in users.items()},
        {pk: group.name for pk, group in Group.objects.in_bulk(groups - {None}).items()},
        {pk: page.title for pk, page in Page.objects.in_bulk(pages).items()} if pages else {},
    )


def people(keys: Iterable[int]) -> list[str]:
    """What the users with these keys are called."""
    users = get_user_model()._default_manager.filter(pk__in=list(keys)).order_by("pk")
    return [person_name(user) for user in users]


def sentence(rule: approving.Rule, names: Names) -> str:
    """When it asks, and for whose approval."""
    who = [approver(rule, step, names) for step in range(len(rule.steps))]
    joined = (_(", then ") if rule.in_order else _(" and ")).join(who) or _("Nobody")
    conditions = ", ".join(_conditions(rule, names)) or _("All contracts")
    told = {"when": conditions[0].upper() + conditions[1:], "who": joined}
    return _("%(when)s: %(who)s must approve") % told


def approver(rule: approving.Rule, step: int, names: Names) -> str:
    """Whose yes a step is; what stands for somebody who is no more."""
    if step >= len(rule.steps) or (found := rule.steps[step]).who is None:
        return _("somebody who was removed")
    if found.kind == approving.GROUP:
        return names.groups.get(found.who, _("a group that was removed"))
    name = names.people.get(found.who, _("somebody who was removed"))
    return _("%(name)s (manager)") % {"name": name} if found.kind == approving.MANAGER else name


def awaited(request: ApprovalRequest, names: Names) -> list[str]:
    """Whose yes a request waits for now, each once."""
    steps = approving.waiting(request.plain_rules, request.given)
    return list(dict.fromkeys(approver(rule, step, names) for rule, step in steps))


def _conditions(rule: approving.Rule, names: Names) -> Iterator[str]:
    if rule.over is not None:
        money = amount(f"{rule.over:.2f}", rule.currency, get_language() or "en")
        yield _("over %(amount)s") % {"amount": money}
    if rule.template:
        title = names.templates.get(rule.template, _("a template that was removed"))
        yield _("made from “%(template)s”") % {"template": title}
    if rule.party:
        yield _("with %(party)s") % {"party": rule.party}
    if rule.on_deviation:
        yield _("changed from the template")
