"""Make a template page from Markdown."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from wagtail.models import Page

from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts.errors import ImportRefused
from wagtail_contracts.contracts.flows.importing import import_template
from wagtail_contracts.contracts.models import TemplateIndexMixin, Workspace


class Command(BaseCommand):
    """Several files make one template: a cover page and its standard terms, say."""

    help = "Make a template page from Markdown files; reports by line what could not be placed."

    def add_arguments(self, parser: CommandParser) -> None:
        """Files, workspace, and the page to put it below."""
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE.md")
        parser.add_argument("--workspace", required=True, metavar="SLUG")
        parser.add_argument("--parent", metavar="PAGE", help="id or slug of the page above")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, and print what an editor should look at."""
        sources = [(path.name, _text(path)) for path in options["files"]]
        workspace = _workspace(options["workspace"])
        try:
            page, notes = import_template(
                sources,
                workspace=workspace,
                parent=_parent(options["parent"], workspace),
                by=SYSTEM,
            )
        except ImportRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        for note in notes:
            self.stdout.write(self.style.WARNING(str(note)))
        self.stdout.write(f"Template “{page.title}” has the id {page.pk}; {len(notes)} notes.")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{path} can't be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{path} is not UTF-8: byte {error.start}.") from error


def _workspace(slug: str) -> Workspace:
    found = Workspace.objects.filter(slug=slug).first()
    if found is None:
        known = ", ".join(Workspace.objects.values_list("slug", flat=True)) or "none"
        raise CommandError(f"There is no workspace “{slug}”; there are: {known}.")
    return found


def _parent(name: str | None, workspace: Workspace) -> Page:
    found: Page | None
    if name is None:
        pages = Page.objects.all().specific()
        indexes: Iterator[Any] = (page for page in pages if isinstance(page, TemplateIndexMixin))
        found = next((page for page in indexes if page.workspace == workspace), None)
    elif name.isdecimal():
        found = Page.objects.filter(pk=int(name)).first()
    else:
        found = Page.objects.filter(slug=name).first()
    if found is None:
        raise CommandError(f"There is no page “{name or 'template index'}” to put it below.")
    return found.specific
