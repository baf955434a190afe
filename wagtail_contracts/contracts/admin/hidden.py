"""Templates of foreign workspaces are not found where Wagtail shows pages to everybody.

Its page chooser lists the whole tree, and its page about a move asks for no permission before it is
confirmed; both have a hook.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest
from wagtail.models import Page, PageQuerySet

from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.models.templates import HiddenPageMixin

PARENT = "parent_page_id"


def leave_out(pages: PageQuerySet[Page], request: HttpRequest) -> PageQuerySet[Page]:
    """Choose among what one may know of. For the hook `construct_page_chooser_queryset`."""
    match = request.resolver_match
    parent = match.kwargs.get(PARENT) if match else None
    for index in permissions.foreign_indexes(request.user):
        if parent in index.get_descendants(inclusive=True).values_list("pk", flat=True):
            raise Http404
        pages = pages.not_descendant_of(index, inclusive=True)
    return pages


def stay(request: HttpRequest, page: Page, destination: Page) -> None:
    """Nobody moves what one may not know of, nor there. For the hook `before_move_page`."""
    for found in (page.specific, destination.specific):
        if isinstance(found, HiddenPageMixin) and not found.is_known_to(request.user):
            raise Http404
