"""Means of identification for tests: one that is somewhere else, and says whatever it is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail_contracts.signing.backends.methods import AwayMethod, Leaving
from wagtail_contracts.signing.core.shown import AWAY, Shown


class Elsewhere(AwayMethod):
    """It sends people to an address of its own, and believes what comes back."""

    name = "Elsewhere"
    how = "elsewhere"

    def begin(self, leaving: Leaving) -> str:
        """An address with the state."""
        return f"https://elsewhere.example/?state={leaving.state}"

    def finish(self, leaving: Leaving, parameters: Mapping[str, Any]) -> Shown:
        """The person that the parameters name."""
        return Shown(method=self.key, kind=AWAY, name=str(parameters["name"]))
