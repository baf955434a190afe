"""Sensitive values: masked for colleagues without the right, kept on saving, told when read."""

from __future__ import annotations

import json
import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from tests import builders, journeys, suggestions, tables
from tests.admin import posts
from wagtail_contracts import events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin import shown
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.models import Contract, GroupWorkspacePermission

ACCOUNT, BORN = "NO9386011117947", "15108695088"
# Digits in these are chance: digests, and the ids of blocks, threads and people.
CHANCE = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{12,}")
SECRETS = ("8601 1117", "86011117", "151086", BORN, "95088")
FIELDS = [
    builders.made.field("iban", "account", "Account", "supplier", sensitive=True),
    builders.made.field("national_id", "born", "Identity number", "customer"),
]
BODY = [
    builders.made.text(f"Paid to {builders.made.chip('account')}.", policy="optional"),
    builders.made.clause("Ours", f"{builders.made.chip('account')} is ours.", policy="editable"),
    builders.made.text(f"For {builders.made.chip('born')}."),
    builders.made.signatures("Signatures"),
]
PAGES = ("inspect", "edit", "parties", "details", "send", "as_they_see_it", "preview_page")
PAGES_OUT = ("inspect", "edit", "revise", "version", "as_they_see_it", "preview_page")


@pytest.fixture
def secret(sales: Any, sender: Any) -> Contract:
    page = builders.template(sales, fields=FIELDS, body=BODY)
    return builders.contract(page, sender, values={"account": ACCOUNT})


@pytest.fixture
def out(secret: Contract, sender: Any) -> SimpleNamespace:
    """Out for signing; the other side has answered."""
    digest = builders.shown(secret)
    contracts.send(secret, digest, into=states.SIGNING, by=builders.actor(sender))
    sent = journeys.stage(secret, sender)
    contracts.answer(sent.kari, sent.version.digest, {"born": BORN}, by=builders.guest(sent.kari))
    return journeys.stage(secret, sender)


def browser(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def without(sales: Any) -> Client:
    return browser(builders.staff("without", sales))


@pytest.fixture
def trusted(sales: Any) -> Client:
    return browser(builders.staff("trusted", sales, (*builders.SENDER, "sensitive")))


def words(client: Client, name: str, contract: Contract) -> str:
    answer = client.get(posts.address(name, contract.pk))
    assert answer.status_code == 200, name
    return answer.content.decode().replace("\u00a0", " ").replace("&nbsp;", " ")


def seen(contract: Contract) -> list[Event]:
    return list(Event.objects.of(contract.own_trail).named(events.SENSITIVE_SEEN))


def test_without_the_right_every_page_has_masks(out, without):
    masks = 0
    for name in PAGES_OUT:
        text = CHANCE.sub("", words(without, name, out.contract))
        assert not [secret for secret in SECRETS if secret in text], name
        masks += "••••7947" in text
    assert masks >= 4
    assert seen(out.contract) == []


def test_what_is_said_of_them_has_masks_too(out, without, trusted):
    version, by = out.version, builders.guest(out.kari)
    _paid, _ours, born, *_rest = (one["id"] for one in version.content["body"])
    about = contracts.Matter(block=born, quote="151086 95088", shown=version.digest)
    contracts.begin_thread(out.contract, out.kari, "Is it mine?", about, by=by)
    wanted = suggestions.wish(version, "Ours", "{Account} is ours from now on.")
    thread = suggestions.suggest(out, wanted).thread.public_id

    for name, query in (("inspect", {}), ("threads", {}), ("suggestion", {"thread": thread})):
        url = posts.address(name, out.contract.pk)
        masked, read = (
            CHANCE.sub("", client.get(url, query).content.decode().replace("\u00a0", " "))
            for client in (without, trusted)
        )
        assert not [secret for secret in SECRETS if secret in masked], name
        assert "••••7947" in masked
        assert "NO93 8601 1117 947" in read


def test_with_the_right_they_are_read_and_that_is_told(out, trusted):
    read = ["NO93 8601 1117 947" in words(trusted, name, out.contract) for name in PAGES_OUT]
    assert sum(read) >= 4
    (told,) = seen(out.contract)
    assert told.label == "Trusted Nordmann"
    assert json.loads(json.dumps(told.data))["fields"] == ["account", "born"]
    assert not Event.objects.of(out.contract.trail).named(events.SENSITIVE_SEEN).exists()


def test_the_details_of_a_new_contract_are_read_with_the_right_alone(secret, without, trusted):
    assert "••••7947" in words(without, "details", secret)
    assert seen(secret) == []
    assert "8601" in words(trusted, "details", secret)
    (told,) = seen(secret)
    assert (told.label, told.data["fields"]) == ("Trusted Nordmann", ["account"])


def test_before_it_is_sent_a_draft_is_masked_likewise(secret, without, trusted):
    for name in PAGES:
        assert not re.search("8601 ?1117", words(without, name, secret)), name
    assert "NO93 8601 1117 947" in words(trusted, "send", secret)


def test_the_preview_of_the_editor_and_of_a_revision_is_masked(secret, without, trusted):
    form = posts.edit(secret, **{"value-price": None, "value-start": None, "value-account": ""})
    revision = secret.revisions.get()
    for client, mask in ((without, True), (trusted, False)):
        typed = {**form, "value-account": "" if mask else ACCOUNT}
        client.post(posts.address("preview_on_edit", secret.pk), typed)
        for address in (
            posts.address("preview_on_edit", secret.pk) + "?in_preview_panel=true&mode=",
            posts.address("revisions_view", secret.pk, revision.pk),
        ):
            text = client.get(address).content.decode().replace("\u00a0", " ")
            assert ("••••7947" in text, "NO93 8601 1117 947" in text) == (mask, not mask)


def test_the_names_of_blocks_are_masked_for_everybody(secret):
    found = shown.block_names(secret).values()
    assert [name for name in found if "••••7947" in name]
    assert not [name for name in found if "8601" in name]


def test_saving_keeps_a_masked_value_and_typing_replaces_it(secret, without):
    names = {"value-price": None, "value-start": None}
    form = posts.edit(secret, **names, **{"value-account": "", "title": "Another"})
    assert without.post(posts.address("edit", secret.pk), form).status_code == 302
    kept = Contract.objects.get(pk=secret.pk)
    assert (kept.title, kept.values["account"]) == ("Another", ACCOUNT)

    form = posts.edit(kept, **names, **{"value-account": "DE89 3704 0044 0532 0130 00"})
    assert without.post(posts.address("edit", secret.pk), form).status_code == 302
    assert Contract.objects.get(pk=secret.pk).values["account"] == "DE89370400440532013000"


def test_with_the_right_an_emptied_field_is_empty(secret, trusted):
    assert f'value="{ACCOUNT}"' in words(trusted, "edit", secret)
    form = posts.edit(secret, **{"value-price": None, "value-start": None, "value-account": ""})
    assert trusted.post(posts.address("edit", secret.pk), form).status_code == 302
    assert Contract.objects.get(pk=secret.pk).values["account"] is None


def test_the_sealed_file_is_for_those_who_may_read_it(out, sales, without, trusted):
    """Nothing is sealed here: whoever may have the file is told that."""
    address = posts.address("sealed", out.contract.pk)
    before = tables.digests()
    refused = without.post(address, follow=True).content.decode()
    assert "It holds sensitive data, which you may not see." in refused
    assert tables.digests() == before
    for client in (trusted, browser(out.sender)):  # the sender signs for our side
        assert "sensitive data" not in client.post(address, follow=True).content.decode()


def test_a_changed_value_is_told_without_saying_it(out, without, sender):
    contract = Contract.objects.get(pk=out.contract.pk)
    form = posts.edit(contract, **{"value-price": None, "value-start": None})
    form["value-account"] = "NO8330001234567"
    assert without.post(posts.address("edit", contract.pk), form).status_code == 302
    text = words(without, "revise", contract)
    assert "••••4567" in text
    assert not re.search("3000 ?1234", text)


def test_the_right_alone_opens_nothing(out, sales):
    blind = browser(builders.staff("blind", sales, ("sensitive",)))
    assert blind.get(posts.address("inspect", out.contract.pk)).status_code == 404
    group = Group.objects.get(name="group of blind")
    GroupWorkspacePermission.objects.create(group=group, workspace=sales, verb="view")
    assert blind.get(posts.address("inspect", out.contract.pk)).status_code == 200


@pytest.mark.parametrize("phrase", [f"{BORN[:6]} {BORN[6:]}", BORN[:3]])
def test_nobody_finds_them_out_by_quoting_what_they_guess(out, sales, trusted, phrase):
    def quote(client: Client, words: str) -> int:
        version = out.contract.current_version
        block = version.content["body"][2]["id"]
        form = {"begin": "new", "text-new": "Look.", "side-new": "own", "shown": version.digest}
        form |= {"block-new": block, "quote-new": words}
        answer: int = client.post(posts.address("threads", out.contract.pk), form).status_code
        return answer

    without = browser(builders.staff("without", sales))
    assert quote(without, "For") == quote(trusted, phrase) == 302
    with tables.unchanged():
        assert quote(without, phrase) == quote(without, "0000") == 422
