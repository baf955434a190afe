"""Which page of the documentation tells how to use which screen of the admin."""

from __future__ import annotations

from typing import Any

from wagtail_contracts.contracts.conf import contracts

PLACE = "{page}"
ORDER = "how-to/keep-contracts-in-order#tags-folders-archive-links"
# By the name of the address, or by its namespace for all that has no line of its own.
GUIDES: dict[str, str] = {
    "wagtail_contracts_contract": "how-to/send-a-contract",
    "wagtail_contracts_contract:list": "how-to/keep-contracts-in-order",
    "wagtail_contracts_contract:add": "how-to/send-a-contract#make-it",
    "wagtail_contracts_contract:parties": "how-to/send-a-contract#make-it",
    "wagtail_contracts_contract:details": "how-to/send-a-contract#make-it",
    "wagtail_contracts_contract:edit": "how-to/write-together",
    "wagtail_contracts_contract:history": "how-to/write-together",
    "wagtail_contracts_contract:revisions_view": "how-to/write-together",
    "wagtail_contracts_contract:revisions_revert": "how-to/write-together",
    "wagtail_contracts_contract:revisions_compare": "how-to/write-together",
    "wagtail_contracts_contract:unlock_block": "how-to/unlock-a-block",
    "wagtail_contracts_contract:take_template": "how-to/copy-a-contract#what-is-known-of-it",
    "wagtail_contracts_contract:send": "how-to/send-a-contract#send-it",
    "wagtail_contracts_contract:send_together": "how-to/send-a-package",
    "wagtail_contracts_contract:call_off": "how-to/send-later#a-minute-to-undo",
    "wagtail_contracts_contract:reminders": "how-to/send-later#reminders",
    "wagtail_contracts_contract:inspect": "how-to/send-a-contract#while-it-is-out",
    "wagtail_contracts_contract:version": "how-to/send-a-contract#while-it-is-out",
    "wagtail_contracts_contract:remind": "how-to/send-a-contract#while-it-is-out",
    "wagtail_contracts_contract:suggestion": "how-to/negotiate#accept-or-dismiss",
    "wagtail_contracts_contract:copy_link": "how-to/mails-and-sms#a-link-to-copy",
    "wagtail_contracts_contract:sign_in_person": "how-to/sign-in-person",
    "wagtail_contracts_contract:reissue": "how-to/send-a-contract#while-it-is-out",
    "wagtail_contracts_contract:accept_name": "how-to/identify-by-openid-connect#who-is-expected",
    "wagtail_contracts_contract:extend": "how-to/send-a-contract#while-it-is-out",
    "wagtail_contracts_contract:withdraw": "how-to/send-a-contract#while-it-is-out",
    "wagtail_contracts_contract:reopen": "how-to/send-a-contract#while-it-is-out",
    "wagtail_contracts_contract:revise": "how-to/send-a-contract#prepare-the-next-version",
    "wagtail_contracts_contract:sign": "how-to/send-a-contract#sign-for-us",
    "wagtail_contracts_contract:sign_code": "how-to/send-a-contract#sign-for-us",
    "wagtail_contracts_contract:link": ORDER,
    "wagtail_contracts_contract:owner": "how-to/when-somebody-leaves",
    "wagtail_contracts_contract:ask_approval": "how-to/approve-contracts#ask",
    "wagtail_contracts_contract:approve": "how-to/approve-contracts#decide",
    "wagtail_contracts_contract:recall_approval": "how-to/approve-contracts#ask",
    "wagtail_contracts_contract:answer_approver": "how-to/approve-contracts#ask",
    "wagtail_contracts_contract:export_person": "how-to/personal-data#hand-over-one-person-s-data",
    "wagtail_contracts_contract:prove": "how-to/check-the-evidence#take-the-proof-along",
    "wagtail_contracts_contract:erase_person": "how-to/personal-data#erase-one-person-s-data",
    "wagtail_contracts_register": "how-to/personal-data#see-what-is-kept",
    "wagtail_contracts_contract:move": "how-to/give-access#move-a-contract-to-another-team",
    "wagtail_contracts_search": "how-to/find-a-contract",
    "wagtail_contracts_approvals": "how-to/approve-contracts#decide",
    "wagtail_contracts_deputies": "how-to/approve-contracts#while-you-are-away",
    "wagtail_contracts_workspace": "how-to/set-up-a-workspace",
    "wagtail_contracts_workspace:look": "how-to/set-up-a-workspace#look",
    "wagtail_contracts_workspace:texts": "how-to/set-up-a-workspace#texts",
    "wagtail_contracts_workspace:disclosures": "how-to/consumer-contracts#your-own-words",
    "wagtail_contracts_workspace:marks": ORDER,
    "wagtail_contracts_workspace:mark": ORDER,
    "wagtail_contracts_workspace:rules": "how-to/approve-contracts#make-a-rule",
    "wagtail_contracts_workspace:new_rule": "how-to/approve-contracts#make-a-rule",
    "wagtail_contracts_workspace:end_rule": "how-to/approve-contracts#make-a-rule",
    "wagtail_contracts_workspace:members": "how-to/give-access",
    "wagtail_contracts_workspace:trail": "reference/permissions#what-is-told",
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
    "wagtail_contracts_examination": "how-to/self-examination",
    "wagtail_contracts_settle": "how-to/self-examination#settle-it",
    "wagtail_contracts_notifications": "how-to/choose-notifications",
    "wagtail_contracts_circulars": "how-to/a-text-for-many",
    "wagtail_contracts_circular_new": "how-to/a-text-for-many#begin",
    "wagtail_contracts_circular": "how-to/a-text-for-many#follow-it",
    "wagtail_contracts_circular_state": "how-to/a-text-for-many#follow-it",
    "wagtail_contracts_circular_round": "how-to/a-text-for-many#when-the-text-changes",
    "wagtail_contracts_hand_over": "how-to/when-somebody-leaves",
    "wagtail_contracts_document": "how-to/sign-a-document",
    "wagtail_contracts_self_service": "how-to/self-service",
    "wagtail_contracts_self_service_new": "how-to/self-service#switch-it-on",
    "wagtail_contracts_self_service_edit": "how-to/self-service",
    "wagtail_contracts_self_service_off": "how-to/self-service",
}
# What the first steps of an installation and of a workspace lead to.
FIRST_STEPS = {
    "install": "how-to/install",
    "seal": "how-to/own-seal-identity",
    "worker": "how-to/monitor",
    "template": "how-to/write-a-template",
    "members": "how-to/give-access",
    "send": "how-to/send-a-contract",
    "workspace": "how-to/begin-in-a-workspace",
}


def guide(page: str) -> str:
    """The address of a page of the documentation, or of its part; "" where the site has none.

    A part is named by its heading after “#”, as Sphinx and most others make it.
    """
    said = contracts().docs_url
    name, mark, part = page.partition("#")
    return f"{said.replace(PLACE, name)}{mark}{part}" if page and said else ""


def guide_to(request: Any) -> str:
    """The address of what tells how to use the screen that was asked for; "" for none."""
    match = getattr(request, "resolver_match", None)
    if match is None:
        return ""
    return guide(GUIDES.get(match.view_name) or GUIDES.get(match.namespace, ""))
