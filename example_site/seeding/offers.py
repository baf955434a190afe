"""What anybody may begin by themselves, and the template for a document that others wrote."""

from __future__ import annotations

from typing import Any

from example_site.contents import (
    chip,
    clause,
    field,
    heading,
    listing,
    option,
    party_details,
    place,
    role,
    signatures,
    text,
)
from example_site.seeding import rows
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts.flows import documents, self_service
from wagtail_contracts.contracts.models import SelfService, Workspace
from wagtail_contracts.contracts.template_pages.models import ContractTemplate, TemplateIndexPage

SLUG = "kurs"
DAYS = [option("march", "9. mars"), option("april", "13. april")]
COURSE: dict[str, Any] = {
    "title": "Kurs i universell utforming",
    "language": "nb",
    "roles": [
        role("organiser", "Kursholder", own=True),
        role("participant", "Deltaker", kind="person"),
    ],
    "fields": [
        field("money", "fee", "Kursavgift", "organiser", currency="NOK", default="4500"),
        field("choice", "day", "Kursdag", "participant", options=DAYS),
        field("long_text", "needs", "Tilrettelegging", "participant", required=False),
    ],
    "body": [
        heading("Påmelding"),
        party_details("Partene"),
        text(
            f"{chip('participant.name')} («Deltakeren») melder seg på kurset hos "
            f"{chip('organiser.name')} («Kursholderen»)."
        ),
        clause("Kurset", "Kurset varer fra klokka 9 til 16 og omfatter"),
        listing(
            "lunsj og kursmateriell,",
            "øvelser med skjermleser og tastatur, og",
            "kursbevis etter gjennomført kurs.",
        ),
        clause("Dag og tilrettelegging", "Deltakeren velger dag og sier fra om behov."),
        place("day"),
        place("needs"),
        clause("Pris", f"Kursavgiften er {chip('fee')} og faktureres etter kurset."),
        clause("Avbestilling", "Deltakeren kan avbestille uten kostnad inntil sju dager før."),
        signatures("Signaturer"),
    ],
}


def make() -> None:
    """After workspaces and staff."""
    documents.add_document_template(Workspace.objects.get(slug="salg"), by=SYSTEM)
    index = TemplateIndexPage.objects.get(workspace__slug="personal")
    page = index.add_child(instance=ContractTemplate(**COURSE))
    page.save_revision().publish()
    service = SelfService(
        workspace=index.workspace,
        template_id=page.pk,
        slug=SLUG,
        owner=rows.user("siri"),
        afterwards="Påmeldingen er stengt. Spør Siri Strand om neste kurs.",
    )
    self_service.set_up(service, by=SYSTEM)
