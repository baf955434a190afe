"""The register of what is kept: which data, what for, on which basis, how long, and what then.

It is the code that `flows.privacy.retaining` carries out, the page in the admin, the privacy
notice and docs/reference/register.md. Every table is in it: a test walks the models.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wagtail_contracts.contracts.models import Workspace

CODES, VIEWS, NOTICES, DEVICES = 30, 90, 90, 365  # days
ATTEMPTS = 2  # days, longer than any window in which something is counted
ENDED, DRAFTS, SIGNED = 6, 12, 120  # months; the last where a workspace says nothing
HOUSE, SIGNING, AUDIT = "wagtail_contracts", "wagtail_contracts_signing", "wagtail_contracts_audit"
EXAMINED = (AUDIT, "wagtail_contracts_sealing", SIGNING)
Words = Any  # text that is translated when it is shown


@dataclass(frozen=True)
class Entry:
    """One row. `tables` are labels of models; `days` count from when a row was last of use.

    With `days` the worker removes by itself what is over. Without, it goes with what it belongs to.
    """

    key: str
    data: Words
    purpose: Words
    basis: Words
    tables: tuple[str, ...]
    period: Words = ""
    days: int | None = None


class Kept(NamedTuple):
    """An entry in the active language."""

    key: str
    data: str
    purpose: str
    basis: str
    period: str
    action: str


CONTRACT = gettext_lazy("Contract: GDPR art. 6(1)(b)")
INTEREST = gettext_lazy("Legitimate interest in secure signing: GDPR art. 6(1)(f)")
CLAIMS = gettext_lazy("Contract, and legal claims: GDPR art. 6(1)(b) and (f)")
AS_CONTRACT = gettext_lazy("as long as the contract")


def _of(app: str, *names: str) -> tuple[str, ...]:
    return tuple(f"{app}.{name}" for name in names)


REGISTER = (
    Entry(
        "people",
        gettext_lazy(
            "Who takes part: name, capacity, e-mail address, mobile phone, language, expected "
            "national identity number"
        ),
        gettext_lazy("Inviting them, and naming who is bound"),
        CLAIMS,
        _of(HOUSE, "Party", "Participant", "PersonRequest"),
        AS_CONTRACT,
    ),
    Entry(
        "contract",
        gettext_lazy("The contract: every version, what was filled in, comments, files"),
        gettext_lazy("Agreeing, and being able to prove what was agreed"),
        CLAIMS,
        _of(
            HOUSE,
            *("Contract", "ContractVersion", "Answer", "Exhibit", "StoredFile", "FileUse"),
            *("AnswerFile", "Thread", "Comment", "Comment_mentioned", "Suggestion"),
            *("ContractLink", "LinkEnd", "ContractValue", "ContractTag", "Listing", "SearchText"),
            *("PlannedSending", "ReminderRule", "Package", "PackageItem"),
            *("Circular", "CircularRound", "CircularMember"),
        ),
    ),
    Entry(
        "evidence",
        gettext_lazy(
            "Signatures, how each was identified, refusals, and a record of what happened, with "
            "names and network addresses"
        ),
        gettext_lazy("Proof of who agreed to what, and when"),
        CLAIMS,
        (
            *_of(SIGNING, "Signature", "Identification", "Decline", "Invitation"),
            *_of(SIGNING, "Disclosed", "Retraction", "Fetch", "Mismatch"),
            *_of(SIGNING, "Attestation"),
            *_of(HOUSE, "Agreement", "Approval", "ApprovalRequest"),
            *_of(AUDIT, "Trail", "Event", "Disclosure"),
            *_of(AUDIT, "LogEntry", "Checkpoint", "CheckpointToken", "Anchored"),
            "wagtail_contracts_sealing.SealedFile",
        ),
        AS_CONTRACT,
    ),
    Entry(
        "examinations",
        gettext_lazy("What this site found when it examined itself, and who settled it and why"),
        gettext_lazy("Noticing that evidence was changed"),
        INTEREST,
        tuple(f"{app}.{name}" for app in EXAMINED for name in ("Alarm", "Examination")),
        gettext_lazy("as long as the site"),
    ),
    Entry(
        "views",
        gettext_lazy("From which network a contract was opened or a file fetched, shortened"),
        gettext_lazy("Noticing that a link is in the wrong hands"),
        INTEREST,
        _of(AUDIT, "Disclosure"),
        days=VIEWS,
    ),
    Entry(
        "drafts",
        gettext_lazy("Answers that were not handed in"),
        gettext_lazy("Going on later, on another device"),
        CONTRACT,
        _of(HOUSE, "AnswerDraft"),
        days=ENDED * 30,
    ),
    Entry(
        "sessions",
        gettext_lazy(
            "Codes and sessions, without any code or password, and what somebody had typed who "
            "left to show who they are"
        ),
        gettext_lazy("Letting in the right person, and nobody by guessing"),
        INTEREST,
        _of(SIGNING, "Challenge", "SignIn", "SigningSession"),
        days=CODES,
    ),
    Entry(
        "attempts",
        gettext_lazy("How often something was tried, and by whom as a hash"),
        gettext_lazy("Holding back guesses and floods"),
        INTEREST,
        _of(SIGNING, "RateWindow"),
        days=ATTEMPTS,
    ),
    Entry(
        "visits",
        gettext_lazy("What somebody types who begins a contract by themselves: name, address"),
        gettext_lazy("Confirming the mailbox before there is a contract"),
        CONTRACT,
        _of(HOUSE, "Visit"),
        days=1,
    ),
    Entry(
        "devices",
        gettext_lazy("Browsers that have read a confidential contract, as a hash"),
        gettext_lazy("Telling the sender of a new one"),
        INTEREST,
        _of(SIGNING, "Device"),
        days=DEVICES,
    ),
    Entry(
        "bounces",
        gettext_lazy("What other mail servers said of mails that came back"),
        gettext_lazy("Reaching people at an address that works"),
        INTEREST,
        _of(SIGNING, "Bounce"),
        days=NOTICES,
    ),
    Entry(
        "messages",
        gettext_lazy("That a mail or message was sent; never its text or address"),
        gettext_lazy("Sending everything once, and trying again"),
        INTEREST,
        ("wagtail_contracts_outbox.Message", "wagtail_contracts_outbox.Worker"),
        days=CODES,
    ),
    Entry(
        "notices",
        gettext_lazy("What members of staff were told about contracts"),
        gettext_lazy("Telling them once, and in one mail a day"),
        INTEREST,
        _of(HOUSE, "Notification"),
        days=NOTICES,
    ),
    Entry(
        "staff",
        gettext_lazy("Staff’s own lists, choices, deputies and steps of approval"),
        gettext_lazy("Working with contracts"),
        INTEREST,
        _of(
            HOUSE,
            *("SavedView", "Favourite", "Opened", "NotificationChoice", "Deputy", "ApprovalStep"),
        ),
        gettext_lazy("as long as the account"),
    ),
    Entry(
        "workspaces",
        gettext_lazy("Workspaces, their rights, templates and texts: names of staff at most"),
        gettext_lazy("Working with contracts"),
        INTEREST,
        _of(
            HOUSE,
            *("Workspace", "WorkspaceText", "GroupWorkspacePermission", "ReadyGroup"),
            *("NumberSeries", "Folder", "Tag", "ApprovalRule", "CatalogueItem", "FieldSet"),
            *("LibraryClause", "LibraryWording", "ConsumerText", "SelfService"),
        ),
        gettext_lazy("as long as the workspace"),
    ),
)


def retention(workspace: Workspace | None = None) -> list[Kept]:
    """The register in the active language; of a workspace with its own period, else of all."""
    if workspace:
        return kept(months_of(workspace), months_of(workspace))
    said = [months_of(one) for one in Workspace.objects.only("retention_months")] or [SIGNED]
    return kept(min(said), max(said))


def kept(least: int, most: int) -> list[Kept]:
    """The same where signed contracts are kept for so many months, at least and at most."""
    ends = _contracts(least, most)
    return [
        Kept(
            entry.key,
            str(entry.data),
            str(entry.purpose),
            str(entry.basis),
            str(entry.period) or (_days(entry.days) if entry.days else ends),
            str(_("deleted by itself") if entry.days else _("named when it is due; people decide")),
        )
        for entry in REGISTER
    ]


def months_of(workspace: Workspace) -> int:
    """How long a signed contract is kept there after its end."""
    return workspace.retention_months or SIGNED


def _days(days: int) -> str:
    return ngettext("%d day", "%d days", days) % days


def _contracts(least: int, most: int) -> str:
    signed = _length(least) if least == most else f"{_length(least)} – {_length(most)}"
    words = _(
        "%(signed)s after it was signed; %(ended)s after it was declined, withdrawn or expired; "
        "%(drafts)s for a draft that nobody works on"
    )
    return words % {"signed": signed, "ended": _length(ENDED), "drafts": _length(DRAFTS)}


def _length(months: int) -> str:
    years, rest = divmod(months, 12)
    if rest:
        return ngettext("%d month", "%d months", months) % months
    return ngettext("%d year", "%d years", years) % years
