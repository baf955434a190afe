"""What a new version of a contract would undo."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

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
