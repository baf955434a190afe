"""What staff are told: their list, and what they choose to be told by mail."""
