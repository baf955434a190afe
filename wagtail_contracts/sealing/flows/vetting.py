"""What the configured seal is worth: its chain, end and use, and who says that it is qualified."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from wagtail_contracts.algorithms import Retirement
from wagtail_contracts.sealing.core.proofs import Unproved
from wagtail_contracts.sealing.errors import SealRefused
from wagtail_contracts.sealing.flows import identities
from wagtail_contracts.sealing.flows.ageing import seal_retires
from wagtail_contracts.sealing.flows.verifying import trust


@dataclass(frozen=True)
class Vetted:
    """`root` is whom it leads to, empty for nobody whom the settings trust, and `why` says why.

    `commits` is whether its use is to commit to contents (non-repudiation). `qualified` is whether
    the certificate says that it is one for qualified seals, under a root in QUALIFIED_TRUST: nobody
    here asks the trust lists of the EU.
    """

    root: str
    why: str
    ends: datetime
    commits: bool
    retires: Retirement | None
    qualified: bool


def vetted(*, test: bool = False) -> Vetted:
    """Look at the configured seal; what it seals is not asked. Raises SealRefused."""
    from wagtail_contracts.sealing.core.judging import proofs

    chain = identities.chain(identities.identity(test=test))
    uses, roots, now = chain[0].key_usage_value, trust(), timezone.now()
    root, why = "", ""
    try:
        root = proofs.path(chain, roots.seals, now)[-1].subject.human_friendly
    except Unproved as error:
        why = str(error)
    return Vetted(
        root=root,
        why=why,
        ends=chain[0].not_valid_after,
        commits=uses is not None and "non_repudiation" in uses.native,
        retires=seal_retires(test=test),
        qualified=proofs.is_for_qualified_seals(chain, roots.persons.qualified, now),
    )


def qualified(*, test: bool = False) -> bool:
    """Whether the settings say that the seal is a qualified one; not where nothing seals."""
    try:
        return vetted(test=test).qualified
    except (SealRefused, ImproperlyConfigured):
        return False
