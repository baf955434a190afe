"""What a signature is worth by its means of identification, in the sense of eIDAS.

Regulation (EU) No 910/2014, articles 3, 25 and 26. A one-time code shows control of a mailbox or a
device, no more: such a signature is simple, whatever seal stands around it.
"""

from __future__ import annotations

from collections.abc import Mapping

from wagtail_contracts.signing.core.shown import AWAY, Shown

SIMPLE, ADVANCED, QUALIFIED = "simple", "advanced", "qualified"
ORDER = (SIMPLE, ADVANCED, QUALIFIED)  # each worth more than the one before
Table = Mapping[str, str | Mapping[str, str]]


def ceiling(shown: Shown, own: str = SIMPLE) -> str:
    """The most that a signature is worth after this, whatever the settings say.

    `own` is what a signature of the person's own over the version proved to be worth. Without one,
    a provider has to say with its own signature who it was, how sure it is, and for which text.
    """
    if shown.signature:
        return own
    return ADVANCED if shown.kind == AWAY and shown.answer and shown.acr else SIMPLE


def level(shown: Shown, table: Table, own: str = SIMPLE) -> str:
    """The level by the table of the settings: of a method, or of its levels of assurance.

    What the table leaves out is simple, or what a signature of the person's own proves; nothing in
    it raises a level above its ceiling.
    """
    most = ceiling(shown, own)
    said = table.get(shown.method, most if shown.signature else SIMPLE)
    wanted = said if isinstance(said, str) else said.get(shown.acr, SIMPLE)
    return min(wanted, most, key=ORDER.index)


def exceeds(level: str, most: str) -> bool:
    """Whether a level is above another; one that nobody knows is above all."""
    return level not in ORDER or ORDER.index(level) > ORDER.index(most)
