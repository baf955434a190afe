"""The settings in the how-tos of BankID, ID-porten and Feide set up a means as they stand there."""

import re
from textwrap import dedent
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.utils.module_loading import import_string

from tests.house.laws import HOUSE
from wagtail_contracts.signing.conf import KEY, signing
from wagtail_contracts.signing.core import levels
from wagtail_contracts.signing.core.shown import AWAY, Shown

HOW_TO = HOUSE.parent / "docs" / "how-to"
PYTHON = re.compile(r"```python\n(.+?)```", re.DOTALL)
# What a signature is worth after each at most, by its how-to.
PAGES = {"bankid": "advanced", "id-porten": "advanced", "feide": "simple"}


class Given(dict[str, str]):
    """Secrets of a site: whichever is asked for."""

    def __missing__(self, name: str) -> str:
        return "s" * 40


@pytest.fixture(scope="module")
def pem():
    key = rsa.generate_private_key(65537, 2048)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def section(name, pem):
    """What the page puts into SIGNING."""
    [written] = PYTHON.findall((HOW_TO / f"identify-with-{name}.md").read_text())
    key = SimpleNamespace(read_text=lambda: pem)
    known = {"os": SimpleNamespace(environ=Given()), "Path": lambda path: key}
    if "WAGTAIL_CONTRACTS =" in written:
        exec(dedent(written), known)  # noqa: S102 - our own documentation
        return known["WAGTAIL_CONTRACTS"]["SIGNING"]
    return eval("{" + written + "}", known)  # noqa: S307 - our own documentation


@pytest.mark.parametrize("page", PAGES)
def test_what_stands_there_is_complete_and_comes_back_to_the_address_that_is_registered(
    page, pem, settings
):
    said = section(page, pem)
    [(key, entry)] = said["METHODS"].items()
    means = import_string(entry["BACKEND"])(key, **entry["OPTIONS"])

    assert re.fullmatch(KEY, key)
    assert means.faults() == []
    assert f"/c/return/{key}/`" in (HOW_TO / f"identify-with-{page}.md").read_text()
    assert means.options.limits.schemes == ("https",)
    ours = settings.WAGTAIL_CONTRACTS
    settings.WAGTAIL_CONTRACTS = {**ours, "SIGNING": {**ours.get("SIGNING", {}), **said}}
    shown = Shown(method=key, kind=AWAY, acr=entry["OPTIONS"]["acr"][0], answer="token")
    assert levels.level(shown, signing().levels) == PAGES[page]


def test_half_of_a_how_to_is_found(pem):
    [(key, entry)] = section("feide", pem)["METHODS"].items()
    half = {name: said for name, said in entry["OPTIONS"].items() if name != "acr"}
    assert import_string(entry["BACKEND"])(key, **half).faults()


def test_each_names_its_sources():
    for page in PAGES:
        told = (HOW_TO / f"identify-with-{page}.md").read_text().partition("## Sources")[2]
        assert told.count("](https://") >= 3, page
        assert "was not asked" in told, page
