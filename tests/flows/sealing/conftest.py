"""A sealed file, and its row in a storage of its own."""

import pytest
from django.db import transaction

from tests import bundles
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.sealing import flows as sealing


@pytest.fixture(scope="module")
def sealed():
    return sealing.seal(bundles.bundle())


@pytest.fixture
def kept(sealed, own_files):
    """A sealed file in a storage of its own."""
    with transaction.atomic():
        subject = bundles.facts()["subject"]
        return sealing.keep(subject, sealed, sealing.store(sealed), by=SYSTEM)
