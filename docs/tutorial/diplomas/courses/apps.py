"""The app in Django."""

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    """Courses and their diplomas."""

    name = "courses"
