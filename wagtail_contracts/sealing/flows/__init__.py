"""The verbs: render, seal, store, keep, content, verify; and whom we seal as and trust.

`inspect`, `strays` and `remove_parts` compare the storage with the rows; `probe` tries whether it
can be written to. `put`, `read` and `there` are how any private file is kept.
`to_sign`, `completed` and `prove` are about signatures of persons over a digest.
"""

from wagtail_contracts.sealing.core.pades import Level
from wagtail_contracts.sealing.flows.ageing import (
    SOON,
    Standing,
    due,
    renews,
    seal_retires,
    soonest,
    standings,
    until,
)
from wagtail_contracts.sealing.flows.claiming import claimed
from wagtail_contracts.sealing.flows.describing import Described, described
from wagtail_contracts.sealing.flows.examining import examine, settle, walks
from wagtail_contracts.sealing.flows.furthering import (
    Furthered,
    Kept,
    insist_longer,
    keep_following,
    leave_to,
    left_to,
    raise_each,
    raise_file,
    raise_files,
    renew_each,
    renew_file,
    renew_files,
)
from wagtail_contracts.sealing.flows.identities import held, identity, valid_until
from wagtail_contracts.sealing.flows.inspecting import (
    Inspected,
    Stray,
    inspect,
    remove_parts,
    strays,
)
from wagtail_contracts.sealing.flows.patience import longest
from wagtail_contracts.sealing.flows.proving import (
    completed,
    holder,
    prove,
    roots,
    signer,
    to_sign,
)
from wagtail_contracts.sealing.flows.rendering import render
from wagtail_contracts.sealing.flows.rotating import Rotated, rotate
from wagtail_contracts.sealing.flows.sealing import (
    Sealed,
    authority,
    lacking,
    level,
    raise_level,
    renew,
    seal,
    waiting,
)
from wagtail_contracts.sealing.flows.storing import content, keep, probe, put, read, store, there
from wagtail_contracts.sealing.flows.verifying import sealed_here, trust, verify
from wagtail_contracts.sealing.flows.vetting import Vetted, qualified, vetted

__all__ = [
    "SOON",
    "Described",
    "Furthered",
    "Inspected",
    "Kept",
    "Level",
    "Rotated",
    "Sealed",
    "Standing",
    "Stray",
    "Vetted",
    "authority",
    "claimed",
    "completed",
    "content",
    "described",
    "due",
    "examine",
    "held",
    "holder",
    "identity",
    "insist_longer",
    "inspect",
    "keep",
    "keep_following",
    "lacking",
    "leave_to",
    "left_to",
    "level",
    "longest",
    "probe",
    "prove",
    "put",
    "qualified",
    "raise_each",
    "raise_file",
    "raise_files",
    "raise_level",
    "read",
    "remove_parts",
    "render",
    "renew",
    "renew_each",
    "renew_file",
    "renew_files",
    "renews",
    "roots",
    "rotate",
    "seal",
    "seal_retires",
    "sealed_here",
    "settle",
    "signer",
    "soonest",
    "standings",
    "store",
    "strays",
    "there",
    "to_sign",
    "trust",
    "until",
    "valid_until",
    "verify",
    "vetted",
    "waiting",
    "walks",
]
