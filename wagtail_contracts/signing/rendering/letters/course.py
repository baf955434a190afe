"""What people are told of a contract's way from the invitation to the last signature."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wagtail_contracts.signing.core.lines import plain
from wagtail_contracts.signing.rendering.letters.base import Letter, Words, personal


def _told(w: Words) -> str:
    return (
        _(
            "This link is personal. If somebody else decides, tell %(sender)s instead of "
            "forwarding this mail."
        )
        % w
    )


def _invitation(w: Words) -> Letter:
    subject = (
        _("%(org)s: %(title)s for your review")
        if w["review"]
        else _("%(org)s: %(title)s for you to read and sign")
    )
    return Letter(
        subject % w,
        [
            _("%(sender)s of %(org)s has sent you a contract: “%(title)s”.") % w,
            _("Please answer by %(deadline)s.") % w,
            *([_("Read it, and say what should be different: signing comes later.")] * w["review"]),
            personal() if w["delegates"] else _told(w),
        ],
        _("Read the contract"),
        free=2,
        quote="\n".join(plain(line) for line in w.get("message", "").splitlines()),
    )


def _new_version(w: Words) -> Letter:
    lapsed = [
        _("Your signature on version %(signed)s no longer counts, so please look again.") % w
    ] * bool(w.get("signed"))
    return Letter(
        _version(w) % w,
        [_("“%(title)s” has changed: version %(version)s is the newest now.") % w, *lapsed],
        _("See what changed"),
        free=1,
        target="changes",
    )


def _version(w: Words) -> str:
    if not w["changes"]:
        return _("%(title)s: there is a version %(version)s")
    return ngettext(
        "%(title)s: version %(version)s has %(changes)d change",
        "%(title)s: version %(version)s has %(changes)d changes",
        w["changes"],
    )


def _signing_opened(w: Words) -> Letter:
    return Letter(
        _("%(title)s can be signed now") % w,
        [
            _("“%(title)s” from %(org)s is open for signing from now on.") % w,
            _("Please answer by %(deadline)s.") % w,
        ],
        _("Review and sign"),
    )


def _reopened(w: Words) -> Letter:
    return Letter(
        _("%(title)s is in review again") % w,
        [_("%(sender)s has taken “%(title)s” back to review. Nobody signs for now.") % w],
        _("Read the contract"),
    )


def _reminder(w: Words) -> Letter:
    return Letter(
        _("Reminder: %(title)s – answer by %(deadline)s") % w,
        [
            _("“%(title)s” from %(org)s waits for you until %(deadline)s.") % w,
            _("You opened it last on %(opened)s.") % w
            if w["opened"]
            else _("You have not opened it yet."),
            *_left(w),
        ],
        _("Continue"),
        free=2,
    )


def _left(w: Words) -> list[str]:
    """What this person has still to do, in one paragraph; none where that is nothing."""
    fields = w.get("fields", 0)
    said = ngettext(
        "%(fields)d field is left for you to fill in.",
        "%(fields)d fields are left for you to fill in.",
        fields,
    )
    task = {
        "sign": _("It is your turn to sign."),
        "wait": _("You sign after %(names)s."),
        "agree": _("Nothing is signed yet: say whether you agree to version %(version)s."),
        "approve": _("Your approval of version %(version)s is asked for."),
    }.get(w.get("task", ""), "")
    whole = " ".join(filter(None, [said if fields else "", task]))
    return [whole % w] * bool(whole)


def _new_link(w: Words) -> Letter:
    return Letter(
        _("Your new link to %(title)s") % w,
        [_("Here is a new link to “%(title)s” from %(org)s. It is for you alone.") % w],
        _("Open the contract"),
    )


def _your_turn(w: Words) -> Letter:
    return Letter(
        _("Your turn to sign: %(title)s") % w,
        [_("The others before you have signed “%(title)s”. Now it is your turn.") % w],
        _("Review and sign"),
    )


def _declined(w: Words) -> Letter:
    return Letter(
        (_("%(who)s declined %(title)s") if w["who"] else _("%(title)s was declined")) % w,
        [
            _("“%(title)s” was declined. The contract has stopped; nobody can sign any more.") % w,
            _("The reason is on the contract page."),
        ],
        _("See the reason"),
    )


def _withdrawn(w: Words) -> Letter:
    return Letter(
        _("%(org)s withdrew %(title)s") % w,
        [_("%(org)s has withdrawn “%(title)s”. There is nothing for you to do.") % w],
    )


def _expired(w: Words) -> Letter:
    subject = _("The deadline for %(title)s has passed") % w
    over = _("The deadline of “%(title)s” was %(deadline)s. Nobody can sign any more.") % w
    if w.get("extends"):
        return Letter(subject, [over], _("Extend the deadline"))
    if w.get("asks"):
        more = _("Do you need more time? Ask %(sender)s for it on the page of the contract.") % w
        return Letter(subject, [over, more], _("Ask for more time"), target="threads")
    more = _("Do you need more time? Answer this mail; it goes to %(sender)s.") % w
    return Letter(subject, [over, more], _("Read the contract"))


def _extended(w: Words) -> Letter:
    return Letter(
        _("%(title)s: more time, until %(deadline)s") % w,
        [_("“%(title)s” can be answered until %(deadline)s.") % w],
        _("Read the contract"),
        quote="\n".join(plain(line) for line in w["reason"].splitlines()),
    )


def _answered(w: Words) -> Letter:
    return Letter(
        _("%(title)s was filled in") % w,
        [_("The counterparty has filled in “%(title)s”: version %(version)s.") % w],
        _("Open the contract"),
    )


def _signed_one(w: Words) -> Letter:
    return Letter(
        _one(w) % w,
        [
            _("%(name)s has signed version %(version)s of “%(title)s”.") % w,
            *([_("There is nothing for you to do unless you sign it yourself.")] * bool(w["left"])),
        ],
        _("See progress"),
    )


def _one(w: Words) -> str:
    if w["left"]:
        return _("%(name)s signed %(title)s – %(left)d left")
    return _("%(name)s signed %(title)s")


def _undelivered(w: Words) -> Letter:
    said = [_("Their server said: %(reason)s") % w] * bool(w["reason"])
    return Letter(
        _("Not delivered: %(title)s to %(name)s") % w,
        [
            _("A mail about “%(title)s” did not reach %(name)s.") % w,
            *said,
            _("%(name)s gets no more reminders until another mail arrives.") % w,
        ]
        if said
        else [
            _("A mail about “%(title)s” could not be sent to %(name)s so far.") % w,
        ],
        _("Correct the address") if said else _("See what holds it up"),
    )


COURSE: dict[str, Callable[[Words], Letter]] = {
    "invitation": _invitation,
    "new_version": _new_version,
    "signing_opened": _signing_opened,
    "reopened": _reopened,
    "reminder": _reminder,
    "new_link": _new_link,
    "your_turn": _your_turn,
    "declined": _declined,
    "withdrawn": _withdrawn,
    "expired": _expired,
    "extended": _extended,
    "answered": _answered,
    "signed_one": _signed_one,
    "undelivered": _undelivered,
}
