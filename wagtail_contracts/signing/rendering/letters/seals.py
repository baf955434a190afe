"""What people are told when a contract is sealed, and when the seal goes as far as was wanted."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from wagtail_contracts.signing.rendering.letters.base import (
    BEHIND,
    TOO_LARGE,
    WITHHELD,
    Letter,
    Words,
)
from wagtail_contracts.signing.rendering.seals import lacks


def _sealed(w: Words) -> Letter:
    return Letter(
        _("Signed: %(title)s") % w
        if w["copy"] in (WITHHELD, BEHIND)
        else _("Signed: %(title)s – your copy") % w,
        [
            _("Everyone has signed “%(title)s”. It is sealed and can't be changed unnoticed.") % w,
            _file(w["copy"]) % w,
            *_lacking(w),
            _("Anyone can check such a file: %(verify)s") % w,
        ],
        _("Open the contract"),
        free=1,
    )


def _completed(w: Words) -> Letter:
    return Letter(
        _("The seal is completed: %(title)s") % w
        if w["copy"] in (WITHHELD, BEHIND)
        else _("The seal is completed: %(title)s – your copy") % w,
        [
            _(
                "The seal of “%(title)s” goes further now than when you got your first copy. The "
                "text and the signatures are the same."
            )
            % w,
            _file(w["copy"]) % w,
            *_lacking(w),
            _("Keep this file instead of the first one, which stays genuine, too."),
            _("Anyone can check such a file: %(verify)s") % w,
        ],
        _("Open the contract"),
    )


def _lacking(w: Words) -> list[str]:
    """What the seal has not yet, in one paragraph; none where it has all that was wanted."""
    return [lacks(w["lacks"])] * bool(w["lacks"])


def _file(copy: str) -> str:
    if copy == WITHHELD:
        return _(
            "The sealed PDF holds sensitive data, so it is not in this mail: it lies in the admin, "
            "for those who may see them. Its fingerprint (SHA-256) is %(file)s."
        )
    if copy == BEHIND:
        return _(
            "The sealed PDF is not in this mail: get it on the page of the contract, where you "
            "show who you are. Its fingerprint (SHA-256) is %(file)s."
        )
    if copy == TOO_LARGE:
        return _(
            "The sealed PDF is too large for a mail (%(size)s): get it on the page of the "
            "contract. Its fingerprint (SHA-256) is %(file)s."
        )
    return _("The sealed PDF is attached (%(size)s). Its fingerprint (SHA-256) is %(file)s.")


def _seal_delayed(w: Words) -> Letter:
    return Letter(
        _("%(title)s waits for its seal") % w,
        [
            _("Everyone has signed “%(title)s”, and nothing is lost: the signatures are kept.") % w,
            _(
                "The seal has not been made within ten minutes. It is tried again by itself, and "
                "everybody gets the sealed copy once it is there."
            ),
        ],
        _("See what holds it up"),
    )


SEALS: dict[str, Callable[[Words], Letter]] = {
    "sealed": _sealed,
    "seal_delayed": _seal_delayed,
    "completed": _completed,
}
