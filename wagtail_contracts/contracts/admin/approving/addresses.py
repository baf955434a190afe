"""Where the pages about approvals are."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path

from wagtail_contracts.contracts.admin.approving import asking, deciding, deputies, inbox, rules

OF_CONTRACTS: dict[str, Any] = {
    "ask_approval": asking.AskView,
    "approve": deciding.ApproveView,
    "recall_approval": deciding.RecallView,
    "answer_approver": deciding.AnswerView,
}
OF_WORKSPACES: dict[str, Any] = {
    "rules": rules.RulesView,
    "new_rule": rules.NewRuleView,
    "end_rule": rules.EndRuleView,
}


def of_workspaces() -> dict[str, Any]:
    """For `register_workspace_views`: its gate stands before them."""
    return OF_WORKSPACES


def addresses() -> list[URLPattern]:
    """For `register_admin_urls`."""
    stem = "contract-approvals/"
    return [
        path(stem, inbox.InboxView.as_view(), name=deciding.INBOX),
        path(f"{stem}deputies/", deputies.DeputiesView.as_view(), name=inbox.DEPUTIES),
    ]
