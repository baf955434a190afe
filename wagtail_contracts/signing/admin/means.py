"""The means of identification that forms of the storey below offer."""

from __future__ import annotations

from wagtail_contracts.contracts.blocks.means import Means
from wagtail_contracts.signing.backends.methods import SMS_CODE, Method, methods
from wagtail_contracts.signing.backends.sms import sms_offered
from wagtail_contracts.signing.core import shown


def offered() -> list[Means]:
    """All of this site, the strongest first."""
    return [_told(found) for found in methods().values() if _is_offered(found)]


def _is_offered(found: Method) -> bool:
    return found.key != SMS_CODE or sms_offered()


def _told(found: Method) -> Means:
    return Means(
        key=found.key,
        name=found.name,
        purposes=tuple(map(str, found.purposes)),
        by_number=found.key == SMS_CODE,
        knows_numbers=found.kind == shown.AWAY,
    )
