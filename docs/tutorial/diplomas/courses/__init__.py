"""Courses, and who passed them."""
