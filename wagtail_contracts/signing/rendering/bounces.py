"""Why a mail came back, in our words: those of other servers are for their own kind.

Source: RFC 3463, whose codes say what was wrong with what.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

BOUNCED = "bounced:"  # begins the detail of a notification, before the status
# By the beginning of the code without its class; the longest that fits is taken.
REASONS: dict[str, Any] = {
    "1.": gettext_lazy("nobody has this address there."),
    "1.2": gettext_lazy("there is no such domain."),
    "1.8": gettext_lazy("they do not take mails from our address."),
    "2.": gettext_lazy("this mailbox takes no mails."),
    "2.2": gettext_lazy("the mailbox is full."),
    "2.3": gettext_lazy("the mail is too large for them."),
    "3.": gettext_lazy("their mail server can't take it."),
    "3.4": gettext_lazy("the mail is too large for them."),
    "4.": gettext_lazy("their mail server can't be reached."),
    "7.": gettext_lazy("they refuse the mail as unwanted, or by their rules."),
}


def reason(status: str) -> str:
    """What a status of RFC 3463 says, to complete “Their server said:”."""
    _class, _dot, rest = status.partition(".")
    fitting = [begin for begin in REASONS if _fits(rest, begin)]
    if not fitting:
        return _("it did not take the mail (%(status)s).") % {"status": status}
    return str(REASONS[max(fitting, key=len)])


def reason_of(detail: str) -> str:
    """The same for the detail of a notification; empty where no other server said anything."""
    return reason(detail.removeprefix(BOUNCED)) if detail.startswith(BOUNCED) else ""


def _fits(rest: str, begin: str) -> bool:
    return rest == begin or (begin.endswith(".") and rest.startswith(begin))
