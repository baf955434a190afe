"""What somebody can do who owns the database and the key of checkpoints: grow another past."""

from typing import Any

from django.core.management import call_command
from django.db import connection

from wagtail_contracts import append_only, chain
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.models import Anchored, Checkpoint, Event, LogEntry, Trail


def forge(key: str, sequence: int, **changes: Any) -> None:
    """Change one event of a trail, and make all that came after fit; then sign it anew."""
    drop_triggers()
    head = chain.genesis(key)
    for event in Event.objects.of(key):
        content = {name: event.content[name] for name in ("at", "by", "commitments", "name")}
        content["data"] = event.data | (changes if event.sequence == sequence else {})
        link = chain.link(key, head, content)
        Event.objects.filter(pk=event.pk).update(record=link.record, digest=link.digest)
        head = chain.Head(event.sequence, link.digest)
    Trail.objects.filter(key=key).update(head=head.digest)
    for model in (Anchored, Checkpoint, LogEntry):
        model.objects.all().delete()
    call_command("migrate", verbosity=0)  # the triggers are back
    audit.checkpoint()


def drop_triggers() -> None:
    """Whoever owns a database may do this."""
    with connection.cursor() as cursor:
        for name in [name for rule in append_only.kept() for name in rule.triggers["sqlite"]]:
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')
