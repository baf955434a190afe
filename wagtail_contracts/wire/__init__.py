"""Calls to other servers: wherever they lead and whatever answers, they stay harmless."""
