"""Several contracts at once, self-service, and what a site says of itself."""

from __future__ import annotations

from tests.pictures import outside
from tests.pictures.photographer import Photographer

DESK = {
    "texts-for-many": "contract-texts-for-many/",
    "new-text-for-many": "contract-texts-for-many/new/",
    "sign-a-document": "contract-document/",
    "self-service": "contract-self-service/",
    "offer-a-template": "contract-self-service/new/",
    "consumer-texts": "contract-workspaces/disclosures/1/",
    "kept-data": "contract-register/",
}
ANYBODY = {
    "self-service-page": "s/kurs/",
    "trust": "trust/",
    "privacy-notice": "c/privacy/",
}
WALKED = ("text-for-many", "package")
TABLES = (DESK, ANYBODY)


def desk(photographer: Photographer) -> None:
    """What staff see of them."""
    with photographer.visit("admin") as page:
        for screen, address in DESK.items():
            page.goto(f"/admin/{address}")
            photographer.take(page, screen)
        page.goto(f"/admin/{DESK['texts-for-many']}")
        page.locator("a.wc-inbox__open").first.click()
        page.locator("[data-circular]").wait_for()
        photographer.take(page, "text-for-many")


def anybody(photographer: Photographer) -> None:
    """What is open to anybody, and the list of a package."""
    with photographer.visit() as page:
        for screen, address in ANYBODY.items():
            page.goto(f"/{address}")
            photographer.take(page, screen)
    with photographer.visit() as page:
        outside.come_in(photographer, page, outside.LIBRARY, "leseapp")
        photographer.take(page, "package")
