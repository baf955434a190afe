"""What the list of laws says, in sentences; each names its source."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_contracts.contracts.core import law
from wagtail_contracts.contracts.models.lawful import KINDS, PLACES

WHY = {
    ("land", law.NORWAY): gettext_lazy(
        "The register takes what is signed in its own service only; a guardian needs the consent "
        "of the county governor."
    ),
    ("guarantee", law.NORWAY): gettext_lazy(
        "Nobody guarantees for others as a guardian without special reasons and the consent of the "
        "county governor."
    ),
    ("deed", law.ENGLAND): gettext_lazy(
        "Each signature needs a witness who is physically present: ask for one with every person "
        "who signs."
    ),
    ("land", law.ENGLAND): gettext_lazy(
        "The register takes electronic signatures only under its own rules, with a conveyancer and "
        "a witness."
    ),
}
NO_WITNESS = gettext_lazy(
    "“%(name)s” signs in the admin, where no witness speaks: take the witness out, or the account."
)
BARRED = {
    law.GUARDIAN: gettext_lazy("by a guardian"),
    law.ATTORNEY: gettext_lazy("by power of attorney"),
    law.WITNESS: gettext_lazy("before a witness who signs electronically"),
}


def void(kind: str, place: str) -> str:
    """Why such a contract is not sent; "" where it may be."""
    if not law.is_void(kind, place):
        return ""
    said = _("“%(kind)s” can't be signed electronically there: %(place)s, %(source)s.")
    return said % _words(kind, place)


def warning(kind: str, place: str) -> str:
    """What whoever writes such a template has to know; "" where nothing is known."""
    found = law.provision(kind, place)
    if found is None or found.effect == law.VOID:
        return ""
    said = WHY.get((kind, place)) or _(
        "The law may exclude the electronic form, or ask for more than this. Ask a lawyer."
    )
    words = {**_words(kind, place), "why": said}
    return _("“%(kind)s”, %(place)s: %(why)s (%(source)s)") % words


def barred(kind: str, place: str, asked: Collection[str]) -> list[str]:
    """What of the capacities and witnesses that are asked for can't be used there."""
    said = _("“%(kind)s” is not signed %(how)s there: %(place)s, %(source)s.")
    return [
        said % {**_words(kind, place), "how": BARRED[one]} for one in law.barred(kind, place, asked)
    ]


def _words(kind: str, place: str) -> dict[str, str]:
    found = law.provision(kind, place)
    return {
        "kind": str(dict(KINDS)[kind]),
        "place": str(dict(PLACES)[place]),
        "source": found.source if found else "",
    }
