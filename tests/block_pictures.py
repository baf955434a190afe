"""Take the pictures of docs/reference/blocks.md anew: `python -m tests.block_pictures`.

Every kind of block is shown as an author writes it, as its reader finds it and as it is printed:
it runs the demo with data of its own, puts a template for each kind into it, and looks at them.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops
from playwright.sync_api import Page, sync_playwright

from example_site import contents as made
from tests.browser import authoring
from tests.browser.site import ROOT, Site, running
from tests.chromium import launch

FOLDER = ROOT / "docs" / "pictures" / "blocks"
COLOURS = 64
HEIGHT = 2400  # the admin scrolls inside its window, and its buttons stand over what is long
DOTS = 110  # an inch, on paper
FOOT = 0.93  # of a page; below stands the footing
SENTENCE = "The supplier answers within four hours on working days, and keeps a list of faults."
NOTICES, TOLD = "Notices", "<p>Notices are in writing and go to the contact persons.</p>"
FIELDS = [
    made.field("date", "start", "Start", "supplier", default="2027-01-15"),
    made.field(
        "choice",
        "support",
        "Support",
        "customer",
        options=[made.option("office", "Office hours"), made.option("extended", "Until 21.00")],
    ),
]
ROLES = [made.role("supplier", "Supplier", own=True), made.role("customer", "Customer")]


def entries() -> dict[str, list[Any]]:
    """A text for each kind in which it stands."""
    area = made.area("Additional terms")
    area["value"]["blocks"] = [made.clause("A clause of one's own", SENTENCE)]
    del area["value"]["blocks"][0]["value"]["policy"]
    rows = [
        made.product("Hosting", "5300", period="month"),
        made.product("Training", "9800", choice="optional", default=True),
    ]
    wordings = [("Two weeks", "Notice", "Two weeks."), ("A month", "Notice", "A month.")]
    return {
        "heading": [made.heading("The service and its price")],
        "clause": [made.clause("Availability", SENTENCE)],
        "definition": [made.definition("Service", "the software that the supplier runs.")],
        "text": [
            made.text(
                f"From {made.chip('start')} the service runs. Support: {made.chip('support')}."
            )
        ],
        "list": [made.listing("keeps it secret,", "gives it to nobody.", ordered=True)],
        "table": [made.table("Times", ("Fault", "Answer"), ("Down", "1 hour"), ("Slow", "1 day"))],
        "columns": [made.columns(SENTENCE, "The customer reports faults at once.")],
        "bilingual": [
            made.bilingual("Start", "It starts at once.", "Oppstart", "Den starter straks.")
        ],
        "products": [made.products("Prices", *rows, role="customer", months=12)],
        "field_place": [made.place("support"), made.place("start")],
        "party_details": [made.party_details("The parties")],
        "alternatives": [made.alternatives(*wordings)],
        "group": [made.group("Only with support", made.clause("Support", SENTENCE))],
        "area": [area],
        "page_break": [made.text("Before."), made.page_break(), made.text("On the next page.")],
        "signatures": [made.signatures("Signatures")],
    }


def put(told: dict[str, list[Any]]) -> dict[str, tuple[int, str]]:
    """In the demo's own process: a template for each kind; (page, id of the block) by kind."""
    from django.contrib.auth import get_user_model

    from wagtail_contracts.actors import SYSTEM, Actor
    from wagtail_contracts.contracts import flows as contracts
    from wagtail_contracts.contracts.template_pages.models import (
        ContractTemplate,
        TemplateIndexPage,
    )

    user = get_user_model().objects.get(username="redaktor")
    by = Actor("user", str(user.pk), user.get_full_name(), user.email)
    index = TemplateIndexPage.objects.first()
    found = {}
    for kind, body in {**told, **uploaded(), "library": shared(index.workspace, by)}.items():
        fields = FIELDS if kind in ("text", "field_place") else []
        page = ContractTemplate(title=kind, language="en", body=body, fields=fields, roles=ROLES)
        page.second_language, page.governing = ("nb", "first") if kind == "bilingual" else ("", "")
        index.add_child(instance=page)
        page.save_revision().publish()
        contracts.use_files(page.body, index.workspace, in_templates=True, by=SYSTEM)
        found[kind] = page.pk, next(entry["id"] for entry in body if entry["type"] == kind)
    return found


def uploaded() -> dict[str, list[Any]]:
    """The kinds that hold a file."""
    from example_site.seeding import papers

    kept = papers.kept()
    told = "A mark moves from the first room through the corridor to the stairs."
    return {
        "image": [made.image(kept["plan"], "Two rooms right of a corridor.", "The floor plan")],
        "video": [made.video("The way out", kept["escape"], kept["captions"], told)],
        "exhibit": [made.exhibit(kept["rules"], "House rules")],
    }


def shared(workspace: Any, by: Any) -> list[Any]:
    """A clause from the library."""
    from example_site.seeding.shared import Shared
    from wagtail_contracts.contracts import flows as contracts
    from wagtail_contracts.contracts.models import LibraryClause

    clause = LibraryClause(workspace=workspace, name=NOTICES, heading=NOTICES, text=TOLD)
    kept = Shared({NOTICES: contracts.write_clause(clause, by=by)}, {})
    return kept.placed({"body": [made.kept_clause(NOTICES, 1)], "fields": []})["body"]


def templates(site: Site) -> dict[str, tuple[int, str]]:
    """Put the templates into the running demo."""
    code = (
        "import json; from tests import block_pictures as b;"
        "print('FOUND' + json.dumps(b.put(b.entries())))"
    )
    told = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "example_site.manage", "shell", "-v", "0", "-c", code],
        cwd=ROOT,
        env=site.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, tuple[int, str]] = json.loads(told.stdout.split("FOUND")[1])
    return found


def written(page: Page, number: int, block: str) -> Image.Image:
    """The block in its author's form."""
    page.goto(f"/admin/pages/{number}/edit/")
    return around(page, f"[data-contentpath='{block}']", 24, 8)


def read(page: Page, number: int, block: str) -> Image.Image:
    """The block as its reader finds it."""
    page.goto(f"/admin/contract-templates/{number}/preview/page/")
    return around(page, f"#b-{block}", 56, 20)


def around(page: Page, selector: str, beside: int, above: int) -> Image.Image:
    """What stands there, with so many pixels around it."""
    item = page.locator(selector).first
    item.wait_for(state="attached")
    page.wait_for_timeout(700)
    box = item.bounding_box()
    assert box
    corner = {"x": box["x"] - beside, "y": box["y"] - above}
    size = {"width": box["width"] + beside + 16, "height": box["height"] + 2 * above}
    shot = page.screenshot(clip={**corner, **size}, full_page=True, animations="disabled")  # type: ignore[arg-type]
    return Image.open(io.BytesIO(shot))


def printed(page: Page, number: int) -> Image.Image:
    """What is on paper below the heading of the contract."""
    url = f"/admin/contract-templates/{number}/preview/"
    page.goto(url)
    with page.expect_download() as download:
        page.get_by_role("button", name="As PDF").click()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paper.pdf"
        download.value.save_as(path)
        subprocess.run(  # noqa: S603 - poppler
            ["pdftoppm", "-r", str(DOTS), "-png", str(path), str(path.with_suffix(""))],  # noqa: S607
            check=True,
        )
        pages = [Image.open(found).convert("RGB") for found in sorted(path.parent.glob("*.png"))]
    return stacked(list(inked(pages)))


def inked(pages: list[Image.Image]) -> Iterator[Image.Image]:
    """What is printed on each page, without head and foot."""
    for number, sheet in enumerate(pages):
        top = ruled(sheet) + 4 if number == 0 else 0
        part = sheet.crop((0, top, sheet.width, int(sheet.height * FOOT)))
        ground = Image.new("RGB", part.size, "white")
        if box := ImageChops.difference(part, ground).getbbox():
            yield part.crop((60, max(box[1] - 20, 0), part.width - 60, box[3] + 20))


def ruled(sheet: Image.Image) -> int:
    """Where the line below the heading stands."""
    grey = sheet.convert("L")
    middle = grey.crop((sheet.width // 4, 0, sheet.width * 3 // 4, sheet.height // 2))
    for y in range(middle.height):
        if middle.crop((0, y, middle.width, y + 1)).getextrema()[1] < 220:
            return y
    return 0


def stacked(parts: list[Image.Image]) -> Image.Image:
    """One below the other."""
    whole = Image.new("RGB", (max(p.width for p in parts), sum(p.height for p in parts)), "white")
    y = 0
    for part in parts:
        whole.paste(part, (0, y))
        y += part.height
    return whole


def keep(picture: Image.Image, name: str) -> None:
    """Write it."""
    path = FOLDER / f"{name}.png"
    picture.convert("RGB").quantize(COLOURS).save(path, optimize=True)


def main() -> int:
    """Take them all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = launch(playwright)
        with running(Path(folder) / "var") as site:
            context = browser.new_context(base_url=site.url, locale="en-GB")
            page = context.new_page()
            page.set_viewport_size({"width": 1100, "height": HEIGHT})
            authoring.log_in(page, "redaktor")
            for kind, (number, block) in templates(site).items():
                keep(written(page, number, block), f"{kind}-editor")
                keep(read(page, number, block), f"{kind}-page")
                keep(printed(page, number), f"{kind}-paper")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
