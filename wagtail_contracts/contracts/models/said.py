"""Rows that tell what was said about a contract: written by flows alone, and never deleted."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext as _

from wagtail_contracts.contracts.errors import OnlyByFlow
from wagtail_contracts.contracts.models.guards import is_unguarded

_Row = TypeVar("_Row", bound=models.Model, covariant=True)


class SaidQuerySet(models.QuerySet[_Row]):
    """Queries go through the same guard as the rows."""

    def update(self, **fields: Any) -> int:
        _insist_on_flow()
        return super().update(**fields)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise _kept()

    def bulk_create(self, *args: Any, **kwargs: Any) -> Any:
        _insist_on_flow()
        return super().bulk_create(*args, **kwargs)


class SaidMixin(models.Model):
    """For a row of its own."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        _insist_on_flow()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise _kept()


def _insist_on_flow() -> None:
    if not is_unguarded():
        raise OnlyByFlow(_("What is said about a contract is written by flows only."))


def _kept() -> OnlyByFlow:
    return OnlyByFlow(_("What was said about a contract is never deleted."))
