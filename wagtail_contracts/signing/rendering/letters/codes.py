"""The mails with a code: to sign, to read what is confidential, and to take the sealed copy."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from wagtail_contracts.signing.rendering.letters.base import Letter, Words


def _code(w: Words) -> Letter:
    return Letter(
        _("%(code)s is your code for %(title)s") % w,
        [
            _("Your code is %(code)s. It is valid for %(minutes)s minutes.") % w,
            _("Did not ask for it? Ignore this mail; nothing is signed."),
        ],
    )


def _entry_code(w: Words) -> Letter:
    return Letter(
        _("%(code)s is your code for a contract from %(org)s") % w,
        [
            _("Your code is %(code)s. It is valid for %(minutes)s minutes.") % w,
            _(
                "With it you show that you are the person for whom a confidential contract is "
                "meant; nothing is signed by that."
            ),
            _("If you sign the version that you read within ten minutes, no second code is asked."),
            _("Did not ask for it? Tell %(sender)s: somebody has your personal link.") % w,
        ],
    )


def _copy_code(w: Words) -> Letter:
    return Letter(
        _("%(code)s is your code for a contract from %(org)s") % w,
        [
            _("Your code is %(code)s. It is valid for %(minutes)s minutes.") % w,
            _("With it you take the sealed copy of a signed contract."),
            _("Did not ask for it? Tell %(sender)s: somebody has your personal link.") % w,
        ],
    )


CODES: dict[str, Callable[[Words], Letter]] = {
    "code": _code,
    "entry_code": _entry_code,
    "copy_code": _copy_code,
}
