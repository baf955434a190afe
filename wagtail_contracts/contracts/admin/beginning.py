"""What a new template begins with: two parties, a sentence that names them, and signatures."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.signals import init_new_page

from wagtail_contracts.contracts.core.richtext import ATTRIBUTE
from wagtail_contracts.contracts.models import ContractTemplateMixin, TemplateIndexMixin, Workspace

Block = tuple[str, dict[str, Any]]
_wanted: ContextVar[str] = ContextVar("language of a template that begins", default="")
US, THEM = "us", "counterparty"  # whatever their labels become


def begin(sender: Any, page: Any, parent: Any, **kwargs: Any) -> None:
    """Fill in a template that nobody has seen yet, in its language."""
    if not issubclass(type(page), ContractTemplateMixin):
        return
    workspace = _workspace(parent)
    page.language = _wanted.get() or (workspace.language if workspace else "")
    with override(page.language or None):
        page.roles, page.body = _identified(_roles()), _identified(_body())


@contextmanager
def wanted(language: str) -> Iterator[None]:
    """What begins meanwhile is in this language of the site; any other word is the workspace's."""
    known = language if language in dict(settings.LANGUAGES) else ""
    token = _wanted.set(known)
    try:
        yield
    finally:
        _wanted.reset(token)


def listen() -> None:
    """Begin each new template so."""
    init_new_page.connect(begin, dispatch_uid="wagtail_contracts.begin")


def _workspace(parent: Any) -> Workspace | None:
    for page in reversed(parent.get_ancestors(inclusive=True).specific()):
        if isinstance(page, TemplateIndexMixin):
            return page.workspace
    return None


def _identified(blocks: list[Block]) -> list[dict[str, Any]]:
    return [{"type": kind, "value": value, "id": str(uuid.uuid4())} for kind, value in blocks]


def _roles() -> list[Block]:
    common = {"kind": "organisation", "rule": "all"}
    return [
        ("role", {"label": _("First party"), "key": US, "own": True, **common}),
        ("role", {"label": _("Second party"), "key": THEM, "own": False, **common}),
    ]


def _body() -> list[Block]:
    names = {"us": _chip(f"{US}.name"), "them": _chip(f"{THEM}.name")}
    sentence = format_html(_("This agreement is between {us} and {them}."), **names)
    return [
        ("heading", {"level": "1", "text": format_html("<p>{}</p>", _("The parties"))}),
        ("text", {"text": format_html("<p>{}</p>", sentence)}),
        ("signatures", {"title": _("Signatures")}),
    ]


def _chip(key: str) -> SafeString:
    return format_html('<span {}="{}">{}</span>', ATTRIBUTE, key, key)
