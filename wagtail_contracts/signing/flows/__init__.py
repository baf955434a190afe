"""The verbs of signing."""

from wagtail_contracts.signing.flows.admitting import (
    actor_of,
    addressee,
    admit,
    ask_link,
    host_of,
    insist_not_handed_on,
    invite,
    invited,
    leave,
    package_behind,
    reissue,
    renew,
    session_of,
)
from wagtail_contracts.signing.flows.alerting import (
    Report,
    administrators,
    alarmed,
    report_abuse,
    tell_bursts,
    tell_of_quota,
)
from wagtail_contracts.signing.flows.bouncing import (
    bounces,
    mail_bounced,
    reachable,
    take_report,
    unreachable,
)
from wagtail_contracts.signing.flows.checking import Finding, check
from wagtail_contracts.signing.flows.checkpointing import checkpoint, overdue
from wagtail_contracts.signing.flows.codes import (
    ask_code,
    ask_copy_code,
    ask_entry_code,
    enter,
    identify,
    identify_staff,
    make_code,
)
from wagtail_contracts.signing.flows.consumers import digest_of_told, insist_told, told_before
from wagtail_contracts.signing.flows.copying import copy_link, is_copied
from wagtail_contracts.signing.flows.deliveries import (
    contract_of,
    contracts_with,
    deliveries,
    discard,
    is_ours,
    retry,
)
from wagtail_contracts.signing.flows.devices import note_device
from wagtail_contracts.signing.flows.health import health
from wagtail_contracts.signing.flows.hosting import (
    clear_device,
    guests,
    hand_back,
    hand_over,
    take_back,
    vouch_again,
)
from wagtail_contracts.signing.flows.identifying import identify_by_link
from wagtail_contracts.signing.flows.levels import level_of
from wagtail_contracts.signing.flows.limiting import limit, limited
from wagtail_contracts.signing.flows.looking import compared_with
from wagtail_contracts.signing.flows.losing import ask_links, send_links
from wagtail_contracts.signing.flows.means import (
    accepted,
    good_for_fetching,
    good_for_signing,
    is_link_enough,
    may_read,
    needed,
)
from wagtail_contracts.signing.flows.mine import (
    Part,
    as_parts,
    come_in,
    ended_parts,
    open_parts,
    parts_of,
    turns,
)
from wagtail_contracts.signing.flows.mismatches import accept_name, mismatches
from wagtail_contracts.signing.flows.news import news, why_extended
from wagtail_contracts.signing.flows.people import (
    agree,
    consent_to,
    forward,
    replace_person,
)
from wagtail_contracts.signing.flows.proving import prove
from wagtail_contracts.signing.flows.raising import Wanting, complete_seals, wanting
from wagtail_contracts.signing.flows.receipts import receipt
from wagtail_contracts.signing.flows.recognising import Recognised, recognise
from wagtail_contracts.signing.flows.renewing import (
    Renewed,
    ageing,
    existence,
    renew_file,
    renew_files,
    renewed,
)
from wagtail_contracts.signing.flows.retracting import (
    retract,
    retracted,
    retraction_of,
    retraction_words,
    retracts_until,
)
from wagtail_contracts.signing.flows.sealing import (
    download,
    fetch,
    mark_copy,
    seal,
    sealed_file,
    take_along,
)
from wagtail_contracts.signing.flows.sign_ins import (
    Returned,
    Waits,
    begin_sign_in,
    finish_sign_in,
    has_typed,
    is_last_trip,
    sign_in_of,
    take_typed,
)
from wagtail_contracts.signing.flows.signing import (
    Affirmed,
    decline,
    read_drawing,
    sign,
    sign_at_once,
    void,
)
from wagtail_contracts.signing.flows.sittings import (
    is_same_sitting,
    items_of,
    shown_for_signing,
    step_into,
    take_over,
)
from wagtail_contracts.signing.flows.stamps import seen_by, staff_sees
from wagtail_contracts.signing.flows.standing import approvers_first, standing, waited_for
from wagtail_contracts.signing.flows.trusting import Trust, certificate, note_check, trust
from wagtail_contracts.signing.flows.turns import approvers_of, to_sign
from wagtail_contracts.signing.flows.verifying import Verification, verify
from wagtail_contracts.signing.flows.watching import alarm, late_for_seal
from wagtail_contracts.signing.flows.witnessing import Witness, attest, is_sitting

__all__ = [
    "Affirmed",
    "Finding",
    "Part",
    "Recognised",
    "Renewed",
    "Report",
    "Returned",
    "Trust",
    "Verification",
    "Waits",
    "Wanting",
    "Witness",
    "accept_name",
    "accepted",
    "actor_of",
    "addressee",
    "administrators",
    "admit",
    "ageing",
    "agree",
    "alarm",
    "alarmed",
    "approvers_first",
    "approvers_of",
    "as_parts",
    "ask_code",
    "ask_copy_code",
    "ask_entry_code",
    "ask_link",
    "ask_links",
    "attest",
    "begin_sign_in",
    "bounces",
    "certificate",
    "check",
    "checkpoint",
    "clear_device",
    "come_in",
    "compared_with",
    "complete_seals",
    "consent_to",
    "contract_of",
    "contracts_with",
    "copy_link",
    "decline",
    "deliveries",
    "digest_of_told",
    "discard",
    "download",
    "ended_parts",
    "enter",
    "existence",
    "fetch",
    "finish_sign_in",
    "forward",
    "good_for_fetching",
    "good_for_signing",
    "guests",
    "hand_back",
    "hand_over",
    "has_typed",
    "health",
    "host_of",
    "identify",
    "identify_by_link",
    "identify_staff",
    "insist_not_handed_on",
    "insist_told",
    "invite",
    "invited",
    "is_copied",
    "is_last_trip",
    "is_link_enough",
    "is_ours",
    "is_same_sitting",
    "is_sitting",
    "items_of",
    "late_for_seal",
    "leave",
    "level_of",
    "limit",
    "limited",
    "mail_bounced",
    "make_code",
    "mark_copy",
    "may_read",
    "mismatches",
    "needed",
    "news",
    "note_check",
    "note_device",
    "open_parts",
    "overdue",
    "package_behind",
    "parts_of",
    "prove",
    "reachable",
    "read_drawing",
    "receipt",
    "recognise",
    "reissue",
    "renew",
    "renew_file",
    "renew_files",
    "renewed",
    "replace_person",
    "report_abuse",
    "retract",
    "retracted",
    "retraction_of",
    "retraction_words",
    "retracts_until",
    "retry",
    "seal",
    "sealed_file",
    "seen_by",
    "send_links",
    "session_of",
    "shown_for_signing",
    "sign",
    "sign_at_once",
    "sign_in_of",
    "staff_sees",
    "standing",
    "step_into",
    "take_along",
    "take_back",
    "take_over",
    "take_report",
    "take_typed",
    "tell_bursts",
    "tell_of_quota",
    "to_sign",
    "told_before",
    "trust",
    "turns",
    "unreachable",
    "verify",
    "void",
    "vouch_again",
    "waited_for",
    "wanting",
    "why_extended",
]
