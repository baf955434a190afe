"""Pictures, videos and exhibits in the canonical form, in words, on pages and on paper."""

import copy
import re

import pytest

from example_site import contents as streams
from tests import uploads
from tests.unit.contracts import made, media
from wagtail_contracts.contracts.core import diffs, readiness, references, shown, trees
from wagtail_contracts.contracts.core.kinds.media import stored_files
from wagtail_contracts.contracts.rendering import html
from wagtail_contracts.contracts.rendering.parts import Shelf

BODY = [streams.clause("Bruk", "Se vedleggene."), *media.blocks()]
FACTS = {"name", "digest", "size", "media_type", "pages"}


def content(body=BODY):
    return made.content(body=body, fields=[], values={})


def kinds(tree, name):
    return [block for block in tree["body"] if block["type"] == name]


def test_the_tree_holds_what_each_file_was_and_no_id():
    tree = content()
    plan = media.file("plan.pdf")
    assert kinds(tree, "exhibit")[0]["file"] == {name: plan[name] for name in FACTS}
    elsewhere, own, silent = kinds(tree, "video")
    assert {elsewhere[name] for name in ("address", "provider", "player")} == {
        uploads.Embeds.ADDRESS,
        "Example Video",
        "https://player.video.example/embed/1",
    }
    assert elsewhere["poster"]["name"] == "film.jpg"
    assert (elsewhere["file"], own["poster"], own["address"]) == (None, None, None)
    assert own["captions"]["name"] == "film.vtt"
    assert silent["without"] == "Nobody speaks."
    told, decorates = kinds(tree, "image")
    assert (told["alt"], decorates["alt"]) == ("A red field", "")


def test_exhibits_are_lettered_in_their_order_and_listed():
    tree = content()
    first, second = kinds(tree, "exhibit")
    assert (first["number"], second["number"]) == ("A", "B")
    assert [(e["label"], e["title"], e["block"]) for e in tree["exhibits"]] == [
        ("A", "Floor plan", first["id"]),
        ("B", "House rules", second["id"]),
    ]
    turned = content([*BODY[:-2], BODY[-1], BODY[-2]])
    assert [item["title"] for item in turned["exhibits"]] == ["House rules", "Floor plan"]
    assert references.cites(tree)[second["id"]] == "B"
    many = [uploads.exhibit(media.file("plan.pdf"), str(place)) for place in range(28)]
    assert [item["label"] for item in content(many)["exhibits"]][25:] == ["Z", "AA", "AB"]


def test_a_hidden_exhibit_has_no_letter():
    hidden = copy.deepcopy(BODY)
    hidden[-2]["value"]["condition"] = {"join": "all", "tests": [], "expression": "1 = 2"}
    tree = content(hidden)
    assert [(item["label"], item["title"]) for item in tree["exhibits"]] == [("A", "House rules")]


def test_another_file_of_the_same_name_is_a_change():
    before, after = content(), copy.deepcopy(BODY)
    other = uploads.saying("Another plan")
    after[-2]["value"]["file"] |= {"digest": "ab" * 32, "size": len(other)}
    [change] = diffs.compare(before, content(after))
    assert (change.kind, change.name) == ("changed", "Floor plan")
    assert "ab" * 6 in change.new
    assert "ab" * 6 not in change.old


def test_words_tell_titles_addresses_and_files():
    tree = content()
    words = "\n".join(shown.text(block, tree) for block in trees.blocks(tree["body"]))
    for said in ("A red field", uploads.Embeds.ADDRESS, "It works.", "Nobody speaks.", "plan.pdf"):
        assert said in words
    assert "film.vtt" in "".join(trees.texts(tree))


def test_every_stored_file_is_found_however_deep():
    area = {"type": "area", "value": {"blocks": media.blocks()}}
    names = [item["name"] for item in stored_files([area])]
    assert sorted(set(names)) == sorted(media.FILES)


def sized(size, kind="plan.pdf", times=1):
    """So many different files of this size."""
    body = []
    for place in range(times):
        file = media.file(kind) | {"size": size, "digest": f"{place:064x}"}
        body.append(uploads.exhibit(file))
    return body


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (sized(10 << 20, times=2), None),
        (sized(10 << 20, times=3), "sealed_size"),
        (sized(20 << 20, "film.mp4", 5), None),
        (sized(20 << 20, "film.mp4", 6), "files_size"),
        ([uploads.exhibit(None)], "no_file"),
        ([uploads.exhibit(media.file("plan.pdf"))], None),
    ],
)
def test_what_is_too_large_together_or_missing_is_not_ready(body, code):
    codes = {"sealed_size", "files_size", "no_file"}
    found = {said for said, _words in readiness.problems(content(body))}
    assert found & codes == ({code} if code else set())


def test_a_page_names_files_below_the_reader_s_address():
    tree = content()
    plan = media.file("plan.pdf")["digest"]
    words = {plan: ["Ground floor", ""]}
    page = html.document(tree, language="en", shelf=Shelf("/c/x/files/", "files", words))

    assert set(re.findall(r'(?:src|formaction)="([^"]+?)[0-9a-f]{64}/', page)) == {"/c/x/files/"}
    assert f"/c/x/files/{plan}/2.jpg" in page
    assert "Ground floor" in page
    assert page.count("This page is a picture without words.") == 1
    assert "without words" not in html.document(tree, language="en")  # not known there
    assert page.count('alt=""') == 2  # what only decorates, and the poster beside its words
    assert "<iframe" not in page
