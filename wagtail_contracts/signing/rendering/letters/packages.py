"""What one person is told of several contracts at once."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wagtail_contracts.signing.core.lines import plain
from wagtail_contracts.signing.rendering.letters.base import Letter, Words, personal


def _package(w: Words) -> Letter:
    said = ngettext(
        "%(org)s: %(n)d contract for you to read and sign",
        "%(org)s: %(n)d contracts for you to read and sign",
        w["n"],
    )
    return Letter(
        said % w,
        [
            _("%(sender)s of %(org)s has sent you these contracts:") % w,
            *(f"– {plain(title)}" for title in w["titles"]),
            _("Each is read, signed or declined by itself; one link leads to all of them.") % w,
            _("Please answer by %(deadline)s.") % w,
            personal(),
        ],
        _("See the contracts"),
        quote="\n".join(plain(line) for line in w["message"].splitlines()),
        target="package",
    )


def _package_reminder(w: Words) -> Letter:
    said = ngettext(
        "Reminder: %(n)d contract from %(org)s waits for you",
        "Reminder: %(n)d contracts from %(org)s wait for you",
        w["n"],
    )
    return Letter(
        said % w,
        [
            _("These contracts from %(org)s wait for you:") % w,
            *(f"– {plain(title)}" for title in w["titles"]),
            _("Please answer by %(deadline)s.") % w,
        ],
        _("See the contracts"),
        target="package",
    )


PACKAGES: dict[str, Callable[[Words], Letter]] = {
    "package": _package,
    "package_reminder": _package_reminder,
}
