"""What others fill in may make a contract worth more than what we sent: then rules by value ask.

Nobody inside has agreed to that yet. It can be filled in and discussed, but it is not opened for
signing, and our side doesn't sign it, before somebody has approved the newest version as it is; a
new version of ours, which needs an approval of its own, does as well.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from wagtail_contracts.contracts.core import approving
from wagtail_contracts.contracts.errors import ApprovalMissing
from wagtail_contracts.contracts.flows import needs
from wagtail_contracts.contracts.flows.needs import Need
from wagtail_contracts.contracts.models import Contract, ContractVersion

OF_OTHERS = ContractVersion.OF_OTHERS


def need_since_sent(contract: Contract) -> Need:
    """All that the rules ask of the newest version, if answers made it worth more by one of them.

    Compared with the last version that we sent ourselves, which needed its own approval.
    """
    version = contract.current_version
    if version is None or version.kind not in OF_OTHERS:
        return Need()
    need = needs.need_of(contract, version.content)
    if not need:
        return need
    ours = contract.versions.exclude(kind__in=OF_OTHERS).order_by("number").last()
    grown = approving.grown(ours.content if ours else None, version.content)
    counted = {rule.currency for rule in need.rules if rule.over is not None}
    return need if grown & {*counted, *need.currencies} else Need()


def unapproved(contract: Contract) -> str:
    """Why the newest version can't be signed for our side yet, as a sentence; "" if it can."""
    need = need_since_sent(contract)
    if not need or (not need.obstacle and needs.is_granted(contract, need)):
        return ""
    words = {"why": need.obstacle or needs.asked(need)}
    return _("What the others have filled in is worth more than what was sent. %(why)s") % words


def insist_on_no_growth(contract: Contract) -> None:
    """Raise ApprovalMissing where what others filled in needs a yes that it has not."""
    if why := unapproved(contract):
        raise ApprovalMissing(why)
