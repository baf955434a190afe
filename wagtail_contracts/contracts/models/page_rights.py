"""What the right to manage templates does not let people do with the pages that hold them.

To Wagtail that right is to add, change and publish pages, and publishing is more than that to it:
who may publish a page decides who may read it.
"""

from __future__ import annotations

from typing import Any

from wagtail.models import PagePermissionTester

from wagtail_contracts.contracts.models.workspaces import Verb, rights


class HiddenPageTester(PagePermissionTester):
    """For a page of a workspace: who administers that decides who may read the page's title."""

    user: Any
    page: Any

    @property
    def administers(self) -> bool:
        """Whether they administer the workspace of the page."""
        if self.user.is_active and self.user.is_superuser:
            return True
        place = self.page.workspace
        return bool(place) and Verb.ADMINISTER in rights(self.user).get(place.pk, ())

    def can_set_view_restrictions(self) -> bool:
        """Titles of pages without a restriction are public, by the site's API."""
        return bool(super().can_set_view_restrictions()) and self.administers


class TemplateIndexTester(HiddenPageTester):
    """For the page below which the templates of a workspace live: it is not one of them."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:  # noqa: FBT001, FBT002 - Wagtail's
        """So not to be moved, either."""
        return bool(super().can_delete(ignore_bulk)) and self.administers

    def can_unpublish(self) -> bool:
        """Nor taken away for a time."""
        return bool(super().can_unpublish()) and self.administers

    def can_copy(self) -> bool:
        """A workspace has one."""
        return False
