"""When somebody leaves: what they hold, and who takes it over."""
