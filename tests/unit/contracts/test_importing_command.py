"""manage.py contracts_import_template: what it makes, and that faulty input makes nothing."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page, Revision

from tests import builders
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.template_pages.models import ContractTemplate, TemplateIndexPage

DATA = Path(__file__).parents[2] / "data"
LEASE = (DATA / "lease-coverpage.md", DATA / "lease.md")


@pytest.fixture
def index(sales):
    """The template index of a workspace."""
    page = TemplateIndexPage(title="Templates", workspace=sales)
    return builders.root().add_child(instance=page)


@pytest.fixture
def good(tmp_path):
    """A file that can be imported."""
    path = tmp_path / "good.md"
    path.write_text("# Agreement\n\nBetween [who] and us, for [how long].\n")
    return path


def imported(*arguments: object) -> str:
    out = StringIO()
    call_command("contracts_import_template", *map(str, arguments), stdout=out)
    return out.getvalue()


def stored() -> tuple[list[tuple[int, str, int]], int]:
    pages = Page.objects.order_by("pk").values_list("pk", "title", "numchild")
    return list(pages), Revision.objects.count()


def test_several_files_become_one_live_template_below_the_index(index):
    said = imported(*LEASE, "--workspace=sales")

    page = ContractTemplate.objects.get()
    assert (page.title, page.live, page.get_parent().pk) == (
        "Agreement on the use of a room",
        True,
        index.pk,
    )
    assert page.workspace == index.workspace
    assert said.splitlines()[:2] == [
        "purpose: “Purpose”, filled in by party_1",
        "first_day: “First day”, filled in by party_1",
    ]
    assert said.splitlines()[5:] == [
        f"{LEASE[0]}:5: The link to http://example.com/plan leads to https://example.com/plan now.",
        f"{LEASE[0]}:30: A line across the page is left out.",
        f"{LEASE[1]}:17: Preformatted text is kept as plain lines: room 12",
        f"Template “{page.title}” has the id {page.pk}; 3 remarks.",
    ]


def test_a_contract_can_be_made_from_it_at_once(index, sender, good):
    imported(good, "--workspace=sales", "--field-role=how_long=party_2", "--language=nb")

    page = ContractTemplate.objects.get()
    parties = [
        contracts.PartyDraft("party_1", "A", "", [contracts.PersonDraft("A", "a@a.example")]),
        contracts.PartyDraft("party_2", "B", "", [contracts.PersonDraft("B", "b@b.example")]),
    ]
    draft = builders.contract(page, sender, parties=parties, values={"who": "B"})
    content = contracts.compose(draft)
    assert (draft.language, contracts.missing(draft, content)) == ("nb", [])
    assert [party["label"] for party in content["parties"]] == ["Part 1", "Part 2"]
    assert {item["key"]: item["role"] for item in content["fields"]} == {
        "who": "party_1",
        "how_long": "party_2",
    }


def test_who_imports_it_is_the_author(index, sender, good):
    by = Actor("user", str(sender.pk), "Ola", "ola@eksempel.example")
    page, _remarks = contracts.import_template(
        [("good.md", good.read_text())], workspace=index.workspace, parent=index, by=by
    )
    assert page.latest_revision.user == sender


def test_characters_that_no_font_has_are_named(index, tmp_path):
    (tmp_path / "a.md").write_text("# Agreement\n\nplain\n\n𓀀 and \u2028 plain\n")
    said = imported(tmp_path / "a.md", "--workspace=sales")
    assert "a.md:5: These characters can't be printed: U+2028 𓀀\n" in said


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "bad.md can't be read: No such file or directory."),
        (b"", "bad.md:1: there is no text."),
        (b" \n\n", "bad.md:1: there is no text."),
        (b"Bl\xe5b\xe6r", "bad.md:1: not UTF-8, byte 2."),
        (b"# A\n\nBl\xe5b\xe6r", "bad.md:3: not UTF-8, byte 7."),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "bad.md:1: not UTF-8, byte 0."),
        (b"%PDF-1.7\n\x00\x01\x02", "bad.md:2: this is no text, it holds the character U+0000."),
        (b"x" * (4 << 20) + b"x", "bad.md is too large: 4194305 bytes, at most 4194304."),
    ],
)
@pytest.mark.django_db
def test_a_faulty_file_is_named_and_nothing_is_made(index, good, content, sentence):
    bad = good.with_name("bad.md")
    if content is not None:
        bad.write_bytes(content)
    before = stored()

    with pytest.raises(CommandError) as refused:
        imported(good, bad, "--workspace=sales")

    assert str(refused.value) == f"{good.parent}/{sentence}"
    assert stored() == before
    imported(good, "--workspace=sales")
    assert stored() != before


def test_a_folder_is_no_file(index, good):
    with pytest.raises(CommandError, match="can't be read: Is a directory"):
        imported(good.parent, "--workspace=sales")


def test_a_text_without_a_title_is_refused(index, good):
    good.write_text("Agreement\n\n## Terms\n")
    with pytest.raises(CommandError, match=r"good.md:1: no heading of level 1"):
        imported(good, "--workspace=sales")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ([], "workspace"),
        (["--workspace=legal"], "There is no workspace “legal”; there are: "),
        (["--workspace=empty"], "The workspace “empty” has no template index page."),
        (["--workspace=sales", "--parent=none"], "There is no page “none” to put it below"),
        (["--workspace=sales", "--parent=99999"], "There is no page “99999” to put it below"),
        (["--workspace=sales", "--parent=twice"], "Several pages are called “twice”; give the id"),
        (["--workspace=sales", "--parent=root"], "“Root” is not below the template index of"),
        (["--workspace=sales", "--parent=below"], "“Below” takes no template below it."),
        (["--workspace=empty", "--parent=templates"], "“Templates” is not below the template"),
        (["--workspace=sales", "--language=xx"], "“xx” is no code of a language."),
        (["--workspace=sales", "--field-role=who"], "“who” is not KEY=ROLE."),
        (
            ["--workspace=sales", "--field-role=x=party_2"],
            "no field “x”; there are: how_long, who.",
        ),
        (["--workspace=sales", "--field-role=who=x"], "no role “x”; there are: party_1, party_2."),
    ],
)
def test_a_wrong_option_is_told_and_nothing_is_made(index, good, options, sentence):
    builders.workspace("empty")
    index.add_child(instance=ContractTemplate(title="Below", slug="below"))
    root = builders.root()
    for parent in (root, index):
        parent.add_child(instance=ContractTemplate(title="Twice", slug="twice"))
    before = stored()

    with pytest.raises(CommandError) as refused:
        imported(good, *options)

    assert sentence in str(refused.value)
    assert stored() == before
    imported(good, "--workspace=sales", f"--parent={index.pk}", "--field-role=who=party_2")
    assert stored() != before
