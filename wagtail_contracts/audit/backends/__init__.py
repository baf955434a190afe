"""Who holds the key of checkpoints, and where checkpoints go."""
