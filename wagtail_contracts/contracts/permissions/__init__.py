"""Who may do what with which contract: the verbs of a workspace decide, nothing else."""

from wagtail_contracts.contracts.permissions.allowing import (
    ACTIONS,
    Places,
    actor,
    having,
    holds_whole,
    linked,
    makes,
    may,
    may_upload,
    member,
    places,
    reads,
    replaced,
    taking_whole,
    visible,
    whole,
    workspaces,
)
from wagtail_contracts.contracts.permissions.comparing import no_more_than
from wagtail_contracts.contracts.permissions.people import (
    administrators,
    colleagues,
    enters,
    everybody,
    holders,
    keyholders,
    stand_ins,
)
from wagtail_contracts.contracts.permissions.policies import (
    POLICIES,
)
from wagtail_contracts.contracts.permissions.templates import (
    foreign_indexes,
    sends_to_many,
    template_workspaces,
    templates,
)

__all__ = [
    "ACTIONS",
    "POLICIES",
    "Places",
    "actor",
    "administrators",
    "colleagues",
    "enters",
    "everybody",
    "foreign_indexes",
    "having",
    "holders",
    "holds_whole",
    "keyholders",
    "linked",
    "makes",
    "may",
    "may_upload",
    "member",
    "no_more_than",
    "places",
    "reads",
    "replaced",
    "sends_to_many",
    "stand_ins",
    "taking_whole",
    "template_workspaces",
    "templates",
    "visible",
    "whole",
    "workspaces",
]
