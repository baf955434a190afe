"""A forged post changes nothing, in whichever view takes the form, and is told by name."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest

from tests import builders
from tests.admin import posts
from tests.admin.conftest import kept
from wagtail_contracts.contracts.core import merging
from wagtail_contracts.contracts.models import Contract

JSON = {"accept": "application/json"}
PRICE, OPTIONAL, AREA = 4, 5, 10  # places in the body of the fixture
NEW = "00000000-0000-4000-8000-000000000001"


def changed(place: int, **changes: Any) -> Any:
    return lambda e: [*e[:place], {**e[place], **changes}, *e[place + 1 :]]


def in_area(*terms: posts.Entry, **changes: Any) -> Any:
    def build(e: list[posts.Entry]) -> list[posts.Entry]:
        made = {**e[AREA], **posts.area({}, terms), **changes}
        return [*e[:AREA], made, *e[AREA + 1 :]]

    return build


def swapped(e: list[posts.Entry]) -> list[posts.Entry]:
    return [{**e[0], "id": e[1]["id"]}, {**e[1], "id": e[0]["id"]}, *e[2:]]


# One step from the accepted post each: {what: (how, part of the sentence that names it)}.
FORGED: dict[str, tuple[Any, str]] = {
    "no blocks at all": (lambda e: [], "is missing"),
    "a locked block missing": (lambda e: e[1:], "“Parties” is missing"),
    "an optional block missing": (lambda e: [*e[:5], *e[6:]], "“Reference” is missing"),
    "an editable block missing": (lambda e: [*e[:4], *e[5:]], "“Price” is missing"),
    "a locked block left out": (changed(0, deleted="1"), "“Parties” cannot be left out"),
    "an editable block left out": (changed(PRICE, deleted="1"), "“Price” cannot be left out"),
    "an open area left out": (changed(AREA, deleted="1"), "“More terms” cannot be left out"),
    "two blocks changed places": (lambda e: [e[1], e[0], *e[2:]], "cannot be moved"),
    "order numbers changed places": (
        lambda e: [{**e[0], "order": "1"}, {**e[1], "order": "0"}, *e[2:]],
        "cannot be moved",
    ),
    "a block twice": (lambda e: [e[0], *e], "“Parties” was sent twice"),
    "a block in place of another": (lambda e: [e[0], e[0], *e[2:]], "“Parties” was sent twice"),
    "a block of another id": (lambda e: [*e, {**e[0], "id": NEW}], "cannot be added"),
    "a block without an id": (lambda e: [*e, {**e[0], "id": ""}], "cannot be added"),
    "ids changed places": (swapped, "cannot become another kind"),
    "a block of another kind": (changed(0, type="clause"), "“Parties” cannot become another kind"),
    "a block of an unknown kind": (changed(0, type="raw_html"), "cannot become another kind"),
    "a foreign id": (changed(0, id=NEW), "“Parties” is missing"),
    "no flag for left out": (changed(0, deleted=None), "form was incomplete"),
    "no order": (changed(0, order=None), "form was incomplete"),
    "an order that is no number": (changed(0, order="x"), "form was incomplete"),
    "no kind": (changed(0, type=None), "form was incomplete"),
    "no id": (changed(0, id=None), "form was incomplete"),
    "an editable block without its text": (
        changed(PRICE, **{"value-text": None}),
        "The form of “Price” was incomplete",
    ),
    "an area without a count": (in_area(**{"value-blocks-count": None}), "“More terms”"),
    "an area of negative size": (in_area(**{"value-blocks-count": "-1"}), "“More terms”"),
    "an area with a hundred million": (
        in_area(**{"value-blocks-count": "99999999"}),
        "“More terms”",
    ),
    "a foreign kind in the area": (in_area(posts.term(NEW, type="signatures")), "of that kind"),
    "a policy in the area": (in_area(posts.term(NEW, **{"value-policy": "locked"})), "no lock"),
    "an id twice in the area": (in_area(posts.term(NEW), posts.term(NEW, 1)), "sent twice"),
    "an order twice in the area": (
        in_area(posts.term(NEW), posts.term(str(uuid.uuid4()))),
        "order of the blocks",
    ),
    "an id that is none in the area": (in_area(posts.term("x")), "proper identity"),
    "the area in itself": (in_area(posts.term(NEW, type="area")), "of that kind"),
}


def an_area_that_claims_a_locked_block(contract: Contract) -> list[posts.Entry]:
    return in_area(posts.term(contract.outline[0]["id"]))(posts.entries(contract))


@pytest.fixture(params=FORGED, ids=lambda name: name.replace(" ", "-"))
def forged(request: pytest.FixtureRequest) -> tuple[Any, str]:
    return FORGED[request.param]


def sentences(response: Any) -> str:
    errors = response.context["form"].errors.as_data()["body"]
    return " ".join(errors[0].as_json_data().get("messages", []))


def test_the_accepted_post_is_accepted_everywhere(admin, draft):
    post, url = posts.edit(draft), posts.address("edit", draft.pk)
    before = builders.shown(draft)
    assert admin.post(url, post).status_code == 302
    assert admin.post(url, post, headers=JSON).json()["success"]
    preview = admin.post(posts.address("preview_on_edit", draft.pk), post)
    assert preview.json()["is_valid"]
    revision = Contract.objects.get(pk=draft.pk).latest_revision_id
    revert = posts.address("revisions_revert", draft.pk, revision)
    assert admin.post(revert, post).status_code == 302
    assert builders.shown(draft) == before  # saving without a change is no change


def test_a_forged_post_is_refused_in_the_editor(admin, draft, forged):
    how, sentence = forged
    before = kept(draft)
    post = posts.edit(draft, how(posts.entries(draft)))
    response = admin.post(posts.address("edit", draft.pk), post)
    assert response.status_code == 200
    assert sentence in sentences(response)
    assert kept(draft) == before


def test_a_forged_post_is_refused_by_autosave_preview_and_revert(admin, draft, forged):
    before = kept(draft)
    post = posts.edit(draft, forged[0](posts.entries(draft)))
    saved = admin.post(posts.address("edit", draft.pk), post, headers=JSON)
    assert (saved.status_code, saved.json()["error_code"]) == (400, "validation_error")
    preview = admin.post(posts.address("preview_on_edit", draft.pk), post)
    assert preview.json()["is_valid"] is False
    revert = posts.address("revisions_revert", draft.pk, draft.latest_revision_id)
    assert admin.post(revert, post).status_code == 200
    assert kept(draft) == before


def test_an_area_does_not_take_the_id_of_a_locked_block(admin, draft):
    before = kept(draft)
    post = posts.edit(draft, an_area_that_claims_a_locked_block(draft))
    response = admin.post(posts.address("edit", draft.pk), post)
    assert "claims to be another block" in sentences(response)
    assert kept(draft) == before


@pytest.mark.parametrize("count", ["", "x", "-1", "999999999", None, "3"])
def test_a_forged_number_of_blocks_is_refused(admin, draft, count):
    before = kept(draft)
    post = posts.edit(draft, **{"body-count": count})
    response = admin.post(posts.address("edit", draft.pk), post)
    assert response.status_code == 200
    assert sentences(response)
    assert kept(draft) == before


@pytest.mark.parametrize(
    "changes",
    [
        {"body-0-value-text": posts.draftail("Forged"), "body-0-value-level": "2"},
        {"body-0-value-policy": "editable", "body-0-value-text": posts.draftail("Forged")},
        {f"body-{OPTIONAL}-value-policy": "editable", f"body-{OPTIONAL}-value-text": "Forged"},
        {f"body-{PRICE}-value-policy": "optional", f"body-{PRICE}-value-level": "4"},
        {f"body-{AREA}-value-title": "Forged", f"body-{AREA}-value-policy": "locked"},
        {
            "outline": "[]",
            "fields": "[]",
            "roles": "[]",
            "values": "{}",
            "state": "signed",
            "workspace": "99",
            "template": "99",
            "deadline": "2099-01-01",
            "number": "FORGED-1",
            "language": "xx",
            "owner": "99",
            "current_version": "99",
        },
    ],
)
def test_what_is_not_for_the_editor_is_not_even_read(admin, draft, changes):
    before, shown = kept(draft)["columns"], builders.shown(draft)
    post = posts.edit(draft, **changes)
    assert admin.post(posts.address("edit", draft.pk), post).status_code == 302
    after = kept(draft)["columns"]
    written = {"body": 0, "latest_revision_id": 0}  # rich text has new keys for its paragraphs
    assert after | written == before | written
    assert builders.shown(draft) == shown


def test_an_honest_edit_changes_only_what_may_change(admin, draft):
    honest = posts.entries(draft)
    honest[PRICE] |= {"value-text": posts.draftail("<p>It is free.</p>")}
    honest[AREA] |= posts.area({}, (posts.term(NEW),))
    honest[OPTIONAL] |= {"deleted": "1"}
    assert admin.post(posts.address("edit", draft.pk), posts.edit(draft, honest)).status_code == 302
    stored = Contract.objects.get(pk=draft.pk).body.get_prep_value()
    ids = [item["id"] for item in draft.outline]
    assert [item["id"] for item in stored] == [*ids[:OPTIONAL], *ids[OPTIONAL + 1 :]]
    by_id = {item["id"]: item["value"] for item in stored}
    assert "It is free." in by_id[ids[PRICE]]["text"]
    assert by_id[ids[AREA]]["blocks"][0]["id"] == NEW
    for place, item in enumerate(draft.outline):
        if place not in (PRICE, AREA, OPTIONAL):
            assert merging.same(by_id[item["id"]], item["value"])


def test_what_was_left_out_can_be_taken_in_again(admin, draft):
    left_out = posts.entries(draft)
    left_out[OPTIONAL] |= {"deleted": "1"}
    url = posts.address("edit", draft.pk)
    admin.post(url, posts.edit(draft, left_out))
    assert "Include “Reference”" in admin.get(url).content.decode().replace("\\u201c", "“").replace(
        "\\u201d", "”"
    )
    admin.post(url, posts.edit(draft))
    stored = Contract.objects.get(pk=draft.pk).body.get_prep_value()
    assert stored[OPTIONAL]["value"] == draft.outline[OPTIONAL]["value"]


@pytest.mark.parametrize(
    "text",
    ["", "x", "null", "[]", "1", '{"blocks": 1}', '{"blocks": [{"text": 1}]}', "[" * 100_000],
)
def test_unreadable_rich_text_is_a_problem_and_no_crash(admin, draft, text):
    honest = posts.entries(draft)
    honest[PRICE] |= {"value-text": text}
    before = kept(draft)
    response = admin.post(posts.address("edit", draft.pk), posts.edit(draft, honest))
    if response.status_code == 200:
        assert response.context["form"].errors["body"]
        assert kept(draft) == before
    else:
        after = kept(draft)["columns"]["body"]
        assert after[:PRICE] == before["columns"]["body"][:PRICE]


def test_a_revision_that_lies_about_the_outline_is_not_believed(admin, draft, sender):
    old = draft.latest_revision
    old.content["outline"] = "[]"
    old.content["state"] = "signed"
    old.content["roles"] = "[]"
    old.content["body"] = json.dumps(
        [{"type": "text", "id": NEW, "value": {"policy": "editable", "text": "<p>Old</p>"}}]
    )
    old.save()
    admin.post(posts.address("edit", draft.pk), posts.edit(draft, title="Hosting 2028"))
    url = posts.address("revisions_revert", draft.pk, old.pk)
    page = admin.get(url)
    assert page.status_code == 200
    assert admin.post(url, posts.edit(draft, [])).status_code == 200
    assert admin.post(url, posts.edit(draft)).status_code == 302
    fresh = Contract.objects.get(pk=draft.pk)
    assert (fresh.outline, fresh.state, fresh.roles) == (draft.outline, "draft", draft.roles)
    assert [item["id"] for item in fresh.body.get_prep_value()] == [i["id"] for i in draft.outline]


def test_the_preview_shows_the_posted_text_and_no_forged_block(admin, draft):
    honest = posts.entries(draft)
    honest[PRICE] |= {"value-text": posts.draftail("<p>It is free.</p>")}
    url = posts.address("preview_on_edit", draft.pk)
    forged = {"body-2-value-text": posts.draftail("<p>Forged words.</p>")}
    assert admin.post(url, posts.edit(draft, honest, **forged)).json()["is_valid"]
    page = admin.get(f"{url}?mode=").content.decode()
    assert "It is free." in page
    assert "the service runs" in page
    assert "Forged words" not in page
    assert "It is free." not in str(Contract.objects.get(pk=draft.pk).body.get_prep_value())


def test_values_of_our_side_are_read_and_refused_at_their_field(admin, draft):
    url, before = posts.address("edit", draft.pk), kept(draft)
    wrong = admin.post(url, posts.edit(draft, **{"value-price": "much"}))
    assert "Enter an amount" in str(wrong.context["form"].errors["value-price"])
    assert kept(draft) == before
    assert admin.post(url, posts.edit(draft, **{"value-price": "6 100,50"})).status_code == 302
    values = Contract.objects.get(pk=draft.pk).values
    assert values["price"] == {"amount": "6100.50", "currency": "NOK"}


def test_a_value_of_the_other_side_is_not_read(admin, draft):
    post = posts.edit(draft, **{"value-invoice": "forged@customer.example"})
    assert admin.post(posts.address("edit", draft.pk), post).status_code == 302
    assert Contract.objects.get(pk=draft.pk).values["invoice"] is None
