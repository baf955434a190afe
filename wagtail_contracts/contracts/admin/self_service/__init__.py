"""Self-service: templates from which anybody begins a contract."""
