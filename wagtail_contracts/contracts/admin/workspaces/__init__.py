"""Workspaces in the admin: their page, their settings, their place in the menu."""
