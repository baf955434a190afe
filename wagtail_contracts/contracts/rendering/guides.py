"""Which page of the documentation tells how to use which screen of the admin."""

from __future__ import annotations

from typing import Any

from wagtail_contracts.contracts.conf import contracts

PLACE = "{page}"
# By the name of the address, or by its namespace for all that has no line of its own.
GUIDES: dict[str, str] = {
    "wagtail_contracts_contract": "how-to/send-a-contract",
    "wagtail_contracts_contract:edit": "how-to/write-together",
    "wagtail_contracts_contract:history": "how-to/write-together",
    "wagtail_contracts_contract:revisions_revert": "how-to/write-together",
    "wagtail_contracts_contract:revisions_compare": "how-to/write-together",
    "wagtail_contracts_contract:unlock_block": "how-to/unlock-a-block",
    "wagtail_contracts_contract:take_template": "how-to/copy-a-contract",
    "wagtail_contracts_contract:call_off": "how-to/send-later",
    "wagtail_contracts_contract:reminders": "how-to/send-later",
    "wagtail_contracts_contract:ask_approval": "how-to/approve-contracts",
    "wagtail_contracts_contract:approve": "how-to/approve-contracts",
    "wagtail_contracts_contract:recall_approval": "how-to/approve-contracts",
    "wagtail_contracts_contract:answer_approver": "how-to/approve-contracts",
    "wagtail_contracts_contract:move": "reference/permissions",
    "wagtail_contracts_approvals": "how-to/approve-contracts",
    "wagtail_contracts_deputies": "how-to/approve-contracts",
    "wagtail_contracts_workspace": "how-to/begin-in-a-workspace",
    "wagtail_contracts_workspace:rules": "how-to/approve-contracts",
    "wagtail_contracts_workspace:new_rule": "how-to/approve-contracts",
    "wagtail_contracts_workspace:end_rule": "how-to/approve-contracts",
    "wagtail_contracts_workspace:members": "reference/permissions",
    "wagtail_contracts_workspace:trail": "reference/permissions",
    "wagtail_contracts_workspace_pages": "how-to/begin-in-a-workspace",
    "wagtail_contracts_workspace_page": "how-to/begin-in-a-workspace",
    "wagtail_contracts_templates": "how-to/write-a-template",
    "wagtail_contracts_template_preview": "how-to/write-a-template",
    "wagtail_contracts_catalogue": "how-to/fill-the-catalogue",
    "wagtail_contracts_field_set": "how-to/share-data-fields",
    "wagtail_contracts_library": "how-to/share-clauses",
    "wagtail_contracts_take_over": "how-to/share-clauses",
    "wagtail_contracts_factors": "how-to/second-factor",
    "wagtail_contracts_factor_add": "how-to/second-factor",
    "wagtail_contracts_factor_confirm": "how-to/second-factor",
    "wagtail_contracts_factor_remove": "how-to/second-factor",
    "wagtail_contracts_factor_recovery": "how-to/second-factor",
    "wagtail_contracts_factor_people": "how-to/second-factor",
    "wagtail_contracts_factor_reset": "how-to/second-factor",
    "wagtail_contracts_confirm": "how-to/second-factor",
    "wagtail_contracts_deliveries": "how-to/monitor",
    "wagtail_contracts_notifications": "how-to/choose-notifications",
    "wagtail_contracts_hand_over": "how-to/when-somebody-leaves",
}
# What the first steps of an installation and of a workspace lead to.
FIRST_STEPS = {
    "install": "how-to/install",
    "seal": "how-to/own-seal-identity",
    "worker": "how-to/monitor",
    "template": "how-to/write-a-template",
    "members": "reference/permissions",
    "send": "how-to/send-a-contract",
    "workspace": "how-to/begin-in-a-workspace",
}


def guide(page: str) -> str:
    """The address of a page of the documentation; "" where the site says of none."""
    said = contracts().docs_url
    return said.replace(PLACE, page) if page and said else ""


def guide_to(request: Any) -> str:
    """The address of what tells how to use the screen that was asked for; "" for none."""
    match = getattr(request, "resolver_match", None)
    if match is None:
        return ""
    return guide(GUIDES.get(match.view_name) or GUIDES.get(match.namespace, ""))
