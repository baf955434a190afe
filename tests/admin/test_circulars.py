"""The pages of texts for many: who may open them, what they say, and at which cost."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders, tables
from tests.flows.contracts.test_circulars import (  # noqa: F401 - fixtures
    begun,
    changed,
    conduct,
    made_by_the_worker,
    people,
    sign,
    staff,
)
from wagtail_contracts.contracts.models import Circular, GroupWorkspacePermission
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.sealing.errors import RenderingRefused


def browser(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at(name: str, circular: Circular | None = None) -> str:
    args = [circular.public_id] if circular else []
    return reverse(f"wagtail_contracts_circular{name}", args=args)


def test_from_the_form_to_the_list_of_who_has_signed(conduct, staff, sender):  # noqa: F811
    people(2, staff)
    client = browser(sender)
    form = {"template": conduct.pk, "group": staff.pk, "title": "Conduct", "deadline": "2099-01-01"}
    assert f"{staff} (2)" in client.get(at("_new")).content.decode()
    page = client.post(at("_new"), form)
    circular = Circular.objects.get()
    assert page.url == at("", circular)
    made_by_the_worker()
    sign(circular, "u0")
    page = client.get(at("", circular)).content.decode()
    assert "Round 1: signed 1 of 2" in page
    assert "Not signed yet (1)" in page
    assert "1 of 2 signed" in client.get(at("s")).content.decode()
    told = client.get(at("_state", circular)).json()["stamp"]
    sign(circular, "u1")
    assert client.get(at("_state", circular)).json()["stamp"] != told


def test_after_a_new_round_the_list_says_who_signed_the_earlier_text_only(
    conduct,  # noqa: F811
    staff,  # noqa: F811
    sender,
):
    people(3, staff)
    circular = begun(conduct, staff, sender)
    made_by_the_worker()
    sign(circular, "u0", "u1")
    client = browser(sender)
    assert "the earlier text" not in client.get(at("", circular)).content.decode()
    form = {"deadline": "2099-02-01", "template": changed(conduct).pk}
    assert client.post(at("_round", circular), form).status_code == 302
    made_by_the_worker()
    sign(circular, "u1")

    page = client.get(at("", circular))
    rows = {row.name: (row.words, row.before) for row in page.context["rows"]}
    assert rows == {
        "U0": ("Not signed yet", "Signed the earlier text, of round 1"),
        "U1": ("Signed", ""),
        "U2": ("Not signed yet", ""),
    }
    words = page.content.decode()
    for said in ("Round 2: signed 1 of 3", "Round 1: signed 2 of 3", *rows["U0"]):
        assert said in words
    narrowed = client.get(at("", circular), {"show": "earlier"})
    assert [row.name for row in narrowed.context["rows"]] == ["U0"]


def test_a_last_day_that_is_over_is_told_at_its_field(conduct, staff, sender):  # noqa: F811
    people(1, staff)
    client = browser(sender)
    form = {"template": conduct.pk, "group": staff.pk, "title": "Conduct", "deadline": "2020-01-01"}
    with tables.unchanged():
        page = client.post(at("_new"), form)
    assert list(page.context["form"].errors) == ["deadline"]
    assert client.post(at("_new"), {**form, "deadline": "2099-01-01"}).status_code == 302


def test_the_list_goes_along_for_who_may_export_and_is_told(conduct, staff, sender, sales):  # noqa: F811
    people(1, staff)
    circular = begun(conduct, staff, sender)
    client = browser(sender)
    with tables.unchanged():
        client.post(at("_export", circular))
    group = sender.groups.get()
    GroupWorkspacePermission.objects.create(group=group, workspace=sales, verb="export")
    page = client.post(at("_export", circular))
    lines = b"".join(page).decode().splitlines()
    assert lines[1].startswith("U0,u0@eksempel.example,1,")


def test_what_is_of_another_workspace_is_not_there(conduct, staff, sender):  # noqa: F811
    people(1, staff)
    circular = begun(conduct, staff, sender)
    legal = builders.workspace("legal")
    stranger = browser(builders.staff("per", legal))
    reader = browser(builders.staff("reader", circular.workspace, ("view", "send")))
    with tables.unchanged():
        for name in ("", "_round", "_state"):
            assert stranger.get(at(name, circular)).status_code == 404
            assert reader.get(at(name, circular)).status_code == 302
        for name in ("_remind", "_join", "_export"):
            assert stranger.post(at(name, circular)).status_code == 404
        assert circular.title not in stranger.get(at("s")).content.decode()
    assert browser(sender).get(at("", circular)).status_code == 200


def test_a_page_for_many_costs_as_many_queries_as_one_for_few(conduct, staff, sender):  # noqa: F811
    people(2, staff)
    circular = begun(conduct, staff, sender)
    made_by_the_worker()
    client = browser(sender)
    client.get(at("", circular))
    with CaptureQueriesContext(connection) as few:
        client.get(at("", circular))
    people(20, staff, "more")
    Message.objects.all().delete()
    client.post(at("_join", circular))
    made_by_the_worker()
    client.get(at("", circular))
    with CaptureQueriesContext(connection) as many:
        page = client.get(at("", circular)).content.decode()
    assert "signed 0 of 22" in page
    assert len(many) <= len(few)


def test_who_could_not_be_reached_is_tried_again_and_who_signed_is_not_reminded(
    conduct,  # noqa: F811
    staff,  # noqa: F811
    sender,
):
    first, second = people(2, staff)
    circular = begun(conduct, staff, sender)
    second.email = ""
    second.save()
    made_by_the_worker()
    client = browser(sender)
    page = client.get(at("", circular)).content.decode()
    assert "Remind the rest" in page
    assert "Try again" in page

    second.email = "u1@eksempel.example"
    second.save()
    client.post(at("_join", circular))
    made_by_the_worker()
    sign(circular, first.username, second.username)
    page = client.get(at("", circular)).content.decode()
    assert "Round 1: signed 2 of 2" in page
    assert "Remind the rest" not in page
    assert "Try again" not in page


def test_what_cannot_be_printed_is_sent_to_nobody(conduct, staff, sender, monkeypatch):  # noqa: F811
    people(2, staff)
    client = browser(sender)
    form = {"template": conduct.pk, "group": staff.pk, "title": "Conduct", "deadline": "2099-01-01"}

    def refuse(bundle):
        raise RenderingRefused("These characters have no glyph: ☃.")

    with monkeypatch.context() as patch, tables.unchanged():
        patch.setattr("wagtail_contracts.sealing.flows.render", refuse)
        page = client.post(at("_new"), form)
    assert "no glyph" in page.content.decode()
    assert client.post(at("_new"), form).status_code == 302
    assert Circular.objects.get().title == "Conduct"
