"""A text for many: who has signed it, and what is done about the rest."""
