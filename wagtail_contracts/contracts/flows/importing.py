"""Templates from text that people already have."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts.conf import contracts
from wagtail_contracts.contracts.core import importing
from wagtail_contracts.contracts.errors import ImportRefused
from wagtail_contracts.contracts.models import TemplateIndexMixin, Workspace

STREAMS = ("roles", "fields", "body")


@transaction.atomic
def import_template(
    sources: Iterable[tuple[str, str]], *, workspace: Workspace, parent: Page, by: Actor
) -> tuple[Page, list[importing.Note]]:
    """Make a live template page below `parent` from (name, Markdown) pairs, in their order.

    Returns the page and what could not be placed as it stood, by line. Raises ImportRefused.
    """
    read = importing.read(sources)
    if not read.title:
        raise ImportRefused(_("The text has no heading of level 1, which would be the title."))
    if not _belongs(parent, workspace):
        raise ImportRefused(
            _("“%(page)s” is not below the template index of the workspace “%(workspace)s”.")
            % {"page": parent.title, "workspace": workspace}
        )

    page = apps.get_model(contracts().template_page)(title=read.title)
    for name in STREAMS:
        setattr(page, name, _cleaned(page, name, getattr(read, name)))
    parent.add_child(instance=page)
    page.save_revision(user_id=int(by.key) if by.kind == "user" else None).publish()

    return page, read.notes


def _belongs(parent: Page, workspace: Workspace) -> bool:
    places = parent.get_ancestors(inclusive=True).specific()
    indexes = [page for page in places if isinstance(page, TemplateIndexMixin)]
    return any(page.workspace == workspace for page in indexes)


def _cleaned(page: Page, name: str, entries: list[dict[str, Any]]) -> Any:
    stream = page._meta.get_field(name).stream_block
    try:
        return stream.clean(stream.to_python(entries))
    except ValidationError as error:
        raise ImportRefused(
            _("The template's stream “%(name)s” refuses what was read: %(error)s")
            % {"name": name, "error": getattr(error, "as_json_data", error.__str__)()}
        ) from error
