"""The page of a workspace: its colour, its logo, nothing from elsewhere; a test says it is one."""

import re

import pytest

from tests import builders, signatures, tables, uploads
from tests.journeys import stage
from tests.public import visits
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import StoredFile, Workspace
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.models import SealedFile

TEST = "TEST: this is for training. Nothing here is binding."


@pytest.fixture
def logo(sales):
    """Sales has a colour and a logo."""
    by = builders.actor(builders.staff("eve", sales, ("view", "administer")))
    kept = uploads.stored("logo", uploads.picture(), "logo.png", by)
    contracts.change_workspace(sales, {"accent": "#7a1f5c", "logo": kept}, by=by)
    return kept


def page(at, name="contract"):
    return visits.enter(at.kari).get(visits.page(name, at.kari))


def test_the_page_has_the_workspaces_colour_for_light_dark_and_paper(logo, sent):
    answer = page(sent)
    said = answer.content.decode()

    [style] = re.findall(r'<style nonce="([^"]+)">(.*?)</style>', said, re.DOTALL)
    assert f"style-src 'nonce-{style[0]}'" in answer["Content-Security-Policy"]
    assert style[1].count("--accent: #7a1f5c;") == 2  # light and print
    assert "prefers-color-scheme: dark" in style[1]
    assert [src for src in re.findall(r'(?:src|href)="([^"]+)"', said) if "//" in src] == []


def test_a_page_without_a_colour_of_its_own_has_ours(sent):
    assert "<style" not in page(sent).content.decode()


def test_the_logo_is_served_to_those_who_take_part_and_no_other_file_is(logo, sent):
    client = visits.enter(sent.kari)
    said = client.get(visits.page("contract", sent.kari)).content.decode()
    address = f"{visits.page('contract', sent.kari)}files/{logo.digest}/"
    assert f'src="{address}"' in said

    with tables.unchanged():
        answer = client.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
        assert visits.Client().get(address).status_code == 404
    other = uploads.stored("image", uploads.picture(size=(9, 9)), "x.png", sent.owner)
    assert client.get(address.replace(logo.digest, other.digest)).status_code == 404
    assert StoredFile.objects.count() == 2


@pytest.fixture
def training(sales):
    """Sales is for training."""
    Workspace.objects.filter(pk=sales.pk).update(training=True)


@pytest.mark.parametrize("name", ["contract", "decline"])
def test_each_page_of_a_training_says_so_in_words_and_title(training, sent, name):
    said = page(sent, name).content.decode()
    assert TEST in said
    assert re.search(r"<title>TEST – ", said)


def test_the_landing_says_so_too_and_a_real_one_does_not(training, sent):
    client = visits.Client()
    assert TEST in client.get(visits.landing(sent.kari)).content.decode()
    Workspace.objects.update(training=False)
    assert TEST not in client.get(visits.landing(sent.kari)).content.decode()


def test_the_verification_of_a_sealed_training_says_so(training, answered):
    for person in (answered.kari, answered.ola):
        signatures.sign(person)
    outbox.deliver()
    data = sealing.content(SealedFile.objects.get())
    file = uploads.upload(data, "contract.pdf")

    said = visits.Client().post("/verify/", {"file": file}).content.decode()
    assert "This is a TEST. It is unchanged, and it binds nobody." in said
    assert "This is the sealed contract" not in said
    assert stage(answered.contract, answered.sender).contract.state == "signed"
