"""The kinds of events that signing records, each with what it holds and its sentence."""

from django.utils.translation import gettext_lazy

from wagtail_contracts import events
from wagtail_contracts.audit import kinds
from wagtail_contracts.signing.rendering.alarms import irregular

VERSION = {"version": int, "digest": str}
PARTICIPANT = {"participant": str}
INVITATION = {"participant": str, "host": str, "invitation": int}
DELIVERED = {"message": str, "kind": str}

kinds.declare(
    events.DELIVERY_BOUNCED,
    gettext_lazy("A mail to %(person)s came back"),
    {**DELIVERED, **PARTICIPANT, "status": str},
)
kinds.declare(
    events.DEVICE_SEEN,
    gettext_lazy("%(person)s read it on a device for the first time (device %(device)s)"),
    {**PARTICIPANT, "device": int},
)
kinds.declare(
    events.DEVICE_HANDED,
    gettext_lazy("%(who)s handed a device over to %(person)s, to sign in person"),
    INVITATION,
)
kinds.declare(
    events.DEVICE_RETURNED, gettext_lazy("%(person)s has no device of ours any more"), INVITATION
)
kinds.declare(
    events.CONTRACT_RETRACTED,
    gettext_lazy("%(who)s withdrew from the signed contract, as a consumer"),
    {**VERSION, **PARTICIPANT},
)
kinds.declare(
    events.WITNESS_ATTESTED,
    gettext_lazy("A witness was present when %(person)s signed"),
    {**VERSION, **PARTICIPANT, "attestation": int, "place": int},
)
kinds.declare(
    events.INVITATION_ISSUED,
    gettext_lazy("A personal link for %(person)s was made"),
    {**PARTICIPANT, "invitation": int},
)
kinds.declare(
    events.INVITATION_COPIED,
    gettext_lazy("%(who)s copied a personal link of %(person)s"),
    PARTICIPANT,
)
kinds.declare(
    events.INVITATION_REVOKED,
    gettext_lazy("%(who)s ended all links of %(person)s and had a new one sent"),
    PARTICIPANT,
)
kinds.declare(
    events.IDENTIFICATION_BEGUN,
    gettext_lazy("%(person)s began to show who they are %(how)s"),
    {**PARTICIPANT, "version": int, "method": str},
)
kinds.declare(
    events.IDENTIFICATION_COMPLETED,
    gettext_lazy("%(person)s was identified %(how)s"),
    {**PARTICIPANT, "version": int, "method": str, "identification": int, "purpose": str},
    optional={"derived_from": int},
)
kinds.declare(
    events.IDENTIFICATION_FAILED,
    gettext_lazy("%(person)s was not identified %(how)s"),
    {**PARTICIPANT, "method": str},
    optional={"why": str},
)
kinds.declare(
    events.IDENTIFICATION_DIFFERED,
    gettext_lazy("Somebody else than %(person)s was shown, and refused"),
    {**PARTICIPANT, "version": int, "method": str, "about": str, "mismatch": int},
)
kinds.declare(
    events.IDENTIFICATION_ACCEPTED,
    gettext_lazy("%(who)s accepted another name for %(person)s"),
    {**PARTICIPANT, "method": str, "mismatch": int},
)
kinds.declare(
    events.SIGNATURE_GIVEN,
    gettext_lazy("%(person)s signed version %(version)s"),
    {**VERSION, **PARTICIPANT, "method": str, "level": str, "identification": int},
    optional={"drawing": str, "told": str},
)
kinds.declare(
    events.SIGNATURE_VOIDED,
    gettext_lazy("The signature of %(person)s on version %(version)s stopped counting"),
    {**VERSION, **PARTICIPANT, "newer": int | None},
)
kinds.declare(
    events.DOCUMENT_SEALED,
    gettext_lazy("Version %(version)s was sealed"),
    {**VERSION, "file": str, "level": str},
)
kinds.declare(
    events.DOCUMENT_COMPLETED,
    gettext_lazy("The seal of version %(version)s was completed: %(level)s"),
    {**VERSION, "file": str, "before": str, "level": str},
)
kinds.declare(
    events.DOCUMENT_RENEWED,
    gettext_lazy("The seal of version %(version)s was renewed: it lasts until %(ends)s"),
    {**VERSION, "file": str, "before": str, "level": str, "ends": str},
)
kinds.declare(events.DOCUMENT_DELIVERED, gettext_lazy("The sealed copy was delivered"))
kinds.declare(
    events.DOCUMENT_DOWNLOADED,
    gettext_lazy("%(who)s downloaded %(copy)s"),
    {"file": str},
    optional={"kind": str, "version": int},
)
kinds.declare(
    events.EXHIBIT_DOWNLOADED,
    gettext_lazy("%(who)s downloaded %(name)s"),
    {"file": str, "name": str},
)
kinds.declare(
    events.SEALING_FAILED, gettext_lazy("Sealing did not succeed: %(code)s"), {"code": str}
)
kinds.declare(
    events.SEALING_DELAYED,
    gettext_lazy("Version %(version)s still waited for its seal after ten minutes"),
    VERSION,
)
kinds.declare(
    events.DELIVERY_RETRIED, gettext_lazy("%(who)s had this delivered again: %(what)s"), DELIVERED
)
kinds.declare(
    events.DELIVERY_DISCARDED, gettext_lazy("%(who)s gave this delivery up: %(what)s"), DELIVERED
)
kinds.declare(
    events.PERSON_EXPORTED,
    gettext_lazy("%(who)s exported the data of %(person)s"),
    {**PARTICIPANT, "files": int},
)
kinds.declare(
    events.PROOF_EXPORTED,
    gettext_lazy("%(who)s took the proof of the contract along"),
    {"files": int, "own": bool},
)
kinds.declare(
    events.RETENTION_CARRIED_OUT,
    gettext_lazy("What had been kept long enough was removed"),
    optional={"looks_before": str},
    others=int,
)
kinds.declare(
    events.ABUSE_REPORTED, gettext_lazy("Somebody reported abuse"), {**PARTICIPANT, "kind": str}
)
kinds.declare(
    events.BURST_NOTICED,
    gettext_lazy("Unusually many at once: %(cause)s"),
    {"cause": str, "key": str, "count": int},
)
kinds.declare(
    events.MISMATCH_FOUND,
    gettext_lazy("The examination found something: %(finding)s"),
    {"app": str, "alarm": int, "code": str},
    optional={"about": str},
    known=irregular,
)
kinds.declare(
    events.MISMATCH_SETTLED,
    gettext_lazy("%(who)s settled what the examination had found: %(finding)s"),
    {"app": str, "alarm": int, "code": str},
    optional={"about": str},
    known=irregular,
)
kinds.declare(
    events.SITE_CHECKED,
    gettext_lazy("The whole site was examined; damages found: %(damages)s"),
    {"contracts": int, "damages": int, "warnings": int},
)
