"""The contracts of the benchmarks are like those that flows write, row by row."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.admin import posts
from tests.bench.desk import pages
from tests.bench.many.making import Maker
from tests.bench.many.patterns import pattern
from tests.bench.many.shape import shape
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin.lists.filters import VIEWS
from wagtail_contracts.contracts.flows.composing import digest_of
from wagtail_contracts.contracts.models import Contract, ContractVersion, SearchText
from wagtail_contracts.sealing.models import SealedFile


def test_a_copy_has_the_shape_of_the_contract_that_flows_wrote(db, client):
    maker = Maker()
    kinds = len(maker.patterns)
    made = [maker.add(1)[0] for _ in range(kinds)]
    for copy in made:
        [row] = copy.made[Contract]
        contract = Contract.objects.get(pk=row["id"])
        assert shape(pattern(contract)) == shape(copy.pattern), contract.state
        for key in (contract.trail, contract.own_trail):
            assert audit.verify(key, deep=True).length > 0
        for version in ContractVersion.objects.filter(contract=contract):
            assert digest_of(version.content) == version.content_digest
        client.force_login(contract.owner)
        page = client.get(posts.address("inspect", contract.pk))
        assert page.context["proof"]["broken"] == ""
    assert len(made) == 10
    assert SealedFile.objects.count() == 2
    for copy in made:
        [kept], [old] = copy.made[SearchText], copy.pattern[SearchText]
        row = SearchText.objects.get(pk=kept["contract_id"])
        contracts.index(row.contract)
        row.refresh_from_db()
        assert row.names.split() == kept["names"].split()
        # What the pattern is called by may stand in its text, too.
        assert set(row.words.split()) ^ set(kept["words"].split()) <= set(old["names"].split())


def test_pages_ask_as_often_about_200_contracts_as_about_20(db, client):
    """Each view and filter, overview, home, search and approvals; with 200 the pages are full."""
    maker = Maker()
    maker.sender.is_superuser = True
    maker.sender.save()
    client.force_login(maker.sender)

    def queries() -> dict[str, int]:
        found, made = {}, pages(client, maker.sender)
        for warm in ("list", "home"):  # what a process asks for once
            made[warm]()
        for name, get in made.items():
            with CaptureQueriesContext(connection) as asked:
                get()
            found[name] = len(asked)
        return found

    maker.until(20)
    few = queries()
    maker.until(200)
    assert len(few) == 17 + len(VIEWS)
    assert queries() == few
