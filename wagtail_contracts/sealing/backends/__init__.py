"""Who holds the key."""
