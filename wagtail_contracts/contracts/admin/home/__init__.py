"""What the admin's home says of contracts to whoever sees some."""
