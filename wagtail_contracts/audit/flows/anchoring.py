"""Placing checkpoints outside the database."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from django.db import transaction

from wagtail_contracts import conf
from wagtail_contracts.audit import signals
from wagtail_contracts.audit.conf import audit
from wagtail_contracts.audit.errors import NotPlaced
from wagtail_contracts.audit.models import Anchored, Checkpoint


@dataclass(frozen=True)
class Placed:
    """What became of a checkpoint at one anchor; `fault` is empty where it stands there now."""

    anchor: str
    size: int
    fault: str = ""


def anchor() -> list[Placed]:
    """Place the newest checkpoint at each anchor of the settings where it isn't yet.

    An anchor that fails keeps no other from its turn, and is asked again by the next call.
    """
    newest = Checkpoint.objects.order_by("size").last()
    if newest is None:
        return []
    there = set(newest.anchored.values_list("anchor", flat=True))
    return [_placed(newest, name) for name in audit().anchors if name not in there]


def _placed(point: Checkpoint, name: str) -> Placed:
    try:
        given = audit().anchors[name]
        conf.backend(given["BACKEND"], dict(given.get("OPTIONS", {}))).place(point.note)
    except NotPlaced as refusal:
        return Placed(name, point.size, str(refusal))
    except Exception as error:  # noqa: BLE001 - a class of the site's own; the others have a turn
        return Placed(name, point.size, f"{type(error).__name__}: {error}")
    at = {"at": datetime.now(UTC)}  # another worker may have been first: its row stays
    _row, new = Anchored.objects.get_or_create(checkpoint=point, anchor=name, defaults=at)
    if new:
        told = {"checkpoint": point, "anchor": name}
        transaction.on_commit(partial(signals.checkpoint_placed.send_robust, Anchored, **told))
    return Placed(name, point.size)
