"""What `manage.py check --deploy` says about evidence."""

from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connections

from wagtail_contracts import append_only, encryption, notes
from wagtail_contracts.audit.backends.keys import load
from wagtail_contracts.audit.conf import audit
from wagtail_contracts.audit.errors import CheckpointRefused

ID = "wagtail_contracts"
NEW_KEY = (
    "One is made by: python -c 'from cryptography.fernet import Fernet; "
    "print(Fernet.generate_key().decode())'"
)


@checks.register(checks.Tags.security, deploy=True)
def triggers(app_configs: Any, **options: Any) -> list[checks.CheckMessage]:
    """E001: a trigger of a table that may only grow is gone, off or another, in any app of ours."""
    found: list[checks.CheckMessage] = []
    for connection in connections.all():
        try:
            lost = [n for rule in append_only.kept() for n in append_only.missing(connection, rule)]
        except (DatabaseError, KeyError) as error:
            words = f"Triggers not looked for: {error}"
            found.append(checks.Warning(words, hint="Start the database.", id=f"{ID}.W001"))
            continue
        if lost:
            found.append(
                checks.Error(
                    f"Evidence can be changed, triggers are gone or not ours: {', '.join(lost)}.",
                    hint="Run migrate; it sets them again.",
                    id=f"{ID}.E001",
                )
            )
    return found


@checks.register(checks.Tags.security, deploy=True)
def keys(app_configs: Any, **options: Any) -> list[checks.CheckMessage]:
    """E002: no key to encrypt personal data with."""
    try:
        encryption.cipher()
    except ImproperlyConfigured as error:
        return [checks.Error(str(error), hint=NEW_KEY, id=f"{ID}.E002")]
    return []


@checks.register(checks.Tags.security)
def own_keys(app_configs: Any, **options: Any) -> list[checks.CheckMessage]:
    """E005: a key stands twice among KEYS, or is the site's SECRET_KEY, which others have too."""
    given = (getattr(settings, "WAGTAIL_CONTRACTS", None) or {}).get("KEYS") or ()
    plain = [key.decode() if isinstance(key, bytes) else str(key) for key in given]
    with suppress(ImproperlyConfigured):  # a site may have no SECRET_KEY
        plain.append(settings.SECRET_KEY)
    if len(set(plain)) == len(plain):
        return []
    words = "WAGTAIL_CONTRACTS['KEYS'] holds a key twice, or the SECRET_KEY."
    return [checks.Error(words, hint=NEW_KEY, id=f"{ID}.E005")]


@checks.register()
def section(app_configs: Any, **options: Any) -> list[checks.CheckMessage]:
    """E006: the section AUDIT can't be read, or signs checkpoints by half of what that takes."""
    hint = "ORIGIN is a name with a path, such as contracts.example.org/audit, and KEY a file."
    words = ""
    try:
        origin, key = audit().origin, audit().key
        if bool(origin) != bool(key) or (origin and not notes.NAME.fullmatch(origin)):
            words = "It takes an ORIGIN without spaces, and a KEY."
    except (ImproperlyConfigured, TypeError, AttributeError) as error:
        words = str(error)
    told = f"WAGTAIL_CONTRACTS['AUDIT'] can't be read: {words}"
    return [checks.Error(told, hint=hint, id=f"{ID}.E006")] if words else []


@checks.register(checks.Tags.security, deploy=True)
def checkpoint_key(app_configs: Any, **options: Any) -> list[checks.CheckMessage]:
    """E007: the key that is to sign checkpoints can't be opened."""
    with suppress(ImproperlyConfigured, TypeError, AttributeError):  # E006 tells
        if key := audit().key:
            try:
                load(key)
            except CheckpointRefused as error:
                hint = "Make one with audit_checkpoint --new-key, or let this user read it."
                return [checks.Error(str(error), hint=hint, id=f"{ID}.E007")]
    return []


@checks.register(checks.Tags.security, deploy=True)
def transaction_mode(app_configs: Any, **options: Any) -> list[checks.CheckMessage]:
    """E003: SQLite where a read that turns into a write fails at once instead of waiting."""
    return [
        checks.Error(
            f"The SQLite database {connection.alias!r} does not wait for its turn.",
            hint='Set "OPTIONS": {"transaction_mode": "IMMEDIATE"}.',
            id=f"{ID}.E003",
        )
        for connection in connections.all()
        if connection.vendor == "sqlite"
        and connection.settings_dict["OPTIONS"].get("transaction_mode") != "IMMEDIATE"
    ]
