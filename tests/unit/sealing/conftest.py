"""Files to judge: rendered once, sealed once at each level."""

from collections.abc import Callable
from datetime import timedelta
from functools import cache

import pytest

from tests import bundles
from tests.unit.sealing.levels import Sealer
from tests.unit.sealing.pki import NOW, Lab
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.core.judging.judge import Trust, judge
from wagtail_contracts.sealing.core.reports import Report

AT = NOW + timedelta(minutes=10)


@pytest.fixture(scope="session")
def lab() -> Lab:
    return Lab()


@pytest.fixture(scope="session")
def render() -> Callable[..., bytes]:
    """An archival PDF of so many pages: `render(10)`."""
    return cache(lambda pages=1: sealing.render(bundles.bundle(pages)))


@pytest.fixture(scope="session")
def sealed(lab: Lab, render: Callable[..., bytes]) -> Callable[..., bytes]:
    """That file, sealed: `sealed("B-LTA", 10)`."""
    return cache(lambda level="B-B", pages=1: Sealer(lab, level).seal(render(pages)))


@pytest.fixture(scope="session")
def trust(lab: Lab) -> Trust:
    return Trust((lab.root.der,), (lab.root.der,))


@pytest.fixture(scope="session")
def judged(trust: Trust) -> Callable[..., Report]:
    """The report on a file, as of a few minutes from now."""
    return lambda data, at=AT, digest=None: judge(data, trust, at, digest)


@pytest.fixture(scope="session")
def verdict(judged: Callable[..., Report]) -> Callable[..., str]:
    """One word about a file."""
    return lambda data, at=AT: str(judged(data, at).verdict)
