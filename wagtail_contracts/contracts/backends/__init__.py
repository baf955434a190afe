"""What an organisation chooses: who looks for viruses, and who knows videos elsewhere."""
