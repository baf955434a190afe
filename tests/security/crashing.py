"""A page that crashes with a secret in its message."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def crash(request: HttpRequest, token: str) -> HttpResponse:
    """Fail as code does that puts what it got into its message."""
    raise ValueError(f"bad token {token} of kari@nordmann.example")


urlpatterns = [path("c/<token>/crash", crash)]
