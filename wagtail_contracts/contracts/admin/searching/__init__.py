"""Finding a contract from any page of the admin: one key, one place to click, one question."""
