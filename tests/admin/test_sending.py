"""What is shown is what is sent, whatever stands in an open editor."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from tests import builders, signatures, tables
from tests.admin import posts
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.errors import RenderingRefused

TOMORROW = str(date.today() + timedelta(days=2))  # noqa: DTZ011 - any day to come will do


@pytest.fixture(autouse=True)
def rehearsals(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What would be printed; test_journey prints in earnest."""
    printed: list[Any] = []
    monkeypatch.setattr(sealing, "render", lambda made: printed.append(made) or b"%PDF-")
    return printed


def post(contract: Contract, **changes: str) -> dict[str, str]:
    shown = {"digest": builders.shown(contract), "recipients": builders.recipients(contract)}
    return {**shown, "into": "signing", "deadline": TOMORROW, **changes}


def state(contract: Contract) -> str:
    return Contract.objects.get(pk=contract.pk).state


def test_the_page_shows_the_stored_text_and_its_digest(admin, draft):
    page = admin.get(posts.address("send", draft.pk))
    text = page.content.decode()
    assert builders.shown(draft) in text
    assert "the service runs" in text
    assert "kari@customer.example" in text
    assert page.context["form"]["deadline"].value() == contracts.default_deadline(draft)
    assert state(draft) == "draft"


def test_confirming_sends_exactly_that(admin, draft, rehearsals):
    shown = builders.shown(draft)
    answer = admin.post(posts.address("send", draft.pk), post(draft))
    assert answer.url == posts.address("inspect", draft.pk)
    sent = Contract.objects.get(pk=draft.pk)
    assert (sent.state, str(sent.deadline)) == ("signing", TOMORROW)
    assert sent.current_version.content_digest == shown
    assert len(rehearsals) == 1


def test_it_may_be_sent_for_review_first(admin, draft):
    admin.post(posts.address("send", draft.pk), post(draft, into="negotiating"))
    assert state(draft) == "negotiating"


def test_what_was_changed_meanwhile_is_not_sent(admin, draft, rehearsals):
    stale = post(draft)
    admin.post(posts.address("edit", draft.pk), posts.edit(draft, title="Hosting 2028"))
    with tables.unchanged():
        page = admin.post(posts.address("send", draft.pk), stale)
    assert page.status_code == 200
    text = page.content.decode()
    assert "The text has changed since it was shown" in text
    assert "Hosting 2028" in text
    assert rehearsals == []
    form = page.context["form"]
    again = {name: form[name].value() for name in ("into", "deadline", "digest", "recipients")}
    assert again["digest"] == page.context["digest"]
    assert admin.post(posts.address("send", draft.pk), again).status_code == 302


@pytest.mark.parametrize("change", [{"email": "eve@evil.example"}, {"name": "Eve Nordmann"}])
def test_whoever_was_changed_meanwhile_gets_nothing(admin, draft, change):
    stale = post(draft)
    kari = draft.parties.get(role="customer").people.get()
    for name, value in change.items():
        setattr(kari, name, value)
    kari.save()
    with tables.unchanged():
        page = admin.post(posts.address("send", draft.pk), stale)
    assert "has changed since it was shown" in page.content.decode()
    assert next(iter(change.values())) in page.content.decode()
    form = page.context["form"]
    again = {name: form[name].value() for name in ("into", "deadline", "digest", "recipients")}
    assert admin.post(posts.address("send", draft.pk), again).status_code == 302


def test_a_reader_who_came_in_meanwhile_gets_nothing_before_the_sender_saw(admin, draft):
    stale = post(draft)
    party = draft.parties.get(role="customer")
    Participant.objects.create(party=party, name="Eve", email="eve@evil.example", role="reader")
    with tables.unchanged():
        page = admin.post(posts.address("send", draft.pk), stale)
    assert "Who gets it has changed since it was shown" in page.content.decode()
    assert "eve@evil.example" in page.content.decode()
    assert admin.post(posts.address("send", draft.pk), post(draft)).status_code == 302


@pytest.mark.parametrize(
    "changes",
    [
        {"digest": ""},
        {"digest": "0" * 64},
        {"recipients": ""},
        {"recipients": "0" * 64},
        {"into": "signed"},
        {"into": ""},
        {"deadline": "2020-01-01"},
        {"deadline": "soon"},
        {"deadline": ""},
    ],
)
def test_a_forged_confirmation_sends_nothing(admin, draft, changes):
    with tables.unchanged():
        assert (
            admin.post(posts.address("send", draft.pk), post(draft, **changes)).status_code == 200
        )
    assert admin.post(posts.address("send", draft.pk), post(draft)).status_code == 302


def test_what_is_missing_is_said_and_there_is_no_button(admin, template, sender):
    bare = builders.contract(template, sender, values={})
    page = admin.get(posts.address("send", bare.pk))
    text = page.content.decode()
    assert "“Price” is not filled in." in text
    assert "Something is missing" in text
    assert '<button class="button">' not in text
    with tables.unchanged():
        admin.post(posts.address("send", bare.pk), post(bare))


def test_how_it_differs_from_the_template_is_said(admin, draft):
    honest = posts.entries(draft)
    honest[4] |= {"value-text": posts.draftail("<p>It is free.</p>")}
    honest[5] |= {"deleted": "1"}
    admin.post(posts.address("edit", draft.pk), posts.edit(draft, honest))
    text = admin.get(posts.address("send", draft.pk)).content.decode()
    assert "“2 Price” was changed." in text
    assert "Reference” is left out." in text


def test_what_does_not_print_is_not_sent(admin, draft, monkeypatch):
    def refuse(bundle: Any) -> None:
        raise RenderingRefused("These characters have no glyph: ☃.")

    monkeypatch.setattr(sealing, "render", refuse)
    with tables.unchanged():
        page = admin.post(posts.address("send", draft.pk), post(draft))
    assert "These characters have no glyph" in page.content.decode()


def test_it_is_sent_once(admin, draft):
    first = post(draft)
    admin.post(posts.address("send", draft.pk), first)
    with tables.unchanged():
        page = admin.post(posts.address("send", draft.pk), first)
    assert "This contract has been sent" in page.content.decode()


# -- the next version ------------------------------------------------------------------------------


def rewrite(admin: Any, contract: Contract, title: str = "Hosting 2028") -> None:
    fresh = Contract.objects.get(pk=contract.pk)
    form = posts.edit(fresh, title=title)
    assert admin.post(posts.address("edit", contract.pk), form).status_code == 302


def revise(contract: Contract, **changes: str) -> dict[str, str]:
    return {"digest": builders.shown(contract), "reason": "A better name", **changes}


def test_without_a_change_there_is_nothing_to_send(admin, out):
    rewrite(admin, out, out.title)
    page = admin.get(posts.address("revise", out.pk))
    assert "the text is the same as in version 1" in page.content.decode()
    admin.post(posts.address("revise", out.pk), revise(out))
    assert out.versions.count() == 1


def test_a_new_version_is_compared_and_sent_with_a_reason(admin, out):
    rewrite(admin, out)
    text = admin.get(posts.address("revise", out.pk)).content.decode()
    assert "What changes since version 1" in text
    assert "<ins>2028" in text or "2028" in text
    answer = admin.post(posts.address("revise", out.pk), revise(out))
    assert answer.url == posts.address("inspect", out.pk)
    assert [(v.number, v.reason) for v in out.versions.order_by("number")] == [
        (1, ""),
        (2, "A better name"),
    ]


def test_it_says_whose_signature_is_lost(admin, answered: SimpleNamespace):
    signatures.sign(answered.kari)
    rewrite(admin, answered.contract)
    for name in ("edit", "revise"):
        text = admin.get(posts.address(name, answered.contract.pk)).content.decode()
        assert "Kari Nordmann has signed version 2." in text
    admin.post(posts.address("revise", answered.contract.pk), revise(answered.contract))
    text = admin.get(posts.address("revise", answered.contract.pk)).content.decode()
    assert "has signed" not in text


@pytest.mark.parametrize("changes", [{"digest": "0" * 64}, {"reason": ""}, {"reason": "  "}])
def test_a_forged_revision_sends_nothing(admin, out, changes):
    rewrite(admin, out)
    with tables.unchanged():
        page = admin.post(posts.address("revise", out.pk), revise(out, **changes))
    assert page.status_code == 200
    assert admin.post(posts.address("revise", out.pk), revise(out)).status_code == 302


def test_an_answer_that_comes_in_meanwhile_makes_the_page_stale(admin, sent: SimpleNamespace):
    rewrite(admin, sent.contract)
    stale = revise(sent.contract)
    contracts.answer(sent.kari, sent.version.digest, builders.ANSWERS, by=builders.guest(sent.kari))
    page = admin.post(posts.address("revise", sent.contract.pk), stale)
    assert "The text has changed since it was shown" in page.content.decode()
    assert sent.contract.versions.count() == 2
    admin.post(posts.address("revise", sent.contract.pk), revise(sent.contract))
    version = Contract.objects.get(pk=sent.contract.pk).current_version
    values = {item["key"]: item["value"] for item in version.content["values"]}
    assert (version.number, values["invoice"]) == (3, "pay@customer.example")


def test_a_draft_has_no_next_version(admin, draft):
    with tables.unchanged():
        assert admin.get(posts.address("revise", draft.pk)).status_code == 200
        assert admin.post(posts.address("revise", draft.pk), revise(draft)).status_code == 200
