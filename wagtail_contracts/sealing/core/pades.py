"""Which level of ETSI EN 319 142-1 a seal gets: B-B, the seal alone, whose time is our own word."""

LEVEL = "B-B"
