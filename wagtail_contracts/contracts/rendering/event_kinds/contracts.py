"""Events of a contract: what each holds, and its sentence."""

from django.utils.translation import gettext_lazy

from wagtail_contracts import events
from wagtail_contracts.audit import kinds

VERSION = {"version": int, "digest": str}
PARTICIPANT = {"participant": str}
APPROVED = {"content_digest": str}
LINK = {"kind": str, "contract": str, "first": str}
DELIVERED = {"message": str, "kind": str}

kinds.declare(events.CONTRACT_CREATED, gettext_lazy("%(who)s made the draft"), {"state": str})
kinds.declare(events.CONTRACT_LINKED, gettext_lazy("%(who)s linked it: %(link)s"), LINK)
kinds.declare(events.CONTRACT_UNLINKED, gettext_lazy("%(who)s ended a link: %(link)s"), LINK)
kinds.declare(
    events.CONTRACT_TAGGED,
    gettext_lazy("%(who)s changed its tags: %(tags)s"),
    {"added": list[int], "removed": list[int]},
)
kinds.declare(
    events.CONTRACT_FILED,
    gettext_lazy("%(who)s moved it to a folder: %(folder)s"),
    {"folder": int | None},
)
kinds.declare(events.CONTRACT_ARCHIVED, gettext_lazy("%(who)s archived it"), {"state": str})
kinds.declare(
    events.CONTRACT_UNARCHIVED, gettext_lazy("%(who)s took it out of the archive"), {"state": str}
)
kinds.declare(
    events.CONTRACT_SENT,
    gettext_lazy("%(who)s sent version %(version)s"),
    {**VERSION, "into": str, "deadline": str},
)
kinds.declare(
    events.PACKAGE_SENT,
    gettext_lazy("%(who)s sent it in a package of %(contracts)s contracts"),
    {"package": str, "contracts": int},
)
kinds.declare(
    events.SENDING_PLANNED,
    gettext_lazy("%(who)s confirmed it, to leave later"),
    {"at": str, "digest": str, "into": str, "deadline": str},
    optional={"contracts": int},
)
kinds.declare(events.SENDING_CANCELLED, gettext_lazy("%(who)s called the sending off"), {"at": str})
kinds.declare(
    events.SENDING_STOPPED,
    gettext_lazy("It was not sent at its time: %(code)s"),
    {"at": str, "code": str},
)
kinds.declare(
    events.SENDING_HANDED,
    gettext_lazy("%(who)s had a colleague take the sending over"),
    {"at": str, "was": str, "is": str},
)
kinds.declare(
    events.OWNER_CHANGED, gettext_lazy("%(who)s gave it to another owner"), {"was": str, "is": str}
)
kinds.declare(
    events.REMINDERS_CHANGED,
    gettext_lazy("%(who)s changed its reminders"),
    {"unopened": int | None, "every": int | None, "before": int | None, "paused": bool},
)
kinds.declare(
    events.DEADLINE_NEARED, gettext_lazy("The deadline is near: %(deadline)s"), {"deadline": str}
)
kinds.declare(
    events.DELIVERY_FAILED,
    gettext_lazy("This does not reach %(person)s: %(what)s"),
    {**DELIVERED, **PARTICIPANT},
)
kinds.declare(events.CONTRACT_VIEWED, gettext_lazy("%(who)s opened version %(version)s"), VERSION)
kinds.declare(
    events.CHANGES_SHOWN,
    gettext_lazy("%(who)s signs with what changed since version %(from_version)s before them"),
    {**VERSION, **PARTICIPANT, "from_version": int, "from_digest": str, "comparison": str},
)
kinds.declare(
    events.CONFIDENTIALITY_CHANGED,
    gettext_lazy("%(who)s changed how close it is kept"),
    {"way": str},
)
kinds.declare(
    events.CONTRACT_EXTENDED,
    gettext_lazy("%(who)s extended the deadline to %(deadline)s"),
    {**VERSION, "deadline": str},
)
kinds.declare(
    events.CONTRACT_SIGNED, gettext_lazy("Everybody has signed version %(version)s"), VERSION
)
kinds.declare(
    events.CONTRACT_DECLINED,
    gettext_lazy("%(who)s declined version %(version)s"),
    {**VERSION, "kind": str},
)
kinds.declare(
    events.CONTRACT_EXPIRED,
    gettext_lazy("The deadline passed: %(deadline)s"),
    {**VERSION, "deadline": str, "was": str},
)
kinds.declare(events.CONTRACT_WITHDRAWN, gettext_lazy("%(who)s withdrew the contract"), VERSION)
kinds.declare(events.CONTRACT_APPROVED, gettext_lazy("Every approval is there"), APPROVED)
kinds.declare(events.CONTRACT_REJECTED, gettext_lazy("%(who)s sent it back"), APPROVED)
kinds.declare(
    events.APPROVAL_REQUESTED,
    gettext_lazy("%(who)s asked for an approval"),
    {"content_digest": str, "rules": list[int]},
)
kinds.declare(
    events.APPROVAL_GIVEN,
    gettext_lazy("%(who)s approved it"),
    {"content_digest": str, "steps": list[dict]},
)
kinds.declare(events.APPROVAL_QUESTIONED, gettext_lazy("%(who)s asked before approving"), APPROVED)
kinds.declare(events.APPROVAL_ANSWERED, gettext_lazy("%(who)s answered an approver"), APPROVED)
kinds.declare(
    events.APPROVAL_RECALLED, gettext_lazy("%(who)s took the request for approval back"), APPROVED
)
kinds.declare(
    events.APPROVAL_LAPSED,
    gettext_lazy("The approval lapsed: the contract or a rule has changed"),
    APPROVED,
)
kinds.declare(
    events.SIGNING_OPENED, gettext_lazy("%(who)s opened version %(version)s for signing"), VERSION
)
kinds.declare(events.SIGNING_REOPENED, gettext_lazy("%(who)s took it back to review"), VERSION)
kinds.declare(
    events.VERSION_CREATED,
    gettext_lazy("Version %(version)s was frozen"),
    {**VERSION, "content_digest": str, "kind": str},
)
kinds.declare(
    events.ANSWERS_GIVEN,
    gettext_lazy("%(who)s filled in data fields; that made version %(version)s"),
    {"version": int, "fields": list[str]},
)
kinds.declare(
    events.EXHIBIT_ADDED,
    gettext_lazy("A file was added: %(name)s"),
    {"version": int, "file": str, "name": str},
)
kinds.declare(
    events.STAFF_LOOKED, gettext_lazy("%(who)s looked at it as a superuser"), {"state": str}
)
kinds.declare(
    events.SENSITIVE_SEEN, gettext_lazy("%(who)s read sensitive data"), {"fields": list[str]}
)
kinds.declare(events.BLOCK_UNLOCKED, gettext_lazy("%(who)s unlocked a block"), {"block": str})
kinds.declare(
    events.DRAFT_MERGED,
    gettext_lazy("%(who)s put two wordings of the draft together"),
    {"merged": list[str], "mine": list[str], "theirs": list[str]},
)
kinds.declare(events.DRAFT_FILLED_IN, gettext_lazy("%(who)s filled in the draft"), {"part": str})
kinds.declare(
    events.DEVIATIONS_FOUND,
    gettext_lazy("Version %(version)s differs from the template (blocks: %(count)s)"),
    {"version": int, "deviations": list[dict]},
)
kinds.declare(
    events.CONTRACT_MOVED,
    gettext_lazy("%(who)s moved it to another workspace"),
    {"contract": str, "from": str, "to": str},
)
kinds.declare(
    events.SELF_SERVICE_TAKEN,
    gettext_lazy("A visitor of a public page began it, who had confirmed a mailbox"),
    {"service": str, "opened_at": str, "opened_by": int, "bound_by_offer": bool},
)
