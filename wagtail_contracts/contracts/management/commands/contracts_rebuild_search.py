"""manage.py contracts_rebuild_search: the words by which contracts are found, made anew."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import searching


class Command(BaseCommand):
    """Nobody needs it from day to day: flows keep the words. Run it when a key is to be retired."""

    help = "Make the words by which contracts are found anew, and the index over them."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make both, and tell how many contracts had other words."""
        searching.install(connection)
        changed = contracts.rebuild(by=SYSTEM)
        self.stdout.write(f"Contracts whose words were made anew: {changed}.")
