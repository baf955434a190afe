"""The selftest of an installation, on the agreements that `make texts` is given."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.reliability.installation import Installation, installed
from tests.texts import agreements

TITLE = "# "


@pytest.fixture(scope="module")
def site(
    django_db_setup: None, django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    """A site with its worker."""
    home = tmp_path_factory.mktemp("installed")
    with django_db_blocker.unblock(), installed(home) as made:  # type: ignore[attr-defined]
        made.watch()
        yield made


def title(agreement: agreements.Agreement) -> str:
    """The first heading of level 1."""
    lines = [line for path in agreement for line in path.read_text(encoding="utf-8").splitlines()]
    return next(line for line in lines if line.startswith(TITLE)).removeprefix(TITLE).strip()


@pytest.mark.django_db
def test_each_given_agreement_goes_its_whole_way_and_leaves_nothing(site):
    given = agreements.given()
    before = site.dump()

    for agreement in given:
        paths = [str(path.resolve()) for path in agreement]
        status, said = site.selftest("--from", *paths, "--json")
        assert status == 0, said
        told = {step["name"]: step["told"] for step in json.loads(said)["steps"]}
        assert f"“{title(agreement)}”" in told["template"]
        assert told["verify"].startswith("intact")

    assert site.dump() == before
    assert given
