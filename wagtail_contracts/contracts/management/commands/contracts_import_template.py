"""manage.py contracts_import_template: a template page from Markdown."""

from argparse import ArgumentTypeError
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from wagtail.models import Page

from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import ImportRefused
from wagtail_contracts.contracts.models import TemplateIndexMixin, Workspace

LARGEST = 4 << 20  # an agreement of a thousand pages has two million characters


class Command(BaseCommand):
    """Several files make one template: a cover page and its standard terms, say."""

    help = "Make a template page from Markdown files; reports by line what could not be placed."

    def add_arguments(self, parser: CommandParser) -> None:
        """Files, workspace, the page to put it below, language, and who fills in what."""
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE.md")
        parser.add_argument("--workspace", required=True, metavar="SLUG")
        parser.add_argument("--parent", metavar="PAGE", help="id or slug of the page above")
        parser.add_argument("--language", default="", metavar="CODE", help="of the text")
        parser.add_argument(
            "--field-role",
            action="append",
            default=[],
            type=_pair,
            metavar="KEY=ROLE",
            help="who fills in a field, party_2 say; otherwise party_1, our own side",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, and print the fields and what an editor should look at."""
        sources = [(str(path), _text(path)) for path in options["files"]]
        workspace = _workspace(options["workspace"])
        try:
            page, remarks = contracts.import_template(
                sources,
                workspace=workspace,
                parent=_parent(options["parent"], workspace),
                language=options["language"],
                fields=dict(options["field_role"]),
                by=SYSTEM,
            )
        except ImportRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        for field in page.fields:
            value = field.value
            self.stdout.write(f"{value['key']}: “{value['label']}”, filled in by {value['role']}")
        for remark in remarks:
            self.stdout.write(self.style.WARNING(str(remark)))
        self.stdout.write(f"Template “{page.title}” has the id {page.pk}; {len(remarks)} remarks.")


def _pair(text: str) -> tuple[str, str]:
    key, equals, role = text.partition("=")
    if not (key and equals and role):
        raise ArgumentTypeError(f"“{text}” is not KEY=ROLE.")
    return key, role


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path} can't be read: {error.strerror}.") from error
    if len(content) > LARGEST:
        raise CommandError(f"{path} is too large: {len(content)} bytes, at most {LARGEST}.")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        at = content.count(b"\n", 0, error.start) + 1
        raise CommandError(f"{path}:{at}: not UTF-8, byte {error.start}.") from error


def _workspace(slug: str) -> Workspace:
    found = Workspace.objects.filter(slug=slug).first()
    if found is None:
        known = ", ".join(Workspace.objects.values_list("slug", flat=True)) or "none"
        raise CommandError(f"There is no workspace “{slug}”; there are: {known}.")
    return found


def _parent(name: str | None, workspace: Workspace) -> Page:
    """The page above; without a name the template index of the workspace."""
    if name is None:
        pages = Page.objects.all().specific()
        indexes: Iterator[Any] = (page for page in pages if isinstance(page, TemplateIndexMixin))
        found = next((page for page in indexes if page.workspace == workspace), None)
        if found is None:
            raise CommandError(f"The workspace “{workspace.slug}” has no template index page.")
        return found
    named = {"pk": int(name)} if name.isdecimal() else {"slug": name}
    pages = list(Page.objects.filter(**named).specific()[:2])
    if not pages:
        raise CommandError(f"There is no page “{name}” to put it below.")
    if len(pages) > 1:
        raise CommandError(f"Several pages are called “{name}”; give the id of one.")
    return pages[0]
