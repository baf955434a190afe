"""What a signature is worth by its means of identification, in the sense of eIDAS.

Regulation (EU) No 910/2014, articles 3 and 26. A one-time code shows control of a mailbox or a
device, no more: such a signature is simple, whatever seal stands around it.
"""

from __future__ import annotations

from collections.abc import Mapping

from wagtail_contracts.signing.core.shown import AWAY, Shown

SIMPLE, ADVANCED, QUALIFIED = "simple", "advanced", "qualified"
ORDER = (SIMPLE, ADVANCED, QUALIFIED)  # each worth more than the one before
Table = Mapping[str, str | Mapping[str, str]]


def ceiling(shown: Shown) -> str:
    """The most that a signature is worth after this, whatever the settings say."""
    bound = shown.kind == AWAY and (shown.signature or (shown.answer and shown.acr))
    return ADVANCED if bound else SIMPLE


def level(shown: Shown, table: Table) -> str:
    """The level by the table of the settings: of a method, or of its levels of assurance.

    What the table leaves out is simple; nothing in it raises a level above its ceiling.
    """
    said = table.get(shown.method, SIMPLE)
    wanted = said if isinstance(said, str) else said.get(shown.acr, SIMPLE)
    return min(wanted, ceiling(shown), key=ORDER.index)
