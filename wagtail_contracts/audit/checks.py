"""System checks of audit."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

from wagtail_contracts import append_only, encryption
from wagtail_contracts.audit import models


def register_all() -> None:
    """Called once, when the app is ready."""
    register(triggers_are_there, Tags.database)
    register(keys_are_there, Tags.security, deploy=True)


def triggers_are_there(
    *, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """E001: without its triggers the trail can be rewritten by a slip."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if models.Event._meta.db_table not in connection.introspection.table_names():
            continue
        rules = models.triggers(connection.vendor).values()
        names = {name for of_table in rules for name, _body in of_table}
        if lost := sorted(names - append_only.present(connection)):
            found.append(
                Error(
                    f"Triggers of the audit trail are missing: {', '.join(lost)}.",
                    hint="Run migrate: it sets them anew.",
                    id="wagtail_contracts_audit.E001",
                )
            )
    return found


def keys_are_there(**kwargs: Any) -> list[CheckMessage]:
    """E002: personal data of events are encrypted."""
    try:
        encryption.cipher()
    except ImproperlyConfigured as error:
        return [Error(str(error), id="wagtail_contracts_audit.E002")]
    return []
