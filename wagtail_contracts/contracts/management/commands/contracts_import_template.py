"""manage.py contracts_import_template: a template page from Markdown."""

from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from wagtail.models import Page

from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import ImportRefused
from wagtail_contracts.contracts.management import agreements
from wagtail_contracts.contracts.models import Workspace
from wagtail_contracts.contracts.models.templates import indexes


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
        sources = [(str(path), agreements.text(path)) for path in options["files"]]
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


def _workspace(slug: str) -> Workspace:
    found = Workspace.objects.filter(slug=slug).first()
    if found is None:
        known = ", ".join(Workspace.objects.values_list("slug", flat=True)) or "none"
        raise CommandError(f"There is no workspace “{slug}”; there are: {known}.")
    return found


def _parent(name: str | None, workspace: Workspace) -> Page:
    """The page above; without a name the template index of the workspace."""
    if name is None:
        for index in indexes():
            if index.workspace_id == workspace.pk:
                return index
        raise CommandError(f"The workspace “{workspace.slug}” has no template index page.")
    named = {"pk": int(name)} if name.isdecimal() else {"slug": name}
    pages = list(Page.objects.filter(**named).specific()[:2])
    if not pages:
        raise CommandError(f"There is no page “{name}” to put it below.")
    if len(pages) > 1:
        raise CommandError(f"Several pages are called “{name}”; give the id of one.")
    return pages[0]
