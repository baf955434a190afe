"""Files in the editors: whoever fills in a block names a file that they may see, and no other."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders, tables, uploads
from tests.admin import posts
from wagtail_contracts.contracts.admin.files import FILE, LEAF
from wagtail_contracts.contracts.models import Contract, FileUse


@pytest.fixture
def plan(sales, sender):
    """A draft with one exhibit, which its editor may replace, and an open area."""
    by = builders.actor(sender)
    first = uploads.kept("exhibit", uploads.saying("First"), "first.pdf", by)
    body = [
        builders.made.clause("Use", "As the exhibit says."),
        uploads.exhibit(first, policy="editable"),
        builders.made.area("More"),
    ]
    page = builders.template(sales, body=body, fields=[])
    return builders.contract(page, sender, values={})


@pytest.fixture
def editor(sender):
    """Who edits it."""
    client = Client()
    client.force_login(sender)
    return client


def saved(editor, contract, file, title="Plan", terms=()):
    """What the editor answers to a post that names this file."""
    clause, exhibit, area = posts.entries(contract)
    exhibit |= {"value-title": title, "value-file": json.dumps(file) if file else ""}
    area |= posts.area({}, terms)
    form = posts.edit(contract, [clause, exhibit, area])
    return editor.post(posts.address("edit", contract.pk), form)


@pytest.fixture(autouse=True)
def fills_in(monkeypatch):
    """The inputs of an exhibit that may be filled in."""
    monkeypatch.setitem(posts.FILLED, "exhibit", lambda value: {})


def test_an_editable_exhibit_is_replaced_by_an_upload(plan, editor, sender, sales):
    second = uploads.kept("exhibit", uploads.saying("Second"), "second.pdf", builders.actor(sender))
    answer = saved(editor, plan, {"id": second["id"], "name": "forged.pdf", "digest": "0" * 64})

    assert answer.status_code == 302
    kept = Contract.objects.get(pk=plan.pk).body[1].value
    assert kept["file"] == second
    assert kept["title"] == "Plan"
    uses = FileUse.objects.filter(file__uuid=second["id"], workspace=sales)
    assert [use.in_templates for use in uses] == [False]


def test_a_file_that_the_editor_may_not_see_is_none(plan, editor, sender):
    stranger = builders.staff("per", builders.workspace("legal"))
    by, content = builders.actor(stranger), uploads.saying("Second")
    foreign = uploads.kept("exhibit", content, "second.pdf", by)
    picture = uploads.kept("image", uploads.picture(), "red.png", builders.actor(sender))
    mine = uploads.kept("exhibit", content, "second.pdf", builders.actor(sender))
    with tables.unchanged():
        for file in (foreign, picture, {"id": "x"}):
            answer = saved(editor, plan, file)
            assert answer.status_code == 200, file  # and tells nothing of the file
            assert foreign["digest"] not in answer.content.decode()
    assert saved(editor, plan, {"id": mine["id"]}).status_code == 302


def test_a_page_of_errors_keeps_what_was_chosen(plan, editor, sender):
    """It is rendered when Wagtail has forgotten for whom: nothing more is found by then."""
    stranger = builders.staff("per", builders.workspace("legal"))
    foreign = uploads.kept("exhibit", uploads.saying("A"), "theirs.pdf", builders.actor(stranger))
    mine = uploads.kept("exhibit", uploads.saying("B"), "mine.pdf", builders.actor(sender))
    for file, told in ((mine, True), (foreign, False)):
        answer = saved(editor, plan, {"id": file["id"]}, title="")
        assert answer.status_code == 200
        assert (file["digest"] in answer.content.decode()) is told


def test_an_exhibit_is_added_to_an_open_area(plan, editor, sender):
    second = uploads.kept("exhibit", uploads.saying("Second"), "second.pdf", builders.actor(sender))
    term = {
        "id": "11111111-1111-4111-8111-111111111111",
        "type": "exhibit",
        "deleted": "",
        "order": "0",
        "value-title": "Mine",
        "value-file": json.dumps(second),
    }
    first = Contract.objects.get(pk=plan.pk).body[1].value["file"]
    assert saved(editor, plan, first, terms=(term,)).status_code == 302

    stored = Contract.objects.get(pk=plan.pk).body[2].value["blocks"]
    assert [block.value["file"]["name"] for block in stored] == ["second.pdf"]
    assert FileUse.objects.filter(file__uuid=second["id"]).count() == 1


def test_a_contract_keeps_its_file_when_the_template_gets_another(plan, sender):
    page = plan.template.specific
    second = uploads.kept("exhibit", uploads.saying("Second"), "second.pdf", builders.actor(sender))
    page.body[1].value["file"] = second
    page.save_revision().publish()

    kept = Contract.objects.get(pk=plan.pk).body[1].value["file"]
    assert kept["name"] == "first.pdf"
    later = builders.contract(page, sender, values={})
    assert later.body[1].value["file"]["name"] == "second.pdf"


def test_head_is_answered_like_get_without_the_body(plan, editor):
    digest = Contract.objects.get(pk=plan.pk).body[1].value["file"]["digest"]
    stranger = Client()
    stranger.force_login(builders.staff("per", builders.workspace("legal")))
    for place in (reverse(FILE, args=[digest]), reverse(LEAF, args=[digest, 1])):
        shown, asked = editor.get(place), editor.head(place, headers={"Range": "bytes=0-3"})
        assert (asked.status_code, asked.content) == (200, b"")
        # The second may have gone on in between.
        told = [{**answer.headers, "Expires": ""} for answer in (asked, shown)]
        assert told[0] == told[1]
        assert asked["Content-Length"] == str(len(shown.content))
        assert stranger.get(place).status_code == stranger.head(place).status_code == 404
