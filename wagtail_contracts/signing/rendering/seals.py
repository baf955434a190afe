"""How far a seal goes, what it lacks, and who vouches for the records, in people's words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_contracts.audit.flows import Told
from wagtail_contracts.contracts.rendering.days import moment

OWN_CLOCK = "B-B"
# What the words of ETSI EN 319 142-1 say to people.
LEVELS: dict[str, Any] = {
    OWN_CLOCK: gettext_lazy("a seal; its time is our own clock’s"),
    "B-T": gettext_lazy("a seal, with a time that others confirm"),
    "B-LT": gettext_lazy("a seal with such a time, and with what proves the certificates"),
    "B-LTA": gettext_lazy("a seal that can be renewed for decades"),
}
LACKS: dict[str, Any] = {
    "time": gettext_lazy(
        "So far the seal holds the time of our own clock: the authority that is to confirm it gave "
        "no answer, or none that holds. It is asked again by itself, and everybody is told when "
        "the completed file is there."
    ),
    "revocation": gettext_lazy(
        "So far the seal does not hold what proves that its certificates were not revoked: their "
        "issuer gave no answer, or none that holds. It is asked again by itself, and everybody is "
        "told when the completed file is there."
    ),
    "revoked": gettext_lazy(
        "The seal proves nothing: its certificate was revoked before the time-stamp was made, says "
        "the issuer. Nobody is asked again."
    ),
    "over": gettext_lazy(
        "The seal does not go as far as was wanted: a certificate of it was over before all that "
        "belongs to it could be had. Nobody is asked again."
    ),
}


@dataclass(frozen=True)
class Attested:
    """A checkpoint in words; `stamped` and `placed` are sentences, whether it is or not."""

    number: int
    at: str
    stamped: str
    placed: str


def level(word: str) -> str:
    """The word of the standard with what it says; the word alone where nobody knows it."""
    return f"{word}: {LEVELS[word]}" if word in LEVELS else word


def listed(*, qualified: bool) -> str:
    """Whether the seal is on a trust list of the EU, as far as the site knows."""
    if qualified:
        return _(
            "It is a qualified seal, as the site has been told of its issuer (Regulation (EU) No "
            "910/2014, article 35). The site asks no trust list of the EU."
        )
    return _(
        "It is not on a trust list of the EU, as far as the site knows: a seal, and no qualified "
        "one (Regulation (EU) No 910/2014, article 35)."
    )


def lacks(what: str) -> str:
    """What a seal has not yet, and what becomes of that; empty for nothing."""
    return str(LACKS.get(what, ""))


def attested(point: Told, zone: ZoneInfo) -> Attested:
    """A checkpoint, with times in a zone."""
    stamped = _("No independent time.")
    if point.stamped_at:
        words = {"who": point.stamped_by, "at": moment(point.stamped_at, zone)}
        stamped = _("Time-stamped by %(who)s: %(at)s.") % words
    placed = _("Kept nowhere else yet.")
    if point.anchors:
        placed = _("Also kept at: %(places)s.") % {"places": ", ".join(point.anchors)}
    return Attested(point.size, moment(point.at, zone), stamped, placed)
