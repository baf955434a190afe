"""The kinds of events that contracts records; importing it declares them."""

from wagtail_contracts.contracts.rendering.event_kinds import contracts, people, workspaces

__all__ = ["contracts", "people", "workspaces"]
