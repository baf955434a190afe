"""The verbs: record, commit, verify(_all), verify_anchor, compare, excerpt, disclosed, erase(_all).

`timeline` tells a trail in sentences; what was erased says when and why.

`checkpoint` signs how far all trails have grown; `verify_log` recomputes that, `verify_notes`
compares what was kept elsewhere; `included` and `consistency` prove it to others, who ask
`verify_growth`. `anchor` places checkpoints elsewhere, `stamp` has others say when they existed;
`late` names what of that is due, `last_checkpoint` tells of the newest. `make_key` and `verifiers`
tell who signs them. `existence` proves since when an event exists, `lasting` tells how long it
does, `renew` takes care that it goes on.
"""

from wagtail_contracts.audit.flows.anchoring import Placed, anchor
from wagtail_contracts.audit.flows.attested import (
    Told,
    attests,
    authority,
    covered,
    last_checkpoint,
)
from wagtail_contracts.audit.flows.attesting import (
    Included,
    consistency,
    included,
    verify_growth,
    verify_log,
    verify_notes,
)
from wagtail_contracts.audit.flows.checkpointing import checkpoint, make_key, verifiers
from wagtail_contracts.audit.flows.disclosing import Disclosed, disclosed, erase, erase_all
from wagtail_contracts.audit.flows.enclosing import attested, is_ours
from wagtail_contracts.audit.flows.examining import examine, settle, walks
from wagtail_contracts.audit.flows.exporting import SUFFIX, proof
from wagtail_contracts.audit.flows.lagging import Late, late
from wagtail_contracts.audit.flows.outlasting import Lasting, existence, lasting, renew
from wagtail_contracts.audit.flows.recording import commit, record
from wagtail_contracts.audit.flows.stamping import Stamped, roots, stamp, stamped
from wagtail_contracts.audit.flows.tabling import FORMATS, told
from wagtail_contracts.audit.flows.telling import (
    Erased,
    Line,
    Said,
    erased_in,
    erasures,
    timeline,
    who,
)
from wagtail_contracts.audit.flows.verifying import (
    compare,
    excerpt,
    verify,
    verify_all,
    verify_anchor,
)

__all__ = [
    "FORMATS",
    "SUFFIX",
    "Disclosed",
    "Erased",
    "Included",
    "Lasting",
    "Late",
    "Line",
    "Placed",
    "Said",
    "Stamped",
    "Told",
    "anchor",
    "attested",
    "attests",
    "authority",
    "checkpoint",
    "commit",
    "compare",
    "consistency",
    "covered",
    "disclosed",
    "erase",
    "erase_all",
    "erased_in",
    "erasures",
    "examine",
    "excerpt",
    "existence",
    "included",
    "is_ours",
    "last_checkpoint",
    "lasting",
    "late",
    "make_key",
    "proof",
    "record",
    "renew",
    "roots",
    "settle",
    "stamp",
    "stamped",
    "timeline",
    "told",
    "verifiers",
    "verify",
    "verify_all",
    "verify_anchor",
    "verify_growth",
    "verify_log",
    "verify_notes",
    "walks",
    "who",
]
