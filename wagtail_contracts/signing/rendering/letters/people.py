"""What people are told of who takes part: whoever comes in, goes, or is asked for."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from wagtail_contracts.signing.core.lines import plain
from wagtail_contracts.signing.rendering.letters.base import Letter, Words, personal


def _quote(w: Words) -> str:
    return "\n".join(plain(line) for line in w.get("message", "").splitlines())


def _forwarded(w: Words) -> Letter:
    return Letter(
        _("%(who)s asks you to take over %(title)s") % w,
        [
            _("%(who)s got “%(title)s” from %(org)s and asks you to take over: you decide.") % w,
            *([_("Please answer by %(deadline)s.") % w] * bool(w["deadline"])),
            personal(),
        ],
        _("Read the contract"),
        quote=_quote(w),
        quoted=w["who"],
    )


def _person_added(w: Words) -> Letter:
    return Letter(
        _("%(who)s asks you to look at %(title)s") % w,
        [_task(w) % w, personal()],
        _("Read the contract"),
        quote=_quote(w),
        quoted=w["who"],
    )


def _task(w: Words) -> str:
    return {
        "signatory": _("You are asked to read “%(title)s” from %(org)s and to sign it."),
        "approver": _("You are asked to read “%(title)s” from %(org)s and to approve it."),
        "adviser": _("You are asked to read “%(title)s” from %(org)s and to give advice."),
    }.get(w.get("role", ""), _("You can read “%(title)s” from %(org)s. You sign nothing."))


def _person_replaced(w: Words) -> Letter:
    return Letter(
        _("You no longer take part in %(title)s") % w,
        [
            _("Somebody else takes your place in “%(title)s”. Your link has stopped working.") % w,
            _("There is nothing for you to do."),
        ],
    )


def _access_revoked(w: Words) -> Letter:
    return Letter(
        _("You no longer take part in %(title)s") % w,
        [
            _("Your link to “%(title)s” has stopped working.") % w,
            _("There is nothing for you to do."),
        ],
    )


def _people_changed(w: Words) -> Letter:
    return Letter(
        _("%(title)s: other people take part now") % w,
        [_("%(who)s has changed who takes part in “%(title)s”. There is nothing to do.") % w],
        _("See who has access"),
        target="people",
    )


def _person_asked(w: Words) -> Letter:
    return Letter(
        _("%(who)s wants somebody else in %(title)s") % w,
        [_("It needs your consent: until then nothing changes.")],
        _("Answer"),
    )


def _person_confirmed(w: Words) -> Letter:
    return Letter(
        _("%(who)s consents to who you named in %(title)s") % w,
        [_("The person you named takes part in “%(title)s” now.") % w],
        _("Open the contract"),
    )


def _person_refused(w: Words) -> Letter:
    return Letter(
        _("%(who)s does not consent to who you named in %(title)s") % w,
        [_("Nothing has changed: you take part in “%(title)s” as before.") % w],
        _("Open the contract"),
    )


PEOPLE: dict[str, Callable[[Words], Letter]] = {
    "forwarded": _forwarded,
    "person_added": _person_added,
    "person_replaced": _person_replaced,
    "access_revoked": _access_revoked,
    "people_changed": _people_changed,
    "person_asked": _person_asked,
    "person_confirmed": _person_confirmed,
    "person_refused": _person_refused,
}
