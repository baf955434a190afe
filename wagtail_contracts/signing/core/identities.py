"""Whether somebody who was shown is the one who is expected."""

from __future__ import annotations

import hmac
import re

from wagtail_contracts.signing.core.names import same_name
from wagtail_contracts.signing.core.shown import Shown

NAME, NATIONAL_ID = "name", "national_id"


def difference(shown: Shown, name: str, national_id: str) -> str:
    """What differs: "national_id" where one is expected, else "name"; "" where nothing does.

    Whoever has the number that is expected is that person, whatever their name is today.
    """
    if national_id:
        same = hmac.compare_digest(_plain(shown.national_id), _plain(national_id))
        return "" if same and _plain(national_id) else NATIONAL_ID
    return "" if same_name(shown.name, name) else NAME


def _plain(number: str) -> bytes:
    """Its letters and digits: registers and people group them differently."""
    return re.sub(r"[\W_]", "", number).casefold().encode()
