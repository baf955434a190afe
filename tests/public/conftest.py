"""A contract that is signed and sealed, and its file."""

import pytest

from tests.public import stages
from wagtail_contracts.signing import flows as signing


@pytest.fixture
def sealed(request):
    return stages.build("sealed", request)


@pytest.fixture
def content(sealed):
    _file, content = signing.download(sealed.contract, by=sealed.owner)
    return content
