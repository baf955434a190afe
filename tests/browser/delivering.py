"""The worker's work, in a thread: Playwright's event loop is in the way of sealing in its own."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connections

from wagtail_contracts.outbox import flows as outbox


def deliver() -> None:
    """Do all that is due."""
    with ThreadPoolExecutor(1) as worker:
        worker.submit(_deliver).result()


def _deliver() -> None:
    try:
        outbox.deliver()
    finally:
        connections.close_all()
