"""Each kind of block the whole way: template, contract, page, paper, text, JSON, and back again.

`ROWS` has a row for each kind that a text may hold; a kind without one fails.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.utils.html import strip_tags
from jsonschema import Draft202012Validator

from example_site import contents as made
from tests import builders, signatures, uploads
from tests.journeys import stage
from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin import conflicts
from wagtail_contracts.contracts.blocks import ContractStream, plain
from wagtail_contracts.contracts.core import diffs, trees
from wagtail_contracts.contracts.models import Contract, LibraryClause
from wagtail_contracts.contracts.rendering import html, text
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.signing import flows as signing

SCHEMA = Path(__file__).parents[3] / "docs" / "reference" / "contract.schema.json"
Value = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """A block, the words that it is known by, and an edit after which it has `new` words.

    Without words it is known by its type alone; without an edit nobody may change it.
    """

    entry: Callable[[dict[str, Any]], Value]
    words: str
    edit: Callable[[Value], Any] | None = None
    new: str = ""


def rich(words: str) -> str:
    return f"<p>{words}</p>"


def editable(entry: Value) -> Value:
    return {**entry, "value": {**entry["value"], "policy": "editable"}}


def setting(name: str, words: str) -> Callable[[Value], Any]:
    return lambda value: value.update({name: words})


def choosing(value: Value) -> None:
    value["chosen"] = value["wordings"][1]["id"]


def cell(value: Value) -> None:
    value["rows"][1]["value"]["cells"][0]["value"] = "Oldtable Newtable"


def quantity(value: Value) -> None:
    value["rows"][0]["value"]["quantity"] = "7"


def another(entry: Value) -> Value:
    """What a colleague made of an edited block meanwhile."""
    entry = json.loads(json.dumps(entry).replace("New", "Their"))
    if entry["type"] == "products":
        entry["value"]["rows"][0]["value"]["quantity"] = "8"
    elif entry["type"] == "alternatives":
        entry["value"]["chosen"] = entry["value"]["wordings"][0]["id"]
    return entry


def inside(value: Value) -> None:
    value["blocks"].append(made.text("Newarea"))


ROWS: dict[str, Row] = {
    "heading": Row(
        lambda _: editable(made.heading("Oldheading")), "Oldheading",
        setting("text", "Newheading"), "Newheading",
    ),
    "clause": Row(
        lambda _: made.clause("Oldclause", "Words.", policy="editable"), "Oldclause",
        setting("text", rich("Newclause")), "Newclause",
    ),
    "library": Row(lambda given: given["library"], "Oldlibrary"),
    "definition": Row(
        lambda _: editable(made.definition("Oldterm", "It means this.")), "Oldterm",
        setting("text", rich("Newterm")), "Newterm",
    ),
    "text": Row(
        lambda _: made.text("Oldtext", policy="editable"), "Oldtext",
        setting("text", rich("Newtext")), "Newtext",
    ),
    "list": Row(
        lambda _: made.listing("Oldlist", policy="editable"), "Oldlist",
        lambda value: value["items"][0]["value"].update(text="Newlist"), "Newlist",
    ),
    "table": Row(
        lambda _: made.table("Times", ("What",), ("Oldtable",), policy="editable"), "Oldtable",
        cell, "Newtable",
    ),
    "columns": Row(
        lambda _: made.columns("Oldleft", "Right", policy="editable"), "Oldleft",
        lambda value: value["texts"][0].update(value=rich("Newleft")), "Newleft",
    ),
    "bilingual": Row(
        lambda _: made.bilingual("Oldboth", "One.", "Begge", "En.", policy="editable"), "Oldboth",
        setting("other_text", rich("Newboth")), "Newboth",
    ),
    "products": Row(
        lambda _: made.products("Oldprices", made.product("Hours", "100")), "Oldprices",
        quantity, "700",
    ),
    "image": Row(
        lambda given: editable(uploads.image(given["image"])), "", setting("alt", "Newimage"),
        "Newimage",
    ),
    "video": Row(
        lambda given: editable(uploads.video(file=given["video"], captions=given["captions"])), "",
        setting("title", "Newvideo"), "Newvideo",
    ),
    "exhibit": Row(
        lambda given: editable(uploads.exhibit(given["exhibit"], "Oldexhibit")), "Oldexhibit",
        setting("title", "Newexhibit"), "Newexhibit",
    ),
    "field_place": Row(lambda _: made.place("seats"), "Oldseats"),
    "party_details": Row(lambda _: made.party_details("Oldparties"), "Oldparties"),
    "alternatives": Row(
        lambda _: made.alternatives(("A", "Pay", "Oldwording."), ("B", "Pay", "Newwording.")),
        "Oldwording", choosing, "Newwording",
    ),
    "group": Row(lambda _: made.group("Never printed", made.text("Oldgroup")), "Oldgroup"),
    "area": Row(lambda _: made.area("Oldarea"), "Oldarea", inside, "Newarea"),
    "page_break": Row(lambda _: made.page_break(), ""),
    "signatures": Row(lambda _: made.signatures("Oldsignatures"), "Oldsignatures"),
}  # fmt: skip
FIELDS = [made.field("number", "seats", "Oldseats", "supplier", default="4")]
NO_DEVIATION = ("alternatives",)


@pytest.fixture
def draft(sales: Any, sender: Any) -> Contract:
    """A draft with a block of each kind."""
    by = builders.actor(sender)
    law = LibraryClause(workspace=sales, name="Law", heading="Oldlibrary", text=rich("Law."))
    law = contracts.write_clause(law, by=by)
    place = {"policy": "locked", "level": "1", "style": "", "start": None}
    given = {
        "library": made.entry("library", **place, clause=law.pk, taken=f"{law.pk}:1"),
        "image": uploads.kept("image", uploads.picture(), "red.png", by),
        "video": uploads.kept("video", uploads.MP4, "film.mp4", by),
        "captions": uploads.kept("captions", uploads.VTT, "film.vtt", by),
        "exhibit": uploads.kept("exhibit", uploads.saying("House rules"), "rules.pdf", by),
    }
    body = [row.entry(given) for row in ROWS.values()]
    page = builders.template(sales, "Everything", body=body, fields=FIELDS)
    page.second_language = "nb"
    page.save_revision().publish()
    return builders.contract(type(page).objects.get(pk=page.pk), sender, values={})


def kind_of(block: Any) -> str:
    """Clauses of the library are clauses in a contract."""
    heading = str(block.get("heading"))
    return "library" if block["type"] == "clause" and "Oldlibrary" in heading else block["type"]


def edited(contract: Contract) -> dict[str, str]:
    """Edit the working copy wherever it may be edited: the kinds by the ids of their blocks."""
    entries, ids = plain(contract.body), {}
    for entry, kind in zip(entries, ROWS, strict=True):
        if change := ROWS[kind].edit:
            change(entry["value"])
            ids[entry["id"]] = kind
    contract.body = entries
    contract.save()
    contract.refresh_from_db()
    return ids


def conflicting(contract: Contract) -> tuple[contracts.Sent, Value, dict[str, str]]:
    """Two colleagues edited each block from one beginning: what was posted, and the state of it.

    What the colleague made of it is stored.
    """
    began = contracts.state_of(contract, ["body"])
    ids = edited(contract)
    mine = contracts.state_of(contract, ["body"])
    contract.body = [another(entry) if entry["id"] in ids else entry for entry in mine["body"]]
    contract.save()
    return contracts.Sent("", contract.owner, began), mine, ids


def all_said(card: conflicts.Card, side: int) -> str:
    """The words of a side of a conflict: theirs, then mine."""
    return "".join(words for row in card.rows for _, words in (row.theirs, row.mine)[side])


def insist_on(where: str, said: str, *, new: bool = False) -> None:
    """Every kind is there by its words."""
    missing = [
        kind
        for kind, row in ROWS.items()
        if (row.new if new and row.new else row.words) not in said
    ]
    assert (where, missing) == (where, [])


def paper(data: bytes, folder: Path) -> str:
    (folder / "sealed.pdf").write_bytes(data)
    command = ["pdftotext", "-layout", str(folder / "sealed.pdf"), "-"]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout  # noqa: S603


def test_every_kind_has_a_row():
    assert set(ROWS) == set(ContractStream.base_blocks)


def test_every_kind_is_the_same_in_version_page_and_text_and_fits_the_schema(draft, sender):
    version = contracts.send(
        draft, builders.shown(draft), into="signing", by=builders.actor(sender)
    )
    content = version.content
    assert [kind_of(block) for block in content["body"]] == list(ROWS)
    insist_on("contract.json", version.record)
    insist_on("page", strip_tags(str(html.document(content))))
    insist_on("text", text.plain(content))
    faults = Draft202012Validator(json.loads(SCHEMA.read_text())).iter_errors(version.contract_json)
    assert [fault.message for fault in faults] == []
    assert not Event.objects.filter(name=events.DEVIATIONS_FOUND).exists()


def test_every_edit_is_in_the_comparison_and_in_the_report_and_can_be_taken_back(draft, sender):
    by = builders.actor(sender)
    old = contracts.send(draft, builders.shown(draft), into="negotiating", by=by).content
    draft.refresh_from_db()
    was = plain(draft.body)
    ids = edited(draft)
    assert len(ids) >= 14
    new = contracts.revise(draft, builders.shown(draft), "Better", by=by)

    changes = {change.block: change for change in diffs.compare(old, new.content)}
    nested = {
        inner["id"]: block["id"]
        for block in new.content["body"]
        for inner in trees.blocks(block.get("blocks", ()))
    }
    told = {nested.get(id, id) for id in changes}
    assert [kind for id, kind in ids.items() if id not in told] == []
    words = " ".join(change.new for change in changes.values())
    assert [kind for kind in ids.values() if ROWS[kind].new not in words] == []
    [event] = Event.objects.filter(name=events.DEVIATIONS_FOUND)
    deviating = {item["block"] for item in event.data["deviations"]}
    assert {kind for id, kind in ids.items() if id in deviating} == {
        kind for kind in ids.values() if kind not in NO_DEVIATION
    }

    draft.refresh_from_db()
    draft.body = was
    draft.save()
    back = contracts.revise(draft, builders.shown(draft), "As it was", by=by)
    assert back.content == old


def test_every_kind_is_carried_over_sealed_and_amended(draft, sender, tmp_path):
    by = builders.actor(sender)
    copied = contracts.duplicate(draft, owner=sender, by=by)
    edited(draft)
    ids = {block["id"] for block in contracts.compose(draft)["body"]}
    carried = contracts.compose(copied)
    assert [kind_of(block) for block in carried["body"]] == list(ROWS)
    assert ids.isdisjoint(block["id"] for block in carried["body"])
    insist_on("duplicate", json.dumps(carried))

    contracts.send(draft, builders.shown(draft), into="signing", by=by)
    out = stage(draft, sender)
    for person in (out.kari, out.ola):
        signatures.sign(person, signatures.identified(person))
    sealed = signing.seal(out.version, by=SYSTEM)

    report = sealing.verify(sealing.content(sealed))
    assert report.verdict == "intact"
    insist_on("contract.txt", report.files["contract.txt"].decode(), new=True)
    insist_on("contract.json", report.files["contract.json"].decode(), new=True)
    pictures = ("Newimage",)  # read out by a screen reader, not printed
    said = paper(sealing.content(sealed), tmp_path) + " ".join(pictures)
    insist_on("paper", said, new=True)
    amended = contracts.compose(contracts.amend(out.contract, owner=sender, by=by))
    assert [kind_of(block) for block in amended["body"]][-len(ROWS) :] == list(ROWS)
    insist_on("amendment", json.dumps(amended), new=True)


@pytest.mark.parametrize("side", ["mine", "theirs"])
def test_every_edit_that_two_made_is_a_conflict_and_either_wording_can_be_had(draft, sender, side):
    by = builders.actor(sender)
    sent, mine, ids = conflicting(draft)
    asked = contracts.merge(draft, sent, mine, {}, by=by)
    assert sorted(ids[conflict.path[1]] for conflict in asked.conflicts) == sorted(ids.values())
    shown = conflicts.Names(draft, mine)
    cards = {ids[conflict.path[1]]: shown.card(conflict) for conflict in asked.conflicts}
    assert [kind for kind, card in cards.items() if all_said(card, 0) == all_said(card, 1)] == []
    kinds = sorted(set(ids.values()) - {"products", "alternatives"})  # their words stay
    words = {kind: (f"Their{ROWS[kind].new[3:]}", ROWS[kind].new) for kind in kinds}
    for kind, sides in words.items():
        assert [side in all_said(cards[kind], at) for at, side in enumerate(sides)] == [True] * 2

    choices = {conflict.key: side for conflict in asked.conflicts}
    made = contracts.merge(draft, sent, mine, choices, by=by)
    assert made.conflicts == []
    said = json.dumps(contracts.compose(Contract.objects.get(pk=draft.pk)))
    chosen = [sides[side == "mine"] for sides in words.values()]
    assert (len(chosen) >= 12, [one for one in chosen if one not in said]) == (True, [])
    assert ('"quantity": "7' in said, '"quantity": "8' in said) == (side == "mine", side != "mine")


def test_every_kind_is_as_it_was_in_an_earlier_revision(draft):
    revision, was = draft.save_revision(), contracts.compose(draft)
    edited(draft)
    assert contracts.compose(draft) != was
    earlier = revision.as_object()
    earlier.save()
    assert contracts.compose(Contract.objects.get(pk=draft.pk)) == was
