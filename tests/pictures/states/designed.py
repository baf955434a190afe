"""The states that were designed before anything was built, screen by screen, and their pictures.

`later` says what a state waits for that has no picture: the means that it is about.
"""

from __future__ import annotations

from typing import NamedTuple


class Designed(NamedTuple):
    """A state of a screen, and the names of the pictures that show it."""

    state: str
    pictures: str = ""
    later: str = ""


MEANS = "The contract of these states is signed by a code by e-mail."
DRAWING = "Each is another; here the name is typed."
NEVER = "It is no means of identification here."
SCREENS: dict[str, tuple[Designed, ...]] = {
    "The contract": (
        Designed("your turn, fields open", "turn"),
        Designed("ready to sign", "ready"),
        Designed("new version since you looked", "news came"),
        Designed("waiting for others (I signed)", "waiting"),
        Designed("not my turn yet", "not-yet"),
        Designed("signed by all", "signed"),
        Designed("declined", "declined"),
        Designed("expired", "expired"),
        Designed("withdrawn", "withdrawn"),
        Designed("validation error", "problem"),
        Designed("offline", "offline"),
        Designed("for review first: before and after “I agree”", "review agree agree-next agreed"),
        Designed("comments below their clause", "talk"),
        Designed(
            "other wording, shown as a comparison before it is sent",
            "suggest suggest-look suggest-stale suggested suggested-below suggested-all",
        ),
        Designed("another quantity", "suggest-quantity suggest-quantity-look"),
    ),
    "Identity": (
        Designed("code by e-mail", "code"),
        Designed("a wrong code, tries left", "code-wrong code-spent"),
        Designed("the code has expired", "code-late"),
        Designed("before the text is shown", "identify confidential"),
        Designed("code by SMS", later=MEANS),
        Designed("BankID", later=MEANS),
        Designed("passkey", later=NEVER),
        Designed("in person", later=MEANS),
    ),
    "Review and sign": (
        Designed("review", "review-and-sign"),
        Designed("stale version", "review-stale"),
        Designed("missing answers", "review-missing review-nameless"),
        Designed("busy", "signing"),
        Designed("done, with the receipt", "done"),
        Designed("done, all have signed", "done-by-all"),
        Designed("drawn signature", later=DRAWING),
    ),
    "What changed": (
        Designed("changes since you looked", "changes changes-two changes-kinds"),
        Designed("your signature no longer counts", "changes-signed"),
        Designed("nothing changed, or a first visit", "changes-none"),
        Designed("most of the text is new", "changes-most"),
        Designed("exhibit replaced", "changes-exhibit"),
    ),
    "Decline": (
        Designed("decline", "decline"),
        Designed("no reason", "decline-reasonless"),
    ),
    "Forward": (
        Designed("forward", "forward forward-nobody"),
        Designed("pending consent", "person-asked owner-person-asked owner-answering"),
        Designed("refused", "person-refused"),
        Designed("accepted", "forwarded person-added"),
        Designed("who has access", "people"),
    ),
    "Questions and comments": (
        Designed("all threads", "threads"),
        Designed("ask a question", "ask ask-wordless"),
        Designed("ask for more time", "ask-time time-asked owner-time-asked"),
        Designed("a suggestion, as it is decided", "owner-suggested owner-deciding"),
    ),
    "Check a file": (
        Designed("start", "verify verify-nothing"),
        Designed("unchanged", "verify-unchanged"),
        Designed("changed after sealing", "verify-changed"),
        Designed("a file that we do not know", "verify-unsealed"),
        Designed("not a PDF", "verify-unreadable"),
        Designed("checking", "verify-checking"),
        Designed("too large", "verify-large"),
        Designed("replaced by a newer agreement", later="It comes with agreements that follow."),
        Designed("several files", later="One file is checked at a time by now."),
    ),
    "Links": (
        Designed("from the mail", "link"),
        Designed("unknown or mistyped", "link-unknown help-lost"),
        Designed("too old, and another one", "link-over link-asked"),
        Designed("forwarded", "forwarded"),
        Designed("too often", "link-too-often"),
        Designed("server error", "broken"),
        Designed("help", "help help-inside"),
        Designed("copied, and logged", "owner-copying owner-copied owner-logged"),
        Designed("by SMS", "owner-phones owner-phoneless sms-invitation"),
    ),
    "Mails": (
        Designed("invitation", "mail-invitation"),
        Designed("approval request", "mail-approval-asked"),
        Designed("reminder", "mail-reminder"),
        Designed("new version", "mail-new-version"),
        Designed("comment", "mail-asked"),
        Designed("suggestion", "mail-suggested"),
        Designed("your turn", "mail-your-turn"),
        Designed("signed (one)", "mail-signed-one"),
        Designed("signed by all, with the copy", "mail-sealed"),
        Designed("declined", "mail-declined"),
        Designed("expired, and more time", "mail-expired mail-extended"),
        Designed("withdrawn", "mail-withdrawn"),
        Designed("forwarded", "mail-forwarded mail-person-asked"),
        Designed("let in, and out", "mail-person-added mail-access-ended"),
        Designed("code", "mail-code"),
        Designed("another link", "mail-new-link"),
        Designed("delivery failed", "mail-undelivered owner-bounced"),
    ),
}
