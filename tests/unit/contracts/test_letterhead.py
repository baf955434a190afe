"""The letterhead of a workspace stands on the first page of what is printed."""

import subprocess
from io import BytesIO

import pikepdf
import pytest
from django.core.exceptions import ValidationError

from example_site import contents as streams
from tests import uploads
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


def test_the_logo_travels_in_the_bundle_and_stands_on_the_first_page_alone():
    body = [streams.clause(f"Part {number}", "Some words. " * 80) for number in range(6)]
    logo = uploads.picture(size=(120, 40))
    look = Paper(LETTERHEAD, "#7a1f5c", "Eksempel AS", "logo.png", logo)
    bundle = printing.draft_bundle(made.content(body, values={}), "X-1", look)

    assert bundle.resources["logo.png"] == logo
    assert b"#7a1f5c" in bundle.resources["brand.css"]
    with pikepdf.open(BytesIO(sealing.render(bundle))) as printed:
        steps = [pikepdf.parse_content_stream(page) for page in printed.pages]
        drawn = [sum(str(step.operator) == "Do" for step in page) for page in steps]
        assert drawn == [1, *[0] * (len(steps) - 1)]
        assert len(steps) > 1
        told = [part for part in printed.objects if isinstance(part, pikepdf.Dictionary)]
        assert [str(part.Alt) for part in told if "/Alt" in part] == ["Eksempel AS"]


def workspace(letterhead):
    return Workspace(name="Sales", timezone="Europe/Oslo", letterhead=letterhead)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fits", "refused"),
    [("\n".join("abcdef"), "\n".join("abcdefg")), ("Ærlig & Sønn", "Ærlig 漢 Sønn")],
)
def test_what_could_not_be_printed_is_refused_where_it_is_typed(fits, refused):
    workspace(fits).clean()
    with pytest.raises(ValidationError) as error:
        workspace(refused).clean()
    assert set(error.value.message_dict) == {"letterhead"}
