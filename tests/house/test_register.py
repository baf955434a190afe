"""The register in the docs is the one in the code."""

from django.utils import translation

from tests.house.laws import HOUSE
from tests.register_page import page


def test_the_page_of_the_register_is_made_from_the_code():
    with translation.override("en"):
        made = page()

    assert (HOUSE.parent / "docs/reference/register.md").read_text() == made, (
        "python -m tests.register_page > docs/reference/register.md"
    )
