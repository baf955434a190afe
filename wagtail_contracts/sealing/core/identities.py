"""Which seals are tests: those whose certificate says so, wherever it is read."""

from __future__ import annotations

TEST = "TEST "
NOTE = "sealed with a test identity: made for training, binds nobody"


def is_test(common_name: object) -> bool:
    """Say whether a certificate's common name marks a test identity."""
    return isinstance(common_name, str) and common_name.startswith(TEST)
