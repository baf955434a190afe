"""What an organisation chooses: how an SMS leaves."""
