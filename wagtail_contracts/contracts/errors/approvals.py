"""What is refused about approvals."""

from wagtail_contracts.errors import Refusal


class ApprovalMissing(Refusal):
    """Rules ask for an approval that was not given to exactly this."""

    code = "approval_missing"


class ApproverMissing(Refusal):
    """Nobody is left who could give a yes that a rule asks for."""

    code = "approver_missing"


class MayNotDecide(Refusal):
    """It is not for this person to approve: it is their own work, or not their turn."""

    code = "may_not_decide"


class RuleRefused(Refusal):
    """A rule of approval that could not be kept to."""

    code = "rule_refused"


class DeputyRefused(Refusal):
    """Somebody who can't stand in."""

    code = "deputy_refused"
