"""What signing tells the pages of contracts: who has signed, and what a new version would undo."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.ui.tables import Column

from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.core import quorum


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


class ProgressColumn(Column):
    """How many have signed the newest version."""

    def prepare(self, contracts: Any) -> Any:
        """Fetch what all rows need at once."""
        found = contracts.select_related("current_version")
        return found.prefetch_related("current_version__signatures")

    def get_value(self, instance: Contract) -> str:
        """In words, where somebody is to sign."""
        version = instance.current_version
        if version is None or instance.state not in ("signing", "signed"):
            return ""
        people = len(list(quorum.signatories(version.content)))
        words = {"given": len(version.signatures.all()), "all": people}
        return _("%(given)d of %(all)d signed") % words


def add_progress(columns: list[Any], request: Any) -> None:
    """Put “1 of 2 signed” after the state."""
    columns.insert(3, ProgressColumn("progress", label=_("Progress"), classname="wc-wide"))
