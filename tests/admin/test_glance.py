"""The overview at a glance: what one may do, why not the rest, data, files, verdict, order."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from example_site import contents as made
from tests import builders, signatures, tables, uploads
from tests.admin import posts
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.core.reminders import Rule
from wagtail_contracts.contracts.models import Contract, GroupWorkspacePermission, Verb
from wagtail_contracts.errors import Refusal
from wagtail_contracts.sealing.flows import verifying
from wagtail_contracts.sealing.models import SealedFile
from wagtail_contracts.sealing.rendering.worker import Limits
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.admin.glance import Told


def seen(client: Any, contract: Contract) -> Any:
    """The page; looking writes nothing."""
    with tables.unchanged():
        page = client.get(posts.address("inspect", contract.pk))
    assert page.status_code == 200
    return page


def now(page: Any) -> set[str]:
    return {act.label for act in page.context["acts"]["now"]}


def later(page: Any) -> dict[str, str]:
    return {act.label: act.why for act in page.context["acts"]["later"]}


def test_what_can_be_done_has_its_page_and_the_rest_its_reason(admin, sent):
    page = seen(admin, sent.contract)
    assert now(page) >= {"Remind somebody…", "Withdraw…", "Extend the deadline…", "Edit"}
    for act in page.context["acts"]["now"]:
        assert admin.get(act.url).status_code == 200, act
    why = later(page)
    assert "In review" in why["Open for signing…"]
    assert "Now: Out for signing." in why["Open for signing…"]
    assert "Signed" in why["Amend, renew or replace"]
    assert "“Support” is not filled in." in why["Sign for us…"]
    assert not now(page) & why.keys()
    assert "Why not the rest?" in page.content.decode()


def test_a_draft_that_lacks_something_says_what(admin, template, sender):
    draft = builders.contract(template, sender, values={})
    why = later(seen(admin, draft))
    assert "Price" in why["Send…"]
    ready = builders.contract(template, sender)
    assert "Send…" in now(seen(admin, ready))


def test_who_lacks_a_right_is_told_which(client, sent, sales):
    client.force_login(builders.staff("nils", sales, verbs=("view",)))
    page = seen(client, sent.contract)
    assert now(page) == set()
    assert later(page)["Withdraw…"] == "It needs the right “Send” in this workspace."
    assert "Nothing: you may read it." in page.content.decode()


@pytest.mark.parametrize("state", states.ALL)
def test_withdrawing_is_possible_where_the_moves_say_so(state):
    assert states.allows(state, "withdraw") == states.may_move(state, states.WITHDRAWN)
    assert states.allows(state, "reopen") == (
        state == states.SIGNING and states.may_move(state, states.NEGOTIATING)
    )


def test_signing_is_refused_here_in_the_words_of_the_flow(admin, answered):
    assert "Sign for us…" in now(seen(admin, answered.contract))
    signatures.sign(answered.ola)
    why = later(seen(admin, answered.contract))["Sign for us…"]
    assert why == "You have signed this version."
    assert "Sign for us…" not in now(seen(admin, answered.contract))


def test_data_are_shown_and_what_is_sensitive_has_a_mask_for_everybody(admin, sales, sender):
    secret = made.field("text", "secret", "Secret", "supplier", sensitive=True)
    body = [*builders.BODY, made.text(f"It is {made.chip('secret')}.")]
    page = builders.template(sales, "Secret", body=body, fields=[*builders.FIELDS, secret])
    values = {"price": "5300", "secret": "Xylophone"}
    contract = builders.contract(page, sender, values=values)
    for verb in (None, Verb.SENSITIVE):
        if verb:
            group = sender.groups.get()
            GroupWorkspacePermission.objects.create(group=group, workspace=sales, verb=verb)
        found = {item.label: item.words for item in seen(admin, contract).context["data"]}
        assert "5" in found["Price"]
        assert found["Secret"] == "••••"
        assert "Xylophone" not in seen(admin, contract).content.decode()


def test_versions_lead_to_their_comparison(admin, answered):
    text = seen(admin, answered.contract).content.decode()
    assert "Compare with 1" in text
    version = f"{posts.address('version', answered.contract.pk)}?number=2"
    assert f"{version}#changes" in text
    assert 'id="changes"' in admin.get(version).content.decode()


@pytest.fixture
def sealed(answered: SimpleNamespace) -> Contract:
    """Signed by all and sealed."""
    signatures.sign_all(answered)
    contract = Contract.objects.get(pk=answered.contract.pk)
    signing.seal(contract.current_version, by=builders.actor(answered.sender))
    return contract


def test_the_sealed_file_comes_with_a_verdict_on_what_is_stored_now(admin, sealed):
    cache.clear()
    page = seen(admin, sealed)
    assert page.context["verdict"].good
    assert "Unchanged: the seal is whole, and our records agree." in page.content.decode()
    _break(SealedFile.objects.get().name)
    bad = seen(admin, sealed)
    assert not bad.context["verdict"].good
    assert "The stored file is not the one that was sealed." in bad.content.decode()


def test_a_file_that_can_not_be_judged_now_is_accused_of_nothing(admin, sealed, monkeypatch):
    cache.clear()
    with monkeypatch.context() as busy:
        busy.setattr(verifying, "LIMITS", Limits(wall=0.001))
        said = seen(admin, sealed).context["verdict"]
    assert said == Told("This file can’t be checked just now. Try again in a few minutes.", False)
    assert seen(admin, sealed).context["verdict"].good


def _break(name: str) -> None:
    storage = storages["wagtail_contracts"]
    with storage.open(name, "rb") as kept:
        content = kept.read()
    storage.delete(name)
    storage.save(name, ContentFile(content[:-9] + b"tampered!"))


def test_an_exhibit_leads_to_the_file_for_whoever_may_fetch_it(admin, sales, sender):
    plan = uploads.kept("exhibit", uploads.pdf(), "plan.pdf", builders.actor(sender))
    body = [*builders.BODY, uploads.exhibit(plan)]
    contract = builders.contract(builders.template(sales, "With a plan", body=body), sender)
    [exhibit] = seen(admin, contract).context["exhibits"]
    assert exhibit.words == "plan.pdf"
    assert admin.get(exhibit.url).status_code == 200


def test_who_is_reminded_next_is_told_until_reminders_are_paused(admin, answered, sales):
    assert "None is planned." in seen(admin, answered.contract).content.decode()
    sales.remind_every_days = 4
    sales.save()
    coming = seen(admin, answered.contract).context["reminders"].coming
    assert {person.name for person, _day in coming} == {"Kari Nordmann", "Ola Nordmann"}
    since = answered.version.frozen_at.astimezone(ZoneInfo(sales.timezone)).date()
    assert {(when - since).days for _person, when in coming} == {4}
    rule = Rule(every=4)
    contracts.set_reminders(answered.contract, rule, paused=True, by=answered.owner)
    assert "nobody is reminded by itself" in seen(admin, answered.contract).content.decode()


def test_folder_and_tags_are_shown(admin, draft, sender):
    by = builders.actor(sender)
    contracts.tag(draft, ["public sector"], by=by)
    contracts.put_into(draft, "Spring", by=by)
    text = seen(admin, draft).content.decode()
    assert "public sector" in text
    assert "Spring" in text


def test_a_flow_refuses_where_the_page_says_so(sent):
    """The table that the page explains by is the one that flows go by."""
    with tables.unchanged(), pytest.raises(Refusal):
        contracts.open_signing(sent.contract, by=sent.owner)
    contracts.reopen(sent.contract, "Another look", by=sent.owner)
    contracts.open_signing(sent.contract, by=sent.owner)
