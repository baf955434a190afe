"""What is done with many contracts at once: to each by its own right, with a result for each.

What is not visible is not found. “All” is what the list shows for its filters and words, no more
than one act takes; each row is done or not in a transaction of its own, and the page says why not.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_list_or_404, render
from django.utils.translation import gettext as _
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin.lists.columns import ROOM
from wagtail_contracts.contracts.admin.lists.views import looked_for
from wagtail_contracts.contracts.admin.scoping import numbers
from wagtail_contracts.contracts.admin.stepup import detour
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.models import Contract, Verb
from wagtail_contracts.contracts.permissions.doors import ActorMixin
from wagtail_contracts.errors import Refusal

EVERY = "all"  # in the place of an id


def chosen(request: HttpRequest) -> Any:
    """The contracts that an address names: by their ids, or all that the list shows for it."""
    ids = request.GET.getlist("id")
    if EVERY in ids:
        return looked_for(request)
    return permissions.visible(request.user).filter(pk__in=numbers(ids))


@dataclass(frozen=True)
class Result:
    """What became of one contract; `why` not."""

    contract: Contract
    why: str = ""


class ContractsAction(ActorMixin, SnippetBulkAction):
    """A page that says what follows for whom, before it is done."""

    models = [Contract]
    template_name = f"{ROOM}/many.html"
    action: ClassVar[str] = "change"  # what each contract is asked for
    asks_code = False
    most = 500
    with_rows: ClassVar[tuple[str, ...]] = ()  # what else of each is looked at
    page_title: Any = ""
    consequence: Any = ""
    button: Any = ""
    execute_action: Any = None  # what Wagtail would do with all at once

    @cached_property
    def rows(self) -> list[Contract]:
        """What was chosen, at most one more than is done at once. Raises Http404 for nothing."""
        found = chosen(self.request).select_related("workspace", "owner", *self.with_rows)
        rows = list(found.light()[: self.most + 1])
        if not rows:
            raise Http404
        return rows

    @cached_property
    def places(self) -> permissions.Places:
        """Where one may do this."""
        return permissions.places(self.request.user, self.action)

    @property
    def too_many(self) -> bool:
        """Whether it is more than is done at once."""
        return len(self.rows) > self.most

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask for what the workspaces of those contracts ask for, once something may be done."""
        spaces = {row.workspace_id for row in self.rows if not self.why_not(row)}
        verb = permissions.ACTIONS[self.action]
        if spaces and (way := detour(request, verb, spaces, asks_code=self.asks_code)):
            return way
        return super().dispatch(request, *args, **kwargs)

    def why_not(self, contract: Contract) -> str:
        """Why it can't be done with a contract by the one who asks; "" if it can."""
        if not self.places.cover(contract):
            return _("You may not do this with this contract.")
        return ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With whom it can be done, and why not with the others."""
        results = [Result(row, self.why_not(row)) for row in self.rows[: self.most]]
        return {
            "page_title": self.page_title,
            "consequence": self.consequence,
            "button": self.button,
            "action": self,
            "can": [item.contract for item in results if not item.why],
            "cannot": [item for item in results if item.why],
            "next": self.next_url,
            "submit_url": self.request.get_full_path(),
            "form": kwargs.get("form") or self.get_form(),
        }


class EachAction(ContractsAction):
    """One verb, called for each by itself; and a page that says what became of them."""

    done_template_name = f"{ROOM}/many_done.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Do it to each, and say what became of them."""
        if self.too_many:
            return self.form_invalid(form)
        results = [self.result(row, form) for row in self.rows]
        context = {
            "page_title": self.page_title,
            "done": [item for item in results if not item.why],
            "failed": [item for item in results if item.why],
            "next": self.next_url,
        }
        return render(self.request, self.done_template_name, context)

    def result(self, contract: Contract, form: Any) -> Result:
        """Done, or why not."""
        if why := self.why_not(contract):
            return Result(contract, why)
        try:
            self.do(contract, form)
        except Refusal as refusal:
            return Result(contract, str(refusal))
        return Result(contract)

    @abstractmethod
    def do(self, contract: Contract, form: Any) -> None:
        """Call the verb for one."""


class DeleteDrafts(DeleteBulkAction):
    """Deletes drafts; what was sent stays."""

    models = [Contract]

    def get_all_objects_in_listing_query(self, parent_id: Any) -> Any:
        """All that the list shows."""
        return looked_for(self.request).order_by().values_list("pk", flat=True)

    def get_queryset(self, model: Any, object_ids: Iterable[Any]) -> list[Any]:
        """Only what one sees."""
        found = permissions.visible(self.request.user).filter(pk__in=numbers(object_ids))
        return get_list_or_404(found)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask for what the workspaces of those drafts ask for, once something may be deleted."""
        spaces = {draft.workspace_id for draft in self.get_actionable_objects()[0]}
        if spaces and (way := detour(request, Verb.EDIT, spaces, asks_code=False)):
            return way
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def check_perm(self, snippet: Any) -> bool:
        """Only drafts, where one may edit."""
        draft = snippet.state == states.DRAFT
        return draft and permissions.may(self.request.user, "delete", snippet)
