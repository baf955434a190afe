"""Means of identification for tests: one that is somewhere else, and says whatever it is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail_contracts.signing.backends.methods import AwayMethod, Leaving
from wagtail_contracts.signing.core.shown import AWAY, Shown
from wagtail_contracts.signing.errors import SignInRefused


class Elsewhere(AwayMethod):
    """It sends people to an address of its own, and believes what comes back for them."""

    name = "Elsewhere"
    how = "elsewhere"

    def begin(self, leaving: Leaving) -> str:
        """An address with what the answer must have."""
        return f"https://elsewhere.example/?nonce={leaving.nonce}"

    def finish(self, leaving: Leaving, parameters: Mapping[str, Any]) -> Shown:
        """The person that the parameters name."""
        if parameters.get("nonce") != leaving.nonce:
            raise SignInRefused("nonce")
        return Shown(method=self.key, kind=AWAY, name=str(parameters["name"]))
