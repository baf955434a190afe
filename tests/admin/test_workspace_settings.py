"""The settings of a workspace in the admin: tabs, colour, logo, texts; for administrators."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.urls import reverse

from tests import builders, mails, tables, uploads
from tests.admin.test_workspaces import administrator, save  # noqa: F401
from wagtail_contracts.contracts.models import StoredFile, WorkspaceText

TABS = ["General", "Look", "Numbers", "Texts", "Retention", "Training"]


def edit(workspace):
    return reverse("wagtail_contracts_workspace:edit", args=[workspace.pk])


def test_the_settings_stand_in_tabs_and_each_says_whom_it_affects(client, administrator, sales):  # noqa: F811
    said = client.get(edit(sales)).content.decode()
    for tab in TABS:
        assert re.search(rf'role="tab"[^>]*>\s*{tab}', said), tab
    assert said.count("New contracts only.") >= 4
    assert f"{sales.code}-" in re.search(r'class="wc-number-next">([^<]+)', said)[1]


@pytest.mark.parametrize(("colour", "status"), [("#0A5752", 302), ("#7fd6c9", 200), ("red", 200)])
def test_a_colour_that_cannot_be_read_is_refused_with_a_near_one(
    client,
    administrator,  # noqa: F811
    sales,
    colour,
    status,
):
    answer = save(client, sales, accent=colour)
    assert answer.status_code == status, answer.context["form"].errors
    sales.refresh_from_db()
    assert sales.accent == ("#0a5752" if status == 302 else "")
    if colour == "#7fd6c9":
        [words] = answer.context["form"].errors["accent"]
        assert "4.5:1" in words
        assert save(client, sales, accent=words[-8:-1]).status_code == 302


def test_a_logo_is_judged_as_a_picture_and_kept(client, administrator, sales):  # noqa: F811
    with tables.unchanged():
        answer = save(
            client, sales, logo_file=uploads.upload(uploads.pdf(), "logo.png", "image/png")
        )
    assert "logo_file" in answer.context["form"].errors

    good = uploads.upload(uploads.picture(), "logo.png", "image/png")
    assert save(client, sales, logo_file=good).status_code == 302
    sales.refresh_from_db()
    assert sales.logo == StoredFile.objects.get()
    address = reverse("wagtail_contracts_file", args=[sales.logo.digest])
    assert address in client.get(edit(sales)).content.decode()
    assert client.get(address)["Content-Type"] == "image/png"
    assert save(client, sales, logo_gone="on").status_code == 302
    sales.refresh_from_db()
    assert sales.logo is None


def test_training_is_fixed_once_there_is_a_contract(client, administrator, sales, draft):  # noqa: F811
    assert save(client, sales, training="on").status_code == 302
    sales.refresh_from_db()
    assert not sales.training


def texts(workspace, **asked):
    address = reverse("wagtail_contracts_workspace:texts", args=[workspace.pk])
    return (
        f"{address}?kind={asked.get('kind', 'invitation')}&language={asked.get('language', 'en')}"
    )


def test_own_words_are_previewed_saved_sent_to_oneself_and_used(
    client,
    administrator,  # noqa: F811
    sales,
    sent,
):
    typed = {"subject": "Please read {title}", "body": "Dear {name},\n\n<b>read</b> it."}
    with tables.unchanged():
        seen = client.post(texts(sales), {**typed, "do": "look"})
    assert "Please read Example agreement" in seen.content.decode()
    assert "&lt;b&gt;read" in seen.context["html"]

    mails.forget()
    assert client.post(texts(sales), {**typed, "do": "test"}).status_code == 302
    [tried] = mails.sent()
    assert (tried.to, tried.subject) == (["eve@eksempel.example"], "Please read Example agreement")
    letter = mails.one(sent.kari, "invitation")
    assert letter.subject == "Please read Hosting 2027"
    assert "Dear Kari Nordmann," in letter.body
    assert "This link is personal." in letter.body
    assert mails.one(sent.kari, "reminder").subject.startswith("Reminder: ")


def test_a_placeholder_that_there_is_not_is_refused_and_nothing_is_lost(
    client,
    administrator,  # noqa: F811
    sales,
):
    typed = {"subject": "Read {titel}", "body": "Dear {name}", "do": "save"}
    with tables.unchanged():
        answer = client.post(texts(sales), typed)
    assert "{titel}" in str(answer.context["form"].errors["subject"])
    assert "Dear {name}" in answer.content.decode()
    assert client.post(texts(sales), {**typed, "subject": "Read {title}"}).status_code == 302
    assert WorkspaceText.objects.get().subject == "Read {title}"


def test_our_words_unchanged_are_no_words_of_the_workspace(client, administrator, sales):  # noqa: F811
    form = client.get(texts(sales, kind="sealed", language="nb")).context["form"]
    posted = {name: form[name].value() for name in ("subject", "body")}
    assert "{title}" in posted["subject"]
    client.post(texts(sales, kind="sealed", language="nb"), {**posted, "do": "save"})
    assert not WorkspaceText.objects.exists()


def test_the_help_for_signers_is_written_part_by_part(client, administrator, sales):  # noqa: F811
    address = reverse("wagtail_contracts_workspace:help", args=[sales.pk])
    assert address in client.get(edit(sales)).content.decode()
    asked = f"{address}?kind=help_wrong&language=nb"
    form = client.get(asked).context["form"]
    ours = {name: form[name].value() for name in ("subject", "body")}
    typed = {"subject": "Ikke deg?", "body": "Ring oss.\n\n<b>Nå</b>."}
    with tables.unchanged():
        seen = client.post(asked, {**typed, "do": "look"}).content.decode()
        assert client.post(asked, {**typed, "body": "{title}", "do": "save"}).status_code == 200
    assert ("Ikke deg?" in seen, "&lt;b&gt;Nå" in seen) == (True, True)
    assert client.post(asked, {**typed, "do": "save"}).status_code == 302
    row = WorkspaceText.objects.get()
    assert (row.kind, row.language, row.subject) == ("help_wrong", "nb", "Ikke deg?")
    assert client.post(asked, {**ours, "do": "save"}).status_code == 302
    assert not WorkspaceText.objects.exists()


@pytest.mark.parametrize("name", ["texts", "help", "look", "look_page"])
def test_those_pages_are_for_administrators_of_that_workspace(client, sales, name):
    address = reverse(f"wagtail_contracts_workspace:{name}", args=[sales.pk])
    other = builders.workspace("other")
    for user, space, verbs, status in (
        ("ann", sales, ("view", "send"), 404),
        ("sue", other, ("view", "administer"), 404),
        ("eve", sales, ("view", "administer"), 200),
    ):
        client.force_login(builders.staff(user, space, verbs))
        assert client.get(address).status_code == status, user
    assert mail.outbox == []
