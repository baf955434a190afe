"""What `contracts_selftest` looks for in the site itself, and how it reads a text."""
