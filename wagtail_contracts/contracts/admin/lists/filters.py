"""What the list is filtered by: each a column of the contract, or of an indexed row beside it.

No choice names what somebody may not see: templates, owners, tags and folders are those of
contracts that they see.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django_filters
from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, NumberRangeWidget, WagtailFilterSet
from wagtail.models import Page

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.models import (
    Contract,
    ContractValue,
    Folder,
    Listing,
    Tag,
    person_name,
)
from wagtail_contracts.contracts.models.contracts import LABELS, ContractQuerySet
from wagtail_contracts.contracts.models.templates import ContractTemplateMixin, page_types

SOON = timedelta(days=7)
YES_NO = [("yes", _("Yes")), ("no", _("No"))]
Contracts = ContractQuerySet
Question = Callable[[Contracts, Any], Contracts]
NEEDS_ME, WAITING, SOON_DUE, FAILED, ALL = "needs_me", "waiting", "soon", "failed", "all"


def _desk(user: Any) -> contracts.Desk:
    """What waits for somebody; several tabs ask for it, so kept with the request's user."""
    kept: contracts.Desk | None = getattr(user, "_wagtail_contracts_desk", None)
    if kept is None:
        kept = user._wagtail_contracts_desk = contracts.Desk(user)
    return kept


def _needing(found: Contracts, user: Any) -> Contracts:
    return found.filter(pk__in=_desk(user).needing().order_by().values("pk"))


def _waiting(found: Contracts, user: Any) -> Contracts:
    return found.filter(pk__in=_desk(user).for_others().order_by().values("pk"))


def _soon(found: Contracts, user: Any) -> Contracts:
    return found.due_within(SOON, timezone.now()).filter(listing__archived_at=None)


def _failed(found: Contracts, user: Any) -> Contracts:
    return found.filter(pk__in=_desk(user).failed().order_by().values("pk"))


def _signed(found: Contracts, user: Any) -> Contracts:
    return found.filter(state=states.SIGNED, listing__archived_at=None)


def _drafts(found: Contracts, user: Any) -> Contracts:
    return found.filter(state__in=states.INSIDE, listing__archived_at=None)


def _planned(found: Contracts, user: Any) -> Contracts:
    return found.filter(plannedsending__isnull=False, listing__archived_at=None)


# The views that everybody has, in the order of the tabs; the last shows all there is.
VIEWS: dict[str, tuple[Any, Question]] = {
    NEEDS_ME: (_("Needs me"), _needing),
    WAITING: (_("Waiting for others"), _waiting),
    SOON_DUE: (_("Due soon"), _soon),
    FAILED: (_("Failed"), _failed),
    "signed": (_("Signed"), _signed),
    "drafts": (_("Drafts"), _drafts),
    "planned": (_("Planned"), _planned),
    ALL: (_("All"), lambda found, user: found),
}


def _seen(request: Any, **where: Any) -> Exists:
    return Exists(permissions.visible(request.user).order_by().filter(**where))


def _templates(request: Any) -> QuerySet[Any]:
    pages = Page.objects.type(*page_types(ContractTemplateMixin))
    return pages.filter(_seen(request, template=OuterRef("pk"))).order_by("title")


def _owners(request: Any) -> QuerySet[Any]:
    users = get_user_model()._default_manager.order_by("last_name", "first_name", "pk")
    return users.filter(_seen(request, owner=OuterRef("pk")))


def _tags(request: Any) -> QuerySet[Tag]:
    return _within(Tag.objects, request).filter(_seen(request, tagged__tag=OuterRef("pk")))


def _folders(request: Any) -> QuerySet[Folder]:
    seen = _seen(request, listing__folder=OuterRef("pk"))
    return _within(Folder.objects, request).filter(seen)


def _within(rows: Any, request: Any) -> QuerySet[Any]:
    """Those of one's workspaces: in the others no contract has to be looked at."""
    return rows.filter(workspace__in=permissions.workspaces(request.user, ["view"]))


def _between(column: str, bounds: slice | None) -> Q:
    """At least the first, at most the second, as far as they are said."""
    bounds = bounds or slice(None)
    asked = {f"{column}__gte": bounds.start, f"{column}__lte": bounds.stop}
    return Q(**{name: bound for name, bound in asked.items() if bound is not None})


class OwnerField(django_filters.fields.ModelChoiceField):
    """Names people as the list does."""

    def label_from_instance(self, obj: Any) -> str:
        return person_name(obj)


class OwnerFilter(django_filters.ModelChoiceFilter):
    """One owner."""

    field_class = OwnerField


def _yes_no(label: Any, method: str, choices: Any = YES_NO) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(
        label=label, choices=choices, widget=forms.RadioSelect, empty_label=None, method=method
    )


class ContractFilterSet(WagtailFilterSet):
    """All of them hold together; several states, workspaces or tags of one filter: any."""

    view = django_filters.ChoiceFilter(
        label=_("View"),
        choices=[(key, label) for key, (label, _question) in VIEWS.items()],
        widget=forms.RadioSelect,
        empty_label=None,
        method="by_view",
    )
    state = django_filters.MultipleChoiceFilter(
        choices=LABELS, label=_("State"), widget=forms.CheckboxSelectMultiple
    )
    workspace = django_filters.ModelMultipleChoiceFilter(
        queryset=lambda request: permissions.workspaces(request.user, ["view"]),
        label=_("Workspace"),
        widget=forms.CheckboxSelectMultiple,
    )
    template = django_filters.ModelChoiceFilter(queryset=_templates, label=_("Template"))
    owner = OwnerFilter(queryset=_owners, label=_("Owner"))
    tag = django_filters.ModelMultipleChoiceFilter(
        queryset=_tags, label=_("Tag"), widget=forms.CheckboxSelectMultiple, method="by_tag"
    )
    folder = django_filters.ModelChoiceFilter(
        queryset=_folders, label=_("Folder"), field_name="listing__folder"
    )
    currency = django_filters.CharFilter(label=_("Currency"), method="by_currency")
    value = django_filters.RangeFilter(
        label=_("Value"), widget=NumberRangeWidget(), method="by_value"
    )
    deadline = django_filters.DateFromToRangeFilter(
        label=_("Answer by"), widget=DateRangePickerWidget()
    )
    active = django_filters.DateFromToRangeFilter(
        label=_("Last activity"), widget=DateRangePickerWidget(), method="by_activity"
    )
    deviates = _yes_no(_("Differs from its template"), "by_deviation")
    retracted = _yes_no(_("A consumer withdrew"), "by_retraction")
    archived = _yes_no(_("Archived"), "by_archive")
    favourite = _yes_no(_("My favourites"), "by_favourite", choices=YES_NO[:1])

    class Meta:
        model = Contract
        fields: list[str] = []

    def by_view(self, found: Contracts, _name: str, value: str) -> Contracts:
        """One of VIEWS."""
        if value == NEEDS_ME:  # all of it, which no count needs
            needing = contracts.needing(self.request.user)
            return found.filter(pk__in=needing.order_by().values("pk"))
        _label, question = VIEWS[value]
        return question(found, self.request.user)

    def by_tag(self, found: Contracts, _name: str, value: Any) -> Contracts:
        """Any of these; a contract with two of them is found once."""
        return found.filter(tagged__tag__in=value).distinct() if value else found

    def by_currency(self, found: Contracts, _name: str, value: str) -> Contracts:
        """With an amount in this currency, which the bounds of `value` are in then."""
        return found.filter(Exists(self._worth()))

    def by_value(self, found: Contracts, _name: str, value: slice) -> Contracts:
        """Between the bounds, in one currency at a time: amounts are never added or changed."""
        return found.filter(Exists(self._worth()))

    def _worth(self) -> QuerySet[ContractValue]:
        said = self.form.cleaned_data
        asked = _between("amount", said.get("value"))
        if currency := said.get("currency"):
            asked &= Q(currency=currency.strip().upper())
        return ContractValue.objects.filter(asked, contract=OuterRef("pk"))

    def by_activity(self, found: Contracts, _name: str, value: slice) -> Contracts:
        """Last moved between two days: asked of each that one sees, not of all that there are."""
        moved = Listing.objects.filter(_between("active_at", value), contract=OuterRef("pk"))
        return found.filter(Exists(moved))

    def by_deviation(self, found: Contracts, _name: str, value: str) -> Contracts:
        """Whether the text is another than the template's."""
        return found.filter(listing__deviates=value == "yes")

    def by_retraction(self, found: Contracts, _name: str, value: str) -> Contracts:
        """Whether a consumer withdrew from what was signed."""
        gone = contracts.is_retracted()
        return found.filter(gone if value == "yes" else ~gone)

    def by_archive(self, found: Contracts, _name: str, value: str) -> Contracts:
        """Whether it was put away."""
        return found.filter(listing__archived_at__isnull=value == "no")

    def by_favourite(self, found: Contracts, _name: str, _value: str) -> Contracts:
        """One's own favourites."""
        return found.filter(favourites__user=self.request.user)
