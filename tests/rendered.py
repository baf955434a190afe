"""What a test client keeps of a page: the contexts of whole templates, and of none of their parts.

Django's client copies the context of every template that is rendered. An editor is made of
hundreds of widgets, which took a fifteenth of the whole time of tests of doors.
"""

from typing import Any

from django.template import Context, RequestContext, Template
from django.test import client

_store = client.store_rendered_templates  # type: ignore[attr-defined]


def whole(
    store: dict[str, Any],
    signal: Any,
    sender: Any,
    template: Template,
    context: Context,
    **more: Any,
) -> None:
    """In the place of Django's own: neither widgets, nor what is included or extended."""
    if isinstance(context, RequestContext) and context.template is template:
        _store(store, signal, sender, template, context, **more)


def keep_little() -> None:
    """For this process."""
    client.store_rendered_templates = whole  # type: ignore[attr-defined]
