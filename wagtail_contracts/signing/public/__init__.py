"""Every page that an outsider can reach."""
