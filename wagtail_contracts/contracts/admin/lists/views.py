"""The list of contracts: find one quickly, see what needs me, keep a view of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.admin.utils import quote
from django.db.models import Prefetch
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import IndexView

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin import counts
from wagtail_contracts.contracts.admin.creating import copying
from wagtail_contracts.contracts.admin.creating.steps import NAMESPACE
from wagtail_contracts.contracts.admin.lists.columns import ROOM, RowTable, Told, columns, told
from wagtail_contracts.contracts.admin.lists.filters import ALL, VIEWS, ContractFilterSet
from wagtail_contracts.contracts.admin.lists.saved import SaveForm
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.core.queries import canonical
from wagtail_contracts.contracts.models import (
    Contract,
    ContractTag,
    ContractValue,
    Participant,
    Party,
    SavedView,
)

PEOPLE = Prefetch("people", Participant.objects.order_by("pk").defer("email"))
UNCOUNTED = {"signed", ALL}  # they only grow


@dataclass(frozen=True)
class Tab:
    """A view that one click opens; `count` is empty where it says nothing.

    What is for training is listed, and counts nowhere.
    """

    label: str
    url: str
    current: bool
    count: str = ""


def looked_for(request: HttpRequest) -> Any:
    """All contracts that the list shows for the address of `request`, in its order.

    For what is done with all of a list at once: the same filters and words, by the same code.
    """
    names = {
        "index_url_name": f"{NAMESPACE}:list",
        "index_results_url_name": f"{NAMESPACE}:list_results",
    }
    view = ContractIndexView(model=Contract, **names)
    view.setup(request)
    found = view.get_queryset()
    return found if view.filters.is_valid() else found.none()


class ContractIndexView(IndexView):
    """A row leads to the contract's overview, or to its editor where nothing gives an overview."""

    filterset_class = ContractFilterSet
    table_class = RowTable
    results_template_name = f"{ROOM}/results.html"
    search_backend_name = None
    is_searchable = True
    add_item_label = gettext_lazy("New contract")
    page_title = gettext_lazy("Contracts")
    overview_url_name: Any = None
    default_ordering = "-pk"
    retracted: Collection[int] = ()

    @cached_property
    def columns(self) -> list[Any]:
        """Ours, then what comes from above."""
        made = columns(self)
        for function in hooks.get_hooks("construct_contract_columns"):
            function(made, self.request)
        return made

    def get_base_queryset(self) -> Any:
        """What one sees."""
        return permissions.visible(self.request.user)

    def search_queryset(self, queryset: Any) -> Any:
        """The one with this number, else those with all the words."""
        if not self.is_searching:
            return queryset
        numbered = queryset.numbered(self.search_query)
        return numbered if numbered.exists() else queryset.holding(self.search_query)

    def paginate_queryset(self, queryset: Any, page_size: Any) -> Any:
        """The rows of one page, with all that they say: a fixed number of queries.

        Which they are is asked by itself: their order costs less without the rows.
        """
        made = super().paginate_queryset(queryset.values_list("pk", flat=True), page_size)
        order = list(made[2])
        rows = self._rows(permissions.visible(self.request.user).filter(pk__in=order))
        words = told(list(rows.values()), self.request.user)
        page = [rows[pk] for pk in order if pk in rows]
        self.retracted = contracts.retracted(page)
        for row in page:
            row.told = words.get(row.pk, Told())
        made[1].object_list = page
        return made[0], made[1], page, made[3]

    def _rows(self, found: Any) -> dict[int, Any]:
        rows = found.select_related("owner", "workspace", "listing__folder").light()
        tags = ContractTag.objects.select_related("tag").order_by("tag__name")
        whole = rows.prefetch_related(
            Prefetch("parties", Party.objects.order_by("pk").prefetch_related(PEOPLE)),
            Prefetch("worth", ContractValue.objects.order_by("currency")),
            Prefetch("tagged", tags),
        )
        return {row.pk: row for row in whole}

    # -- views ----------------------------------------------------------------------------------

    @cached_property
    def query(self) -> str:
        """What is looked for now."""
        return canonical(self.request.GET.urlencode())

    @cached_property
    def saved(self) -> list[SavedView]:
        """One's own views and those of one's workspaces."""
        return list(SavedView.objects.of(self.request.user).select_related("workspace"))

    @cached_property
    def own(self) -> SavedView | None:
        """The saved view that is shown, if it is one's own."""
        found = (view for view in self.saved if view.query == self.query)
        return next((view for view in found if view.user_id == self.request.user.pk), None)

    @property
    def is_narrowed(self) -> bool:
        """Whether something is looked for."""
        return self.query not in ("", f"view={ALL}")

    @property
    def may_save(self) -> bool:
        """Whether what is shown is more than a view that there is already."""
        known = {f"view={key}" for key in VIEWS} | {view.query for view in self.saved}
        return self.is_narrowed and self.query not in known

    @property
    def save_form(self) -> SaveForm:
        """A name, and for whom."""
        return SaveForm(user=self.request.user)

    @cached_property
    def tabs(self) -> list[Tab]:
        """The views that everybody has, then the saved ones."""
        return list(self._tabs())

    def _tabs(self) -> Iterator[Tab]:
        url, here = reverse(self.index_url_name), self.request.GET.get("view", ALL)
        saved = {view.query for view in self.saved}
        for key, (label, question) in VIEWS.items():
            current = here == key and self.query not in saved
            count = "" if key in UNCOUNTED else self._count(question)
            yield Tab(str(label), f"{url}?view={key}", current, count)
        for view in self.saved:
            yield Tab(view.name, f"{url}?{view.query}", view.query == self.query)

    def _count(self, question: Any) -> str:
        user = self.request.user
        return counts.said(counts.few(question(permissions.visible(user).real(), user)))

    # -- a row ----------------------------------------------------------------------------------

    def get_edit_url(self, instance: Any) -> str | None:
        """Where somebody may edit."""
        open_here = instance.state in states.MAY_EDIT and self.editable.cover(instance)
        return reverse(self.edit_url_name, args=[quote(instance.pk)]) if open_here else None

    def get_delete_url(self, instance: Any) -> str | None:
        """Where it is a draft."""
        draft = instance.state == states.DRAFT and self.editable.cover(instance)
        return reverse(self.delete_url_name, args=[quote(instance.pk)]) if draft else None

    def get_overview_url(self, instance: Any) -> str | None:
        """The overview, else the editor."""
        if self.overview_url_name:
            return reverse(self.overview_url_name, args=[quote(instance.pk)])
        return self.get_edit_url(instance)

    def get_list_more_buttons(self, instance: Any) -> list[Any]:
        """The stock ones, by what may be done with this contract."""
        buttons = []
        if url := self.get_edit_url(instance):
            buttons.append(Button(_("Edit"), url=url, icon_name="edit", priority=10))
        if url := self.get_delete_url(instance):
            buttons.append(Button(_("Delete"), url=url, icon_name="bin", priority=30))
        if self.creatable.cover(instance):
            buttons += copying.buttons(instance, self.retracted)
        return buttons

    @cached_property
    def editable(self) -> permissions.Places:
        """The workspaces in which one may edit."""
        return permissions.places(self.request.user, "change")

    @cached_property
    def creatable(self) -> permissions.Places:
        """The workspaces in which one may make contracts."""
        return permissions.places(self.request.user, "add")
