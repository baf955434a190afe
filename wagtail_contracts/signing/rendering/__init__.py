"""What signing shows: the declaration, the signature page, the mails."""
