"""What is said when a consumer withdraws from a signed contract."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from wagtail_contracts.signing.rendering.letters.base import Letter, Words


def _retraction(w: Words) -> Letter:
    """The receipt, on a medium that the consumer keeps: what was said, and when it came in."""
    return Letter(
        _("Receipt: you have withdrawn from %(title)s") % w,
        [
            _("%(org)s received this from you on %(at)s:") % w,
            str(w["said"]),
            _("Keep this mail: it is your receipt.") % w,
        ],
        _("Open the contract"),
        target="retract",
    )


def _retracted(w: Words) -> Letter:
    return Letter(
        _("%(who)s withdrew from %(title)s") % w,
        [
            _("%(who)s has withdrawn from “%(title)s” as a consumer, on %(at)s.") % w,
            _("The sealed contract stays as it is. What was paid has to be paid back."),
        ],
        _("Open the contract"),
    )


CONSUMERS: dict[str, Callable[[Words], Letter]] = {
    "retraction": _retraction,
    "retracted": _retracted,
}
