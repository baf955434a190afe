"""What axe looked at, read from the tests that ask it: docs/papers/accessibility.md."""
