"""The data and the sealed files of many contracts: who may take them along, and what they hold."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests import archives, builders, mails, signatures, tables
from tests.admin.many import POSTS, address, browser, out
from tests.journeys import stage
from wagtail_contracts import events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import (
    Contract,
    GroupWorkspacePermission,
)
from wagtail_contracts.sealing.models import SealedFile

ACCOUNT = "NO9386011117947"


@pytest.fixture
def secret(sales: Any, sender: Any) -> Contract:
    """A draft with a sensitive value, and a title that a spreadsheet would run."""
    field = builders.made.field("iban", "account", "Account", "supplier", sensitive=True)
    body = [builders.made.text(f"To {builders.made.chip('account')}."), builders.BODY[-1]]
    fields = [field, *builders.FIELDS[:2]]
    page = builders.template(sales, "With account", fields=fields, body=body)
    values = {"account": ACCOUNT, "price": "5300.50"}
    return builders.contract(page, sender, title="=1+1", values=values)


def rows(answer: Any) -> list[dict[str, str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_data_of_contracts_as_text(keeper, sales, secret, two):
    [made, *_others] = rows(browser(keeper).post(address("export", secret, *two), POSTS["export"]))
    assert (made["Number"], made["Title"]) == (secret.number, "'=1+1")
    assert (made["Price (price)"], made["Price, currency (price)"]) == ("5300.50", "NOK")
    assert made["Start (start)"] == "2027-01-15"
    assert made["Account (account)"] == "••••7947"
    [event] = Event.objects.of(sales.trail).named(events.CONTRACTS_EXPORTED)
    assert event.data == {
        "what": "data",
        "contracts": [row.number for row in sorted([secret, *two], key=lambda row: row.pk)],
    }
    assert event.actor_key == str(keeper.pk)


def test_the_data_of_contracts_as_a_workbook(sales, secret):
    trusted = builders.staff("trusted", sales, ("view", "export", "sensitive"))
    answer = browser(trusted).post(address("export", secret), {"format": "xlsx"})
    page = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    head, made = page.iter_rows()
    cells = {one.value: other for one, other in zip(head, made, strict=True)}
    assert (cells["Title"].value, cells["Title"].data_type) == ("=1+1", "s")
    assert (cells["Price (price)"].value, cells["Price (price)"].data_type) == (5300.5, "n")
    assert cells["Start (start)"].is_date
    assert cells["Account (account)"].value.replace("\u00a0", "") == ACCOUNT
    assert Event.objects.of(secret.own_trail).named(events.SENSITIVE_SEEN).exists()


def test_what_one_may_not_export_is_in_no_file(sales, template, two):
    mine = builders.staff("own", sales, ("view", "export"))
    GroupWorkspacePermission.objects.filter(group__user=mine, verb="export").update(own=True)
    hers = builders.contract(template, mine, title="Hers")
    [made] = rows(browser(mine).post(address("export", hers, *two), POSTS["export"]))
    assert made["Title"] == "Hers"


@pytest.mark.parametrize("action", ["export", "zip"])
def test_taking_along_asks_for_a_fresh_code(keeper, sealed, action):
    client = browser(keeper)
    assert client.get(address(action, sealed.contract)).status_code == 200
    TOTPDevice.objects.create(user=keeper, name="phone", confirmed=True)
    with tables.unchanged():
        for answer in (
            client.get(address(action, sealed.contract)),
            client.post(address(action, sealed.contract), POSTS[action]),
        ):
            assert answer.status_code == 302
            assert answer.url.startswith(reverse("wagtail_contracts_confirm"))


@pytest.fixture
def sealed(template: Any, sender: Any) -> SimpleNamespace:
    """Signed by all and sealed."""
    made = out(template, sender, "Signed one")
    at = stage(made, sender)
    contracts.answer(at.kari, at.version.digest, builders.ANSWERS, by=builders.guest(at.kari))
    at = stage(made, sender)
    signatures.sign_all(at)
    mails.sent()
    return stage(made, sender)


def test_sealed_files_come_with_a_list_that_another_reader_finds_true(keeper, sales, sealed, draft):
    answer = browser(keeper).post(address("zip", sealed.contract, draft))
    found = archives.read(b"".join(answer.streaming_content))
    told = json.loads(found.pop("manifest.json"))
    kept = SealedFile.objects.get(subject=sealed.version.digest)
    assert told["left_out"] == [{"contract": draft.number, "why": "It has no sealed file."}]
    [item] = told["files"]
    assert list(found) == [item["name"]] == [f"{sealed.contract.number}.pdf"]
    assert hashlib.sha256(found[item["name"]]).hexdigest() == item["sha256"] == kept.digest
    assert len(found[item["name"]]) == item["size"] == kept.size
    taken = Event.objects.of(sealed.contract.trail).named(events.DOCUMENT_DOWNLOADED)
    assert [event.data["file"] for event in taken.by(str(keeper.pk))] == [kept.digest]
    [event] = Event.objects.of(sales.trail).named(events.CONTRACTS_EXPORTED)
    assert event.data == {"what": "files", "contracts": [sealed.contract.number]}
