"""What signing tells the pages of contracts: who has signed, and what a new version would undo."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.ui.tables import Column

from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.signing import flows as signing


def losses(contract: Contract) -> Iterator[str]:
    """One sentence for each signature that a new version makes void."""
    version = contract.current_version
    if version is None:
        return
    for place in signing.standing(version).given:
        yield _(
            "%(name)s has signed version %(number)d. A new version makes that signature void, "
            "and %(name)s is asked to sign again."
        ) % {"name": place.person["name"], "number": version.number}


def add_progress(columns: list[Any], request: Any) -> None:
    """Put “1 of 2 signed” after the state."""
    columns.insert(
        3, Column("progress", label=_("Progress"), accessor=_progress, classname="wc-wide")
    )


def _progress(contract: Contract) -> str:
    version = contract.current_version
    if version is None or contract.state not in ("signing", "signed"):
        return ""
    places = signing.standing(version).places
    words = {"given": sum(place.signature is not None for place in places), "all": len(places)}
    return _("%(given)d of %(all)d signed") % words
