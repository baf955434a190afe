"""What is done to a workspace, in its own trail: rights, members, rules, keys, exports, texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail_contracts.actors import Actor
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.contracts.models import Workspace
from wagtail_contracts.outbox import flows as outbox


def chronicle(
    workspace: Workspace,
    name: str,
    data: Mapping[str, Any] | None = None,
    *,
    by: Actor,
    disclose: Mapping[str, str] | None = None,
) -> None:
    """Append to the workspace's own trail, in the caller's transaction; administrators read it.

    As in every trail `data` holds ids, digests, states and numbers only; names, addresses and
    reasons go to `disclose`. Subscribers of the topic are posted a message.
    """
    audit.record(workspace.trail, name, data, by=by, disclose=disclose)
    outbox.post(name, workspace=workspace.pk)
