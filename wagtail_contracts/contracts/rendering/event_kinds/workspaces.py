"""Events of a workspace and of the staff: what each holds, and its sentence."""

from django.utils.translation import gettext_lazy

from wagtail_contracts import events
from wagtail_contracts.audit import kinds

CIRCULAR = {"circular": str, "members": int}
SERVICE = {
    "service": str,
    "template": int,
    "owner": int,
    "signatory": int,
    "ceiling": int,
    "days": int,
}
FACTOR = {"user": int, "devices": int}
MEMBER = {"user": int, "role": str, "group": int}

kinds.declare(
    events.CONTRACTS_EXPORTED,
    gettext_lazy("%(who)s took along %(what)s of %(count)s contracts"),
    {"what": str, "contracts": list[str] | int},
    optional={"circular": str},
)
kinds.declare(
    events.RULE_MADE,
    gettext_lazy("%(who)s made the approval rule “%(name)s”"),
    {
        "rule": int,
        "steps": list[dict],
        "in_order": bool,
        "template": int | None,
        "over": str | None,
        "currency": str,
        "party": bool,
        "on_deviation": bool,
    },
)
kinds.declare(
    events.RULE_ENDED, gettext_lazy("%(who)s ended the approval rule “%(name)s”"), {"rule": int}
)
kinds.declare(
    events.DEPUTY_APPOINTED,
    gettext_lazy("%(who)s lets %(member)s approve from %(first)s to %(last)s"),
    {"deputy": int, "first": str, "last": str},
)
kinds.declare(
    events.DEPUTY_DISMISSED, gettext_lazy("%(who)s dismissed a deputy: %(member)s"), {"deputy": int}
)
kinds.declare(
    events.WORKSPACE_OPENED, gettext_lazy("%(who)s made the workspace"), {"training": bool}
)
kinds.declare(
    events.WORKSPACE_CHANGED,
    gettext_lazy("%(who)s changed the settings: %(columns)s"),
    {"columns": list[str], "values": dict},
)
kinds.declare(
    events.WORKSPACE_TEXT_WRITTEN,
    gettext_lazy("%(who)s wrote a text: %(kind)s"),
    {"kind": str, "language": str, "own": bool},
)
kinds.declare(
    events.DISCLOSURE_WRITTEN,
    gettext_lazy("%(who)s wrote what consumers are told: %(kind)s"),
    {"kind": str, "language": str, "template": int, "number": int},
)
kinds.declare(
    events.FOLDER_RENAMED,
    gettext_lazy("%(who)s called the folder “%(was)s” “%(name)s”"),
    {"mark": int},
)
kinds.declare(
    events.FOLDER_REMOVED,
    gettext_lazy("%(who)s removed the folder “%(name)s”, with %(number)s contracts in it"),
    {"mark": int, "contracts": int},
)
kinds.declare(
    events.TAG_RENAMED, gettext_lazy("%(who)s called the tag “%(was)s” “%(name)s”"), {"mark": int}
)
kinds.declare(
    events.TAG_REMOVED,
    gettext_lazy("%(who)s removed the tag “%(name)s”, which %(number)s contracts had"),
    {"mark": int, "contracts": int},
)
kinds.declare(
    events.RIGHTS_CHANGED,
    gettext_lazy("%(who)s changed what “%(group)s” may do"),
    {"group": int, "before": dict, "after": dict},
)
kinds.declare(
    events.MEMBER_JOINED, gettext_lazy("%(who)s gave %(member)s a role: %(role)s"), MEMBER
)
kinds.declare(
    events.MEMBER_LEFT, gettext_lazy("%(who)s took a role from %(member)s: %(role)s"), MEMBER
)
kinds.declare(
    events.CIRCULAR_BEGUN,
    gettext_lazy("%(who)s sent “%(title)s” to %(members)s members of “%(group)s”"),
    CIRCULAR,
)
kinds.declare(
    events.CIRCULAR_RENEWED,
    gettext_lazy("%(who)s began round %(round)s of “%(title)s”, for %(members)s people"),
    {**CIRCULAR, "round": int},
)
kinds.declare(
    events.CIRCULAR_JOINED,
    gettext_lazy("%(who)s sent “%(title)s” to %(members)s more people"),
    CIRCULAR,
)
kinds.declare(
    events.CIRCULAR_REMINDED,
    gettext_lazy("%(who)s reminded %(members)s people of “%(title)s”"),
    {**CIRCULAR, "round": int},
)
kinds.declare(events.FACTOR_ADDED, gettext_lazy("%(who)s set up a device to confirm with"), FACTOR)
kinds.declare(
    events.FACTOR_REMOVED, gettext_lazy("%(who)s removed a device to confirm with"), FACTOR
)
kinds.declare(events.FACTOR_RESET, gettext_lazy("%(who)s reset somebody’s second factor"), FACTOR)
kinds.declare(events.RECOVERY_RENEWED, gettext_lazy("%(who)s made new recovery codes"), FACTOR)
kinds.declare(
    events.SELF_SERVICE_OPENED,
    gettext_lazy("%(who)s lets anybody begin a contract at “%(address)s”"),
    SERVICE,
)
kinds.declare(
    events.SELF_SERVICE_CLOSED,
    gettext_lazy("%(who)s lets nobody begin at “%(address)s” any more"),
    SERVICE,
)
