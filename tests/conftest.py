"""Settings and actors that all tests share."""
