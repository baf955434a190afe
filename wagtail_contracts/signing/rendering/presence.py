"""Who else was present when somebody signed: the host of the device, and witnesses; and for whom.

In the records of the sealed file these stand beside the signature, where there is anything to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext as _

from wagtail_contracts import canonical
from wagtail_contracts.contracts.models import ContractVersion, person_name
from wagtail_contracts.contracts.rendering.around import spoken
from wagtail_contracts.signing.models import Signature
from wagtail_contracts.signing.rendering.consent import short


def statement(version: ContractVersion, name: str, language: str) -> str:
    """What a witness affirms: the sentence above the button, which is stored with the name."""
    words = {
        "name": name,
        "number": version.number,
        "title": version.content["title"],
        "digest": short(version.digest),
    }
    with translation.override(spoken(language)):
        return (
            _(
                "I was present when %(name)s signed version %(number)s of “%(title)s” "
                "(%(digest)s). I am no party to it."
            )
            % words
        )


def told(signature: Signature) -> dict[str, Any]:
    """For evidence.json. Where a witness is found is not said: that stays with us."""
    witnesses = [{**one, "at": canonical.moment(one["at"])} for one in _witnesses(signature)]
    found = {"acts_as": signature.acts_as, "host": _host(signature), "witnesses": witnesses}
    return {name: said for name, said in found.items() if said}


def printed(signature: Signature, zone: ZoneInfo) -> dict[str, Any]:
    """For the signature page, with times in the zone that is printed."""
    witnesses = [{**one, "at": one["at"].astimezone(zone)} for one in _witnesses(signature)]
    return {"acts_as": signature.acts_as, "host": _host(signature), "witnesses": witnesses}


def _host(signature: Signature) -> str:
    host = signature.identification.host
    return person_name(host) if host else ""


def _witnesses(signature: Signature) -> Iterator[dict[str, Any]]:
    names = ("name", "statement", "language", "at")
    for row in signature.attestations.order_by("place"):
        yield {name: getattr(row, name) for name in names}
