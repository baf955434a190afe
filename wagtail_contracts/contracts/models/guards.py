"""What may still be written to a contract, whoever writes: form, revert, bulk action or shell.

Kept columns are written by flows only, in every state. Content may be saved while the state allows
it; people only in a draft. Every check reads the row under a lock and in the transaction of the
write, so that no flow comes in between.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import reduce
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _
from wagtail.locks import BaseLock

from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.errors import ContractIsClosed, OnlyByFlow

_open: ContextVar[bool] = ContextVar("wagtail_contracts_unguarded", default=False)
KEPT = (
    "uuid",
    "public_id",
    "salt",
    "number",
    "state",
    "expired_from",
    "workspace_id",
    "owner_id",
    "language",
    "second_language",
    "governing",
    "template_id",
    "template_revision",
    "template_digest",
    "outline",
    "fields",
    "roles",
    "deadline",
    "current_version_id",
    "approval_id",
    "confidential",
    "may_delegate",
    "may_add_readers",
    "signatories_fixed",
    "opens_when_agreed",
    "kind",
    "jurisdiction",
    "consumer",
    "obliges_to_pay",
    "withdrawal_days",
    "sealed_copy",
    "sent",
    "made_at",
)
KEPT_NAMES = {*KEPT, *(name.removesuffix("_id") for name in KEPT), "public_id"}
PEOPLE = ("parties",)  # restored from the row, with all below them, once the contract left draft


@contextmanager
def unguarded() -> Iterator[None]:
    """Let a flow write what nobody else may."""
    token = _open.set(True)
    try:
        yield
    finally:
        _open.reset(token)


def is_unguarded() -> bool:
    """Whether a flow is writing."""
    return _open.get()


def insist_on_written() -> None:
    """Refuse to go on after a receiver of a signal that broke the transaction and kept silent.

    Otherwise Django takes back this write alone, and the rest of the flow is kept.
    """
    if transaction.get_rollback():
        raise transaction.TransactionManagementError("a receiver of post_save hid an error")


class ClosedLock(BaseLock):
    """Shows the edit view as locked, for everybody."""

    def for_user(self, user: Any) -> bool:
        """Lock it for everybody."""
        return True

    def get_message(self, user: Any) -> str:
        """Say why."""
        if self.object.stored("state") in states.INSIDE:
            return _("It waits for an approval, or has one: take the request back to change it.")
        return _("This contract is closed. It can be read, but not edited.")


class GuardedQuerySet(models.QuerySet):
    """Queries that write contracts go through the same guard as forms."""

    @transaction.atomic
    def update(self, **fields: Any) -> int:
        if not _open.get():
            if set(fields) & KEPT_NAMES:
                raise OnlyByFlow(_("These columns are written by flows only."))
            self._refuse(states.MAY_EDIT)
        return super().update(**fields)

    @transaction.atomic
    def delete(self) -> tuple[int, dict[str, int]]:
        if not _open.get():
            self._refuse(frozenset({states.DRAFT}))
        return super().delete()

    def bulk_create(self, *args: Any, **kwargs: Any) -> Any:
        if not _open.get():
            raise OnlyByFlow(_("Contracts are made by the flow “create”."))
        return super().bulk_create(*args, **kwargs)

    def _refuse(self, allowed: Collection[str]) -> None:
        rows = self.order_by().select_for_update(of=("self",)).values_list("state", flat=True)
        if set(rows) - set(allowed):
            raise ContractIsClosed(_("A contract in this state cannot be changed."))


class GuardMixin(models.Model):
    """For the contract itself."""

    is_row = True  # not what a revision or a merge made of it

    class Meta:
        abstract = True

    def stored(self, *columns: str) -> Any:
        """The columns as the database has them, whatever this instance says; one alone as it is."""
        row = type(self)._base_manager.filter(pk=self.pk).values_list(*columns).first()
        return row[0] if row and len(columns) == 1 else row

    def guard(self, allowed: Collection[str] = states.MAY_EDIT) -> None:
        """Lock the row and refuse, or put the kept columns back from it."""
        if _open.get():
            return
        rows = type(self)._base_manager.filter(pk=self.pk)
        row = rows.select_for_update(of=("self",)).values(*KEPT).first() if self.pk else None
        if row is None:
            raise OnlyByFlow(_("Contracts are made by the flow “create”."))
        if row["state"] not in allowed:
            raise ContractIsClosed(_("A contract in this state cannot be changed."))
        for name, value in row.items():
            setattr(self, name, value)

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        self.guard()
        super().save(*args, **kwargs)
        insist_on_written()

    @transaction.atomic
    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self.guard({states.DRAFT})
        return super().delete(*args, **kwargs)

    @transaction.atomic
    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        self.guard()
        return super().save_revision(*args, **kwargs)  # type: ignore[misc]

    def with_content_json(self, content: Mapping[str, Any]) -> Any:
        """Restore what was written, never where the contract stands or who takes part."""
        restored = super().with_content_json(content)  # type: ignore[misc]
        restored.is_row = False
        for name, value in zip(KEPT, self.stored(*KEPT), strict=True):
            setattr(restored, name, value)
        if restored.state != states.DRAFT:
            for relation in PEOPLE:
                restored._cluster_related_objects.pop(relation, None)
        return restored

    def get_lock(self) -> Any:
        """Wagtail's lock, or ours once the contract is closed."""
        stock = super().get_lock()  # type: ignore[misc]
        return stock if self.stored("state") in states.MAY_EDIT else ClosedLock(self)


class PeopleQuerySet(models.QuerySet):
    """For rows that belong to a contract: `path` leads there."""

    path = "contract"

    @transaction.atomic
    def update(self, **fields: Any) -> int:
        self._refuse(fields)
        return super().update(**fields)

    @transaction.atomic
    def delete(self) -> tuple[int, dict[str, int]]:
        self._refuse({})
        return super().delete()

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> Any:
        if not _open.get():
            raise OnlyByFlow(_("People are added one by one, in a draft."))
        return super().bulk_create(objs, *args, **kwargs)

    def _refuse(self, fields: Mapping[str, Any]) -> None:
        if _open.get():
            return
        if set(fields) & {"contract", "contract_id", "party", "party_id", "public_id"}:
            raise OnlyByFlow(_("People do not move from one contract to another."))
        found = set(self.order_by().values_list(f"{self.path}__pk", flat=True))
        insist_on_draft(self.model, found, self.path)


class PartyQuerySet(PeopleQuerySet):
    """Parties."""


class ParticipantQuerySet(PeopleQuerySet):
    """Participants, who belong to a contract through their party."""

    path = "party__contract"

    def present(self) -> ParticipantQuerySet:
        """Those who take part now: nobody who was replaced, or whose access ended."""
        return self.filter(left_at=None)


def insist_on_draft(model: Any, ids: Collection[int], path: str) -> None:
    """Refuse unless all contracts `ids`, found by `path` from `model`, are drafts; locks them."""
    for step in path.split("__"):
        model = model._meta.get_field(step).related_model
    rows = model._base_manager.filter(pk__in=ids).select_for_update(of=("self",))
    if set(rows.values_list("state", flat=True)) - {states.DRAFT}:
        raise ContractIsClosed(_("People change only in a draft, or by a flow."))


class PeopleGuardMixin(models.Model):
    """For rows that belong to a contract, which must be a draft when they change."""

    class Meta:
        abstract = True

    def guard(self) -> None:
        """Refuse a change outside a draft, and a move to another contract."""
        if _open.get():
            return
        path = type(self).objects.all().path  # type: ignore[attr-defined]
        contract: Any = reduce(getattr, path.split("__"), self)
        rows = type(self)._base_manager.filter(pk=self.pk)
        was = rows.values_list(f"{path}__pk", flat=True).first()
        if was not in (None, contract.pk):
            raise OnlyByFlow(_("People do not move from one contract to another."))
        insist_on_draft(type(self), {contract.pk}, path)

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        self.guard()
        super().save(*args, **kwargs)
        insist_on_written()

    @transaction.atomic
    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self.guard()
        return super().delete(*args, **kwargs)
