"""What the examination found, in words: what it is, what to do; and the mail to the named people.

Of a contract the mail says the number and where it is, never the title.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wagtail_contracts.contracts.rendering.addresses import absolute, host
from wagtail_contracts.contracts.rendering.days import short_moment
from wagtail_contracts.signing.core.lines import plain
from wagtail_contracts.signing.rendering.mail import FOLDER, overview

PAGE = "wagtail_contracts_examination"
SHOWN = 20  # in one mail; the page has them all
COMPARE = gettext_lazy(
    "Write nothing more to this database. Keep it as it is, put the newest backup beside it, and "
    "compare both with the sealed files that the parties hold (audit_verify --anchor)."
)
ROWS = gettext_lazy(
    "Run contracts_check for this contract: it names the row. Take it from a backup, and find out "
    "who wrote to the database."
)
COPY = gettext_lazy(
    "Copy the file from a backup; every party has the same. It is the right one if its SHA-256 is "
    "in its name."
)
WRITER = gettext_lazy(
    "Find out which program or person wrote to the database then: its log and ours name the time."
)
ASK = gettext_lazy(
    "Nothing of ours was changed. Ask who shows it where they have it from, and warn the parties."
)
WORKER = gettext_lazy("Start the worker: outbox_deliver --watch. Then see what it finds.")
MORE_TIME = gettext_lazy("Give it more seconds of each minute, or a longer cycle, in the settings.")
SERVICE = gettext_lazy("See in the log what the service says, and set it right.")
NEXT = gettext_lazy(
    "Get the next one by sealing_identity create or request, and exchange them by rotate. What is "
    "sealed stays as it is."
)
WORDS: dict[str, tuple[Any, Any]] = {
    "trail": (gettext_lazy("The record of what happened has been changed"), COMPARE),
    "trail_missing": (gettext_lazy("The record of what happened is gone"), COMPARE),
    "log": (gettext_lazy("A signed checkpoint does not fit the records"), COMPARE),
    "stamp": (gettext_lazy("The time-stamp of a checkpoint does not hold"), COMPARE),
    "stamp_over": (
        gettext_lazy("The time-stamp of a checkpoint was not renewed in time"),
        gettext_lazy(
            "Nothing was changed. Ask an authority for time whose certificate ends later; what "
            "anchors and parties hold still tells of the older records."
        ),
    ),
    "kept": (
        gettext_lazy("A checkpoint kept elsewhere tells of records that are not here"),
        COMPARE,
    ),
    "kept_gone": (
        gettext_lazy("Checkpoints are gone from where they were kept"),
        gettext_lazy(
            "Take what was kept there from its own backup, compare it (audit_verify --anchor), and "
            "find out who removed it."
        ),
    ),
    "kept_unread": (gettext_lazy("Where checkpoints are kept can’t be read"), SERVICE),
    "disclosure_missing": (gettext_lazy("A personal value is gone and was never erased"), ROWS),
    "disclosure_other": (gettext_lazy("A personal value is another one now"), ROWS),
    "disclosure_back": (
        gettext_lazy("A personal value that was erased is back"),
        gettext_lazy("Erase it again: a backup has brought it back."),
    ),
    "disclosure_locked": (
        gettext_lazy("A personal value is encrypted with a key that is not here"),
        gettext_lazy("Put the key back into KEYS; it is kept apart from the database."),
    ),
    "triggers": (
        gettext_lazy("The database no longer refuses to change evidence"),
        gettext_lazy("Run migrate, which sets the triggers again, and find out who removed them."),
    ),
    "refused": (gettext_lazy("Somebody tried to change evidence, and was refused"), WRITER),
    "file_missing": (gettext_lazy("A sealed file is missing"), COPY),
    "file_altered": (gettext_lazy("A sealed file has been altered"), COPY),
    "file_unread": (gettext_lazy("A sealed file can’t be read"), SERVICE),
    "exhibit_unread": (gettext_lazy("A file that a contract names can’t be read"), SERVICE),
    "file_row": (gettext_lazy("What is noted about a sealed file has been changed"), ROWS),
    "file_unproved": (gettext_lazy("The seal of a file does not hold"), COPY),
    "file_other": (gettext_lazy("A sealed file tells something else than our rows"), ROWS),
    "file_trail": (gettext_lazy("A sealed file tells something else than our record"), COMPARE),
    "seal_orphan": (gettext_lazy("A sealed file is about a text that is not here"), ROWS),
    "copy_altered": (gettext_lazy("Somebody showed an altered copy"), ASK),
    "copy_contradicts": (
        gettext_lazy("Somebody showed a sealed file that our record contradicts"),
        COMPARE,
    ),
    "examination_away": (gettext_lazy("This site did not examine itself"), WORKER),
    "examination_slow": (gettext_lazy("The examination does not get through"), MORE_TIME),
    "checkpoint_unsigned": (gettext_lazy("No checkpoint was signed for hours"), SERVICE),
    "checkpoint_unstamped": (gettext_lazy("A checkpoint has no time-stamp yet"), SERVICE),
    "checkpoint_unplaced": (gettext_lazy("A checkpoint is not kept elsewhere yet"), SERVICE),
    "seal_without_time": (gettext_lazy("A seal still lacks its time-stamp"), SERVICE),
    "seal_without_revocation": (
        gettext_lazy("A seal still lacks that its certificate was not revoked"),
        SERVICE,
    ),
    "seal_revoked": (
        gettext_lazy("A seal proves nothing: its certificate was revoked before its time-stamp"),
        gettext_lazy(
            "Tell the parties: what they signed stands, and our records tell of it, but the file "
            "does not prove itself. Exchange the seal by sealing_identity rotate, and have a copy "
            "of the contract signed where a sealed one is needed."
        ),
    ),
    "seal_over": (
        gettext_lazy("A seal can’t be completed any more: a certificate of it is over"),
        gettext_lazy(
            "Nothing was changed. Take the proof of the contract along: where a time-stamped "
            "checkpoint of that time covers the file, NAME.proof.json shows that it existed then."
        ),
    ),
    "ages_seal": (gettext_lazy("The certificate of the seal ends soon"), NEXT),
    "ages_algorithm": (gettext_lazy("The algorithm of the seal retires soon"), NEXT),
    "ages_checkpoints": (
        gettext_lazy("The newest time-stamp over all records ends soon"),
        gettext_lazy(
            "Ask an authority for time whose certificate ends later: one time-stamp of its own "
            "renews all of them."
        ),
    ),
    "ages_files": (
        gettext_lazy("Sealed files soon no longer prove themselves"),
        gettext_lazy(
            "Set TIMESTAMP in AUDIT, so that checkpoints prove them, or run "
            "contracts_renew_seals --in-file."
        ),
    ),
}
ROW = gettext_lazy("Something stored is not what the record of it tells")


def what(code: str) -> str:
    """What was found, in one sentence without its full stop."""
    return str(WORDS.get(code, (ROW, ROWS))[0])


def cure(code: str) -> str:
    """What to do about it."""
    return str(WORDS.get(code, (ROW, ROWS))[1])


def irregular(event: Any) -> dict[str, str]:
    """What the sentence of an event about an alarm is filled with."""
    return {"finding": what(event.data["code"])}


def mail(found: Sequence[Any], recipients: Sequence[str], *, identity: str) -> EmailMessage:
    """One mail about what rang at once; `identity` is that of the message."""
    name = host().partition(":")[0] or "localhost"
    lines = [line for one in found[:SHOWN] for line in _lines(one)]
    if more := len(found) - SHOWN if len(found) > SHOWN else 0:
        lines.append(ngettext("And %(n)d more.", "And %(n)d more.", more) % {"n": more})
    lines.append(_("All of it, and what to do: %s") % absolute(reverse(PAGE)))
    return EmailMessage(
        subject=plain(_subject(found)),
        body=render_to_string(f"{FOLDER}/alarm.txt", {"lines": lines, "host": host()}),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=list(recipients),
        headers={"Message-ID": f"<{identity}@{name}>", "Auto-Submitted": "auto-generated"},
    )


def _subject(found: Sequence[Any]) -> str:
    words = {"host": host(), "what": what(found[0].alarm.code), "n": len(found)}
    if len(found) == 1:
        return _("Alarm on %(host)s: %(what)s") % words
    many = ngettext(
        "Alarm on %(host)s: %(n)d finding", "Alarm on %(host)s: %(n)d findings", len(found)
    )
    return many % words


def _lines(one: Any) -> list[str]:
    alarm = one.alarm
    words = {"what": what(alarm.code), "moment": short_moment(alarm.found_at)}
    told = [_("%(what)s. Found on %(moment)s.") % words]
    if one.contract:
        number, address = one.contract.number, overview(one.contract)
        told.append(_("Contract %(number)s: %(address)s") % {"number": number, "address": address})
    if alarm.why:
        told.append(_("In detail: %s") % plain(alarm.why))
    return [*told, _("What to do: %s") % cure(alarm.code)]
