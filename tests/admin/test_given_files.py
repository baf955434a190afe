"""Files that our own side fills in, and who of our side may fetch what anybody filled in."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders, given, tables, uploads
from tests.admin import posts
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts.admin.files import FILE, UPLOAD
from wagtail_contracts.contracts.models import AnswerFile, Contract

ABSENT = {"value-price": None, "value-start": None}


@pytest.fixture
def draft(sales, sender):
    """A draft without a plan."""
    return builders.contract(given.template(sales), sender, values={})


def browser(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def editor(sender):
    return browser(sender)


def uploaded(client, name="plan.pdf", content=None):
    """What the door answers, as the widget posts it later."""
    form = {"file": uploads.upload(content or uploads.saying("Plan"), name), "sort": "answer"}
    answer = client.post(reverse(UPLOAD), form)
    assert answer.status_code == 200, answer.content
    return json.dumps(answer.json()["file"])


def save(client, draft, said):
    """Post the editor's form."""
    form = posts.edit(Contract.objects.get(pk=draft.pk), **ABSENT, **{"value-plan": said})
    return client.post(posts.address("edit", draft.pk), form)


def stored(draft):
    return Contract.objects.get(pk=draft.pk).values.get("plan")


def test_a_file_is_filled_in_kept_and_taken_away(draft, editor):
    assert save(editor, draft, uploaded(editor)).status_code == 302
    kept = stored(draft)
    assert (kept["name"], kept["pages"]) == ("plan.pdf", 1)
    assert AnswerFile.objects.get(contract=draft).participant is None

    page = editor.get(posts.address("edit", draft.pk)).content.decode()
    assert kept["digest"] in page
    assert 'data-wc-file-sort-value="answer"' in page
    assert "PDF, picture (PNG, JPEG), at most 1\u00a0MB." in page
    assert save(editor, draft, json.dumps({**kept, "source": {}})).status_code == 302
    assert stored(draft) == kept
    assert save(editor, draft, "").status_code == 302
    assert stored(draft) is None


def test_a_file_that_one_does_not_know_is_not_filled_in(draft, editor, sales):
    mine = uploaded(editor)
    other = json.loads(uploaded(browser(builders.staff("per", sales))))
    for said in (
        json.dumps(other),
        json.dumps({**json.loads(mine), "id": "0" * 36}),
        json.dumps({**json.loads(mine), "id": None}),
        "[1]",
        "nonsense",
    ):
        with tables.unchanged():
            answer = save(editor, draft, said)
            assert answer.status_code == 200
        assert "Choose the file again." in answer.content.decode()
    assert save(editor, draft, mine).status_code == 302


def test_the_limits_of_the_field_hold_for_our_side_too(draft, editor):
    large = uploads.picture("PNG", (900, 900))
    with tables.unchanged(but=("storedfile",)):
        film = uploaded(editor, "film.mp4", uploads.MP4)
        assert "Choose another sort of file" in save(editor, draft, film).content.decode()
    assert save(editor, draft, uploaded(editor, "plan.png", large)).status_code == 302


def test_colleagues_fetch_what_a_contract_says_and_strangers_find_nothing(sales, sender):
    at = given.sent(sales, sender)
    drafted = given.give(at)
    place = reverse(FILE, args=[drafted.split()[0]])
    colleague = browser(builders.staff("per", sales, ("view",)))
    stranger = browser(builders.staff("siri", builders.workspace("legal")))
    assert colleague.get(place).status_code == 404  # nobody has sent it
    given.answered(at, certificate=drafted)

    answer = colleague.get(place)
    assert answer.content == given.PROOF
    assert answer["Content-Disposition"].startswith('attachment; filename="bevis.pdf"')
    with tables.unchanged():
        assert stranger.get(place).status_code == 404
        assert Client().get(place).status_code == 302


def test_a_sensitive_file_needs_the_right_and_fetching_it_is_told(sales, sender):
    at = given.sent(sales, sender, sensitive=True)
    answered = given.answered(at, certificate=given.give(at))
    place = reverse(FILE, args=[given.digest(answered)])
    without = browser(builders.staff("per", sales))
    trusted = browser(builders.staff("siri", sales, (*builders.SENDER, "sensitive")))
    for name in ("inspect", "edit", "version", "revise"):
        page = without.get(posts.address(name, at.contract.pk)).content.decode()
        assert "bevis" not in page
        assert given.digest(answered) not in page
    with tables.unchanged():
        assert without.get(place).status_code == 404
    assert trusted.get(place).content == given.PROOF
    [seen] = Event.objects.of(at.contract.own_trail).named("sensitive.seen")
    assert seen.data["fields"] == ["certificate"]


def test_the_form_of_a_new_contract_takes_a_file(draft, editor):
    place = posts.address("details", draft.pk)
    page = editor.get(place)
    form = {"shown": page.context["shown"], "title": "T", "deadline": "", "do": "keep"}
    deadline = page.context["form"].initial["deadline"].isoformat()
    form |= {"deadline": deadline, "value-plan": uploaded(editor)}
    assert "contracts/file.js" in page.content.decode()
    assert editor.post(place, form).status_code == 302
    assert stored(draft)["name"] == "plan.pdf"
    assert AnswerFile.objects.filter(contract=draft, participant=None).count() == 1
