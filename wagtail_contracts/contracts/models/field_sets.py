"""Sets of data fields that several templates of a workspace share."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail_contracts.contracts.blocks.data_fields import FieldStream
from wagtail_contracts.contracts.blocks.streams import SHARED
from wagtail_contracts.contracts.models.contracts import Contract
from wagtail_contracts.contracts.models.fields import StableStreamField
from wagtail_contracts.contracts.models.templates import (
    ContractTemplateMixin,
    indexes,
    page_types,
    writes,
)
from wagtail_contracts.contracts.models.workspaces import Workspace


def templates_of(workspaces: Collection[int]) -> list[Any]:
    """All templates of these workspaces, as they are live or were first saved."""
    places = [index for index in indexes() if index.workspace_id in workspaces]
    kinds = page_types(ContractTemplateMixin)
    return [
        page for place in places for kind in kinds for page in kind.objects.descendant_of(place)
    ]


def used_kinds(templates: Collection[int]) -> dict[str, set[str]]:
    """The kinds of each key in the contracts that were made from these templates."""
    found: dict[str, set[str]] = {}
    rows = Contract.objects.filter(template__in=templates).values_list("fields", flat=True)
    for fields in rows.iterator():
        for item in fields:
            found.setdefault(item["key"], set()).add(item["kind"])
    return found


def used_options(templates: Collection[int]) -> dict[str, set[str]]:
    """The keys of the options of each choice in the contracts made from these templates."""
    found: dict[str, set[str]] = {}
    rows = Contract.objects.filter(template__in=templates).values_list("fields", flat=True)
    for item in (item for fields in rows.iterator() for item in fields):
        found.setdefault(item["key"], set()).update(
            option["key"] for option in item.get("options") or ()
        )
    return found


class FieldSet(models.Model):
    """Definitions that mean the same in each template which takes them in.

    A contract has copies of them, from when it was made.
    """

    workspace = models.ForeignKey(
        Workspace, models.CASCADE, related_name="field_sets", verbose_name=_("workspace")
    )
    name = models.CharField(_("name"), max_length=80)
    fields = StableStreamField(FieldStream(), default=list, verbose_name=_("data fields"))

    class Meta:
        ordering = ["name"]
        verbose_name = _("set of data fields")
        verbose_name_plural = _("sets of data fields")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["workspace", "name"], name="wc_field_set_once_uniq")
        ]

    def __str__(self) -> str:
        return self.name

    def is_known_to(self, user: Any) -> bool:
        """Say whether `user` edits the templates of its workspace."""
        return writes(user, self.workspace_id)

    def templates(self) -> list[Any]:
        """The templates that take it in: each as it is live, and as it is to be where that differs.

        They are not limited to a user.
        """
        pages = templates_of([self.workspace_id])
        changed = [page for page in pages if page.has_unpublished_changes]
        drafts = [page.get_latest_revision_as_object() for page in changed]
        return [page for page in [*pages, *drafts] if self._is_in(page)]

    def _is_in(self, page: Any) -> bool:
        return any(
            entry["type"] == SHARED and entry["value"] == self.pk
            for entry in page.fields.get_prep_value()
        )
