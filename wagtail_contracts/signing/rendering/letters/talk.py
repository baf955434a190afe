"""What people are told of the talk about a contract: that something was said, never what.

`who` said it, about the clause with the number `clause` or about all of it; `n` times where one
mail tells of several.
"""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wagtail_contracts.signing.rendering.letters.base import Letter, Words


def _several(w: Words) -> str:
    said = ngettext("%(n)d new comment in %(title)s", "%(n)d new comments in %(title)s", w["n"])
    return said % w


def _commented(w: Words) -> Letter:
    one = (
        _("%(who)s commented on clause %(clause)s in %(title)s") % w
        if w["clause"]
        else _("%(who)s commented on %(title)s") % w
    )
    return Letter(
        one if w["n"] == 1 and w["who"] else _several(w),
        [_("What was said stands on the page of “%(title)s”. Answer there.") % w],
        _("See the comments"),
        target="threads",
    )


def _asked(w: Words) -> Letter:
    one = (
        _("%(who)s asked about clause %(clause)s in %(title)s") % w
        if w["clause"]
        else _("%(who)s asked about %(title)s") % w
    )
    several = ngettext("%(n)d question about %(title)s", "%(n)d questions about %(title)s", w["n"])
    return Letter(
        one if w["n"] == 1 and w["who"] else several % w,
        [
            ngettext(
                "A question waits for your answer.", "%(n)d questions wait for your answer.", w["n"]
            )
            % w
        ],
        _("Answer"),
        target="threads",
    )


def _mentioned(w: Words) -> Letter:
    several = ngettext(
        "You were mentioned %(n)d time in %(title)s",
        "You were mentioned %(n)d times in %(title)s",
        w["n"],
    )
    once = w["n"] == 1 and w["who"]
    return Letter(
        _("%(who)s mentioned you in %(title)s") % w if once else several % w,
        [_("Somebody wants you to read a comment on the page of “%(title)s”.") % w],
        _("See the comments"),
        target="threads",
    )


def _suggested(w: Words) -> Letter:
    lines = [_("It is about clause %(clause)s.") % w] * bool(w["clause"])
    return Letter(
        _("%(who)s suggests a change in %(title)s") % w,
        [*lines, _("Accepting it makes a new version.")],
        _("See the suggestion"),
        target="threads",
    )


def _suggestion_accepted(w: Words) -> Letter:
    return Letter(
        _("%(who)s accepted a suggestion of yours in %(title)s") % w,
        [_("There is a version %(version)s of “%(title)s” with it.") % w],
        _("See what changed"),
        target="changes",
    )


def _suggestion_dismissed(w: Words) -> Letter:
    return Letter(
        _("%(who)s answered a suggestion of yours in %(title)s") % w,
        [_("It was not taken into “%(title)s”. The answer stands on its page.") % w],
        _("See the answer"),
        target="threads",
    )


def _more_time_asked(w: Words) -> Letter:
    return Letter(
        _("%(who)s asks for more time for %(title)s") % w,
        [_("Now it must be answered by %(deadline)s.") % w],
        _("Extend the deadline"),
        target="threads",
    )


def _agreed(w: Words) -> Letter:
    return Letter(
        _("%(who)s agrees to %(title)s") % w,
        [_("It is about version %(version)s. Nothing is signed yet.") % w],
        _("See progress"),
    )


TALK: dict[str, Callable[[Words], Letter]] = {
    "commented": _commented,
    "asked": _asked,
    "mentioned": _mentioned,
    "suggested": _suggested,
    "suggestion_accepted": _suggestion_accepted,
    "suggestion_dismissed": _suggestion_dismissed,
    "more_time_asked": _more_time_asked,
    "agreed": _agreed,
}
