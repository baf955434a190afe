"""The letterhead of a workspace stands on the first page of what is printed."""

import subprocess

import pytest
from django.core.exceptions import ValidationError

from example_site import contents as streams
from tests.unit.contracts import made
from wagtail_contracts.contracts.models import Workspace
from wagtail_contracts.contracts.rendering import print as printing
from wagtail_contracts.contracts.rendering.brand import Paper
from wagtail_contracts.sealing import flows as sealing

LETTERHEAD = "Eksempel AS\nStorgata 1\n0155 Oslo <post@eksempel.example>"


def pages(bundle, tmp_path):
    """The words of each page of what is printed."""
    path = tmp_path / "contract.pdf"
    path.write_bytes(sealing.render(bundle))
    told = subprocess.run(  # noqa: S603 - poppler, on a file of our own
        ["pdftotext", "-layout", str(path), "-"],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
    )
    return [" ".join(page.split()) for page in told.stdout.split("\f") if page.strip()]


def test_it_stands_on_the_first_page_alone(tmp_path):
    body = [streams.clause(f"Part {number}", "Some words. " * 80) for number in range(12)]
    content = made.content(body, values={})
    with_it = pages(printing.draft_bundle(content, "X-1", Paper(LETTERHEAD)), tmp_path)
    assert len(with_it) > 2
    assert with_it[0].startswith("Eksempel AS Storgata 1 0155 Oslo <post@eksempel.example>")
    assert not any("Storgata" in page for page in with_it[1:])
    without = pages(printing.draft_bundle(content, "X-1"), tmp_path)
    assert "Storgata" not in without[0]
    assert with_it[0].removeprefix(LETTERHEAD.replace("\n", " "))[:60].strip() in without[0]


def workspace(letterhead):
    return Workspace(name="Sales", timezone="Europe/Oslo", letterhead=letterhead)


@pytest.mark.parametrize(
    ("fits", "refused"),
    [("\n".join("abcdef"), "\n".join("abcdefg")), ("Ærlig & Sønn", "Ærlig 漢 Sønn")],
)
def test_what_could_not_be_printed_is_refused_where_it_is_typed(fits, refused):
    workspace(fits).clean()
    with pytest.raises(ValidationError) as error:
        workspace(refused).clean()
    assert set(error.value.message_dict) == {"letterhead"}
