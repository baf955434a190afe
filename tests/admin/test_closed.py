"""A contract that has ended is read, not edited: each view of the editor refuses."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tests import builders, signatures
from tests.admin import posts
from tests.admin.conftest import kept
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract

JSON = {"accept": "application/json"}


def end(stage: SimpleNamespace, how: str) -> Contract:
    if how == "signed":
        signatures.sign_all(stage)
    elif how == "declined":
        signatures.decline(stage.kari)
    else:
        contracts.withdraw(stage.contract, "Changed our mind", by=stage.owner)
    return Contract.objects.get(pk=stage.contract.pk)


@pytest.mark.parametrize("how", ["signed", "declined", "withdrawn"])
def test_no_view_of_the_editor_writes(admin, answered, how):
    open_one = Contract.objects.get(pk=answered.contract.pk)
    post, url = posts.edit(open_one, title="Hosting 2028"), posts.address("edit", open_one.pk)
    assert admin.post(url, posts.edit(open_one)).status_code == 302
    contract = end(answered, how)
    before = kept(contract)
    assert "This contract is closed" in admin.get(url).content.decode()
    admin.post(url, post)
    assert admin.post(url, post, headers=JSON).json()["success"] is False
    revert = posts.address("revisions_revert", contract.pk, contract.latest_revision_id)
    admin.post(revert, post)
    admin.post(posts.address("delete", contract.pk))
    admin.post(posts.address("lock", contract.pk))
    assert kept(contract) == before


def test_two_revisions_of_a_draft_are_compared(admin, draft):
    honest = posts.entries(draft)
    honest[4] |= {"value-text": posts.draftail("<p>It is free.</p>")}
    admin.post(posts.address("edit", draft.pk), posts.edit(draft, honest, title="Hosting 2028"))
    url = posts.address("revisions_compare", draft.pk, "earliest", "latest")
    page: Any = admin.get(url)
    assert page.status_code == 200
    assert "free" in page.content.decode()


def test_a_colleague_s_lock_keeps_others_out(admin, client, draft, sales):
    assert admin.post(posts.address("lock", draft.pk)).status_code == 302
    per = builders.staff("per", sales)
    client.force_login(per)
    before = kept(draft)
    client.post(posts.address("edit", draft.pk), posts.edit(draft, title="Hosting 2028"))
    assert kept(draft) == before
