"""Many at once, each over TCP: `python -m tests.load`."""
