"""What each mail says: the same words in its text and in its HTML, in the reader's language.

No text of a contract, no price and no reason: mailboxes leak. Why there is more time is said: a
sender writes that for the mail, as the message of an invitation.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from wagtail_contracts.signing.rendering.letters.base import ATTACHED as ATTACHED
from wagtail_contracts.signing.rendering.letters.base import BEHIND as BEHIND
from wagtail_contracts.signing.rendering.letters.base import TOO_LARGE as TOO_LARGE
from wagtail_contracts.signing.rendering.letters.base import WITHHELD as WITHHELD
from wagtail_contracts.signing.rendering.letters.base import Letter as Letter
from wagtail_contracts.signing.rendering.letters.base import Words as Words
from wagtail_contracts.signing.rendering.letters.base import records as records
from wagtail_contracts.signing.rendering.letters.base import to_outsider as to_outsider
from wagtail_contracts.signing.rendering.letters.base import words as words
from wagtail_contracts.signing.rendering.letters.codes import CODES
from wagtail_contracts.signing.rendering.letters.consumers import CONSUMERS
from wagtail_contracts.signing.rendering.letters.course import COURSE
from wagtail_contracts.signing.rendering.letters.packages import PACKAGES
from wagtail_contracts.signing.rendering.letters.people import PEOPLE
from wagtail_contracts.signing.rendering.letters.seals import SEALS
from wagtail_contracts.signing.rendering.letters.talk import TALK

LETTERS: dict[str, Callable[[Words], Letter]] = {
    **COURSE,
    **CODES,
    **TALK,
    **PEOPLE,
    **CONSUMERS,
    **PACKAGES,
    **SEALS,
}


def letter(kind: str, filled: Words) -> Letter:
    """The mail of one kind, in the active language."""
    return replace(LETTERS[kind](filled), let_in_by=filled["let_in_by"])
