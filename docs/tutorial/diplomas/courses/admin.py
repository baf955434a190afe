"""Diplomas in the admin, with an action that issues them."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest

from courses import issuing
from courses.models import Diploma
from wagtail_contracts.actors import Actor
from wagtail_contracts.errors import Refusal


@admin.register(Diploma)
class DiplomaAdmin(admin.ModelAdmin):
    """Diplomas by name."""

    list_display = ("name", "course", "passed_on", "subject")
    actions = ("issue",)

    @admin.action(description="Issue the selected diplomas", permissions=["change"])
    def issue(self, request: HttpRequest, chosen: Any) -> None:
        """Seal each that isn't sealed yet."""
        by = Actor(kind="user", key=str(request.user.pk), label=request.user.get_username())
        for diploma in chosen.filter(subject=""):
            try:
                kept = issuing.issue(diploma, by=by)
            except Refusal as refusal:
                self.message_user(request, f"{diploma}: {refusal}", messages.ERROR)
            else:
                self.message_user(request, f"{diploma}: {kept.name}", messages.SUCCESS)
