"""Filling a workspace's catalogue from a file: all of it, or nothing."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts.core import catalogue
from wagtail_contracts.contracts.errors import CatalogueRefused
from wagtail_contracts.contracts.models import CatalogueItem, Workspace

log = logging.getLogger("wagtail_contracts.contracts")
MESSAGES = {
    "large": gettext_lazy("The file is larger than 1 MB."),
    "letters": gettext_lazy("The file is not in UTF-8. Save it as “CSV UTF-8”."),
    "unreadable": gettext_lazy(
        "The file can't be read from here on. Look for a lost quotation mark."
    ),
    "column_missing": gettext_lazy("The column “%(column)s” is missing."),
    "column_unknown": gettext_lazy("There is no column “%(column)s”, or it stands there twice."),
    "cells": gettext_lazy("The line has %(has)s cells; the first line has %(needs)s."),
    "twice": gettext_lazy("The item number %(sku)s stands in line %(line)s, too."),
    "many": gettext_lazy("The file has more than %(most)s items."),
    "empty": gettext_lazy("“%(column)s” is empty."),
    "long": gettext_lazy("“%(column)s” has more than %(most)s characters."),
    "currency": gettext_lazy("“%(value)s” is no currency. An example is NOK."),
    "period": gettext_lazy("“%(value)s” is none of once, month, quarter, year."),
    "price": gettext_lazy("“%(value)s” is no price with at most four decimals."),
    "vat": gettext_lazy("“%(value)s” is no percentage from 0 to 100 with at most two decimals."),
}


@dataclass(frozen=True)
class Filling:
    """What a file does to a catalogue: item numbers by what happens to them."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    same: tuple[str, ...]


def read_catalogue(workspace: Workspace, data: bytes) -> Filling:
    """What this file would do; nothing is written. Raises CatalogueRefused."""
    return _filling(workspace, _items(data))


@transaction.atomic
def fill_catalogue(workspace: Workspace, data: bytes, *, by: Actor) -> Filling:
    """Add and change items by their numbers; none is removed. Raises CatalogueRefused."""
    Workspace.objects.select_for_update().get(pk=workspace.pk)
    items = _items(data)
    filling = _filling(workspace, items)

    wanted = {*filling.added, *filling.changed}
    CatalogueItem.objects.bulk_create(
        [CatalogueItem(workspace=workspace, **item) for item in items if item["sku"] in wanted],
        update_conflicts=True,
        unique_fields=["workspace", "sku"],
        update_fields=[name for name in catalogue.COLUMNS if name != "sku"],
    )

    words = (workspace.slug, len(filling.added), len(filling.changed), by.kind, by.key)
    log.info("catalogue of workspace %s: %d added, %d changed, by %s %s", *words)
    return filling


def _items(data: bytes) -> list[catalogue.Item]:
    items, faults = catalogue.read(data)
    if faults:
        raise CatalogueRefused([_sentence(fault) for fault in faults])
    return items


def _sentence(fault: catalogue.Fault) -> str:
    said = str(MESSAGES[fault.code]) % fault.words
    return _("Line %(line)s: %(said)s") % {"line": fault.line, "said": said}


def _filling(workspace: Workspace, items: list[catalogue.Item]) -> Filling:
    now = {item["sku"]: item for item in workspace.catalogue.values(*catalogue.COLUMNS)}
    found: dict[str, list[str]] = {"added": [], "changed": [], "same": []}
    for item in items:
        there = now.get(item["sku"])
        kind = "added" if there is None else "same" if there == item else "changed"
        found[kind].append(item["sku"])
    return Filling(**{kind: tuple(numbers) for kind, numbers in found.items()})
