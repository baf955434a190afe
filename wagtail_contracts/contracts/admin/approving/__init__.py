"""Approvals in the admin: what needs one, who decides, the rules, and deputies."""
