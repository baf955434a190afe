"""Templates and static files lie where their app and room say, and escape what people wrote."""

import re
from pathlib import Path, PurePosixPath

import pytest

from tests.house.laws import HOUSE

NAME = re.compile(r"_?[a-z0-9]+(_[a-z0-9]+)*\.(html|txt|css|js|svg|json)")
UNESCAPED = re.compile(r"\|\s*safe(seq)?\b|autoescape\s+off|\bmark_safe\b")
TEMPLATES = sorted(path for path in HOUSE.rglob("templates/**/*") if path.is_file())


def misplaced(path: PurePosixPath, rooms: set[str]) -> list[str]:
    """What is wrong with the place of a template; `path` is relative to the package.

    <app>/templates/wagtail_contracts/<app>/<room>/<page>.html, so that no site's own template and
    no other app's can have the same name, and the owner of each is known.
    """
    if "templates" not in path.parts:
        return ["not below a folder templates/"]
    cut = path.parts.index("templates")
    app, below = path.parts[:cut], path.parts[cut + 1 :]
    wrong = [] if below[: cut + 1] == ("wagtail_contracts", *app) else ["not its app's name space"]
    if not wrong and (len(below) < cut + 3 or below[cut + 1] not in rooms):
        wrong.append(f"not in a room of {'/'.join(app)}: {sorted(rooms)}")
    if not NAME.fullmatch(path.name):
        wrong.append("not named in lower case, words parted by _")
    return wrong


def rooms_of(path: Path) -> set[str]:
    """The rooms of the app that a template lies in, and what its room `rendering` makes."""
    app = Path(str(path).split("/templates/")[0])
    entries = [*app.iterdir(), *app.glob("rendering/*")]
    return {entry.stem for entry in entries if entry.suffix == ".py" or entry.is_dir()}


def inside(path: Path) -> PurePosixPath:
    """Relative to the package."""
    return PurePosixPath(path.relative_to(HOUSE))


def test_every_page_lies_below_templates():
    pages = [path for path in HOUSE.rglob("*.html") if "static" not in path.parts]
    assert [str(inside(path)) for path in pages if path not in TEMPLATES] == []


def test_each_template_lies_in_the_room_that_shows_it():
    wrong = {str(inside(path)): misplaced(inside(path), rooms_of(path)) for path in TEMPLATES}
    assert {path: what for path, what in wrong.items() if what} == {}


def test_static_files_lie_in_their_apps_name_space():
    files = [inside(path) for path in HOUSE.rglob("static/**/*") if path.is_file()]
    assert files
    for path in files:
        cut = path.parts.index("static")
        expected = ("wagtail_contracts", *path.parts[:cut])
        assert path.parts[cut + 1 : cut + 1 + len(expected)] == expected


def test_no_template_trusts_what_people_wrote():
    pages = [path for path in TEMPLATES if path.suffix != ".txt"]  # plain text escapes nothing
    assert [str(inside(path)) for path in pages if UNESCAPED.search(path.read_text())] == []


@pytest.mark.parametrize(
    "path",
    [
        "signing/public/sign.html",
        "signing/templates/sign.html",
        "signing/templates/signing/public/sign.html",
        "signing/templates/wagtail_contracts/contracts/public/sign.html",
        "signing/templates/wagtail_contracts/signing/sign.html",
        "signing/templates/wagtail_contracts/signing/shortcuts/sign.html",
        "signing/templates/wagtail_contracts/signing/public/Sign-Page.html",
        "contracts/template_pages/templates/wagtail_contracts/contracts/models/page.html",
    ],
)
def test_a_misplaced_template_is_found(path):
    assert misplaced(PurePosixPath(path), {"public", "admin", "models"}) != []


@pytest.mark.parametrize(
    "path",
    [
        "signing/templates/wagtail_contracts/signing/public/sign.html",
        "signing/templates/wagtail_contracts/signing/public/parts/_who_signs.html",
        "contracts/templates/wagtail_contracts/contracts/admin/locked_stream.html",
        "contracts/template_pages/templates/wagtail_contracts/contracts/template_pages/models/"
        "page.html",
    ],
)
def test_a_template_in_its_place_is_not(path):
    assert misplaced(PurePosixPath(path), {"public", "admin", "models"}) == []


@pytest.mark.parametrize("text", ["{{ x|safe }}", "{{ x | safe }}", "{% autoescape off %}"])
def test_what_is_not_escaped_is_found(text):
    assert UNESCAPED.search(text)
    assert not UNESCAPED.search("{{ x }} is safe, {% autoescape on %}")
