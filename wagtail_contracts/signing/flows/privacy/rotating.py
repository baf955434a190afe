"""Keys that turn: whatever is encrypted comes under the first of them, row by row.

Nothing says how far a run has come: a value under the first key is done. So a run that was cut
short is gone on with by the next, and whatever is written meanwhile is under the first key anyway.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models.functions import Cast
from wagtail.models import Revision

from wagtail_contracts import encryption
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.encryption import CURRENT, LOST, MARK, EncryptedTextField

BATCH = 200
REVISIONS = "revisions"


@dataclass(frozen=True)
class Keys:
    """How many values of one place are under the first key, under an older one, under none."""

    place: str
    current: int
    older: int
    lost: int


@dataclass(frozen=True)
class Rotated:
    """How many values came under the first key, and how many there is no key for."""

    values: int
    revisions: int
    lost: int


def columns() -> list[tuple[type[models.Model], str]]:
    """Every encrypted column of every installed model."""
    return [
        (model, field.name)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_concrete_fields
        if isinstance(field, EncryptedTextField)
    ]


def rotate_keys(*, by: Actor) -> Rotated:
    """Encrypt all that is under an older key with the first; the words of the search follow.

    Stops nowhere: what no key opens stays as it is, and is counted.
    """
    turned, lost = 0, 0
    for model, name in columns():
        for pks in _chunks(model._base_manager.all()):
            done, unknown = _turn_column(model, name, pks, by=by)
            turned, lost = turned + done, lost + unknown
    revisions = sum(_turn_revision(pk, by=by) for pk in _revisions())
    if not lost:  # it opens every address
        contracts.rebuild(by=by)
    return Rotated(turned, revisions, lost)


def under_keys() -> Iterator[Keys]:
    """Where there is ciphertext, and under which keys. Writes nothing."""
    for model, name in columns():
        found = Counter(
            encryption.standing(raw)
            for _pk, raw in _stored(model, name).iterator(chunk_size=BATCH)
            if raw
        )
        yield _keys(f"{model._meta.db_table}.{name}", found)
    found = Counter(
        encryption.standing(text)
        for pk in _revisions()
        for text in _texts(Revision.objects.values_list("content", flat=True).get(pk=pk))
    )
    yield _keys(REVISIONS, found)


def _keys(place: str, found: Counter[str]) -> Keys:
    older = sum(found.values()) - found[CURRENT] - found[LOST]
    return Keys(place, found[CURRENT], older, found[LOST])


def _stored(model: type[models.Model], name: str) -> Any:
    """Primary keys and the column as it is stored: the field would open each value."""
    rows = model._base_manager.order_by("pk").annotate(stored=Cast(name, models.TextField()))
    return rows.values_list("pk", "stored")


@transaction.atomic
def _turn_column(
    model: type[models.Model], name: str, pks: list[Any], *, by: Actor
) -> tuple[int, int]:
    rows = model._base_manager.filter(pk__in=pks).select_for_update(of=("self",))
    list(rows.order_by("pk").values_list("pk"))  # held until all of them are written
    turned = lost = 0
    for pk, raw in _stored(model, name).filter(pk__in=pks):
        if not raw or (stands := encryption.standing(raw)) == CURRENT:
            continue
        if stands == LOST:
            lost += 1
            continue
        text = models.Value(encryption.renewed(raw), output_field=models.TextField())
        turned += model._base_manager.filter(pk=pk).update(**{name: text})
    return turned, lost


@transaction.atomic
def _turn_revision(pk: int, *, by: Actor) -> int:
    revision = Revision.objects.select_for_update(of=("self",)).get(pk=pk)
    turned = _renewed(revision.content)
    if turned == revision.content:
        return 0
    return Revision.objects.filter(pk=pk).update(content=turned)


def _renewed(content: Any) -> Any:
    """The same, with every ciphertext under the first key that some key opens."""
    if isinstance(content, dict):
        return {key: _renewed(value) for key, value in content.items()}
    if isinstance(content, list):
        return [_renewed(value) for value in content]
    if isinstance(content, str) and content.startswith(MARK):
        older = encryption.standing(content) not in (CURRENT, LOST)
        return encryption.renewed(content) if older else content
    return content


def _texts(content: Any) -> Iterator[str]:
    """Every ciphertext in it."""
    if isinstance(content, dict):
        content = list(content.values())
    if isinstance(content, list):
        for value in content:
            yield from _texts(value)
    elif isinstance(content, str) and content.startswith(MARK):
        yield content


def _revisions() -> list[int]:
    """Those of models that have an encrypted column, or have children that do."""
    ours = [
        model for model in apps.get_models() if model.__module__.startswith("wagtail_contracts.")
    ]
    types = ContentType.objects.get_for_models(*ours).values()
    return list(
        Revision.objects.filter(base_content_type__in=types)
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def _chunks(rows: Any) -> Iterator[list[Any]]:
    last: Any = None
    while True:
        after = rows if last is None else rows.filter(pk__gt=last)
        pks = list(after.order_by("pk").values_list("pk", flat=True)[:BATCH])
        if not pks:
            return
        yield pks
        last = pks[-1]
