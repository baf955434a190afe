"""A storage of files that does not answer is one thing that is found, however many name them."""

from unittest.mock import patch

import pytest

from tests import builders
from tests.flows.contracts.test_exhibits import filed, sent_files, videos  # noqa: F401
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.flows import filing
from wagtail_contracts.contracts.models import Contract, StoredFile
from wagtail_contracts.sealing.errors import StorageFailed
from wagtail_contracts.signing.flows import examining
from wagtail_contracts.signing.flows.examining.running import walks
from wagtail_contracts.signing.models import Alarm

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(filed, sent_files):  # noqa: F811
    """Two contracts that name the same files."""
    other = builders.contract(filed.page, filed.sender, values={})
    by = builders.actor(filed.sender)
    contracts.send(other, builders.shown(other), into="signing", by=by)
    assert Contract.objects.count() == 2
    return sent_files.contract, other


def away(*names):
    """No file answers, or those of these names."""

    def stored(file):
        if not names or file.name in names:
            raise StorageFailed("the storage is away")
        return b""

    return patch.object(filing, "_stored", stored)


def look(slices=4):
    [walk] = (walk for walk in walks() if walk.kind == "contracts")
    for _slice in range(slices):
        walk.go_on(60)


def found():
    rows = Alarm.objects.exclude(code="triggers").order_by("pk")
    return list(rows.values_list("code", "about"))


def test_a_storage_that_is_away_rings_once_and_is_no_damage(two, section):
    with away():
        look()
    assert found() == [("exhibit_unread", "")]
    assert examining.gravest() == examining.found.LIGHTER

    section("SIGNING", EXAMINE_HOURS=0)
    look()
    assert not Alarm.objects.there().exists()


def test_a_file_that_alone_can_not_be_read_rings_by_each_contract(two):
    with away("plan.pdf"):
        look()
    assert StoredFile.objects.exclude(name="plan.pdf").exists()
    assert found() == [("exhibit_unread", contract.trail) for contract in two]
