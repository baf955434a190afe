"""S-53: whatever page an outsider comes to, in whatever state, it leads to the privacy notice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders, consumers, mails, services, signatures
from tests.flows.signing.test_witnessing import out
from tests.public import stages, test_packages, visits
from tests.public.markup import read
from tests.public.test_packages import drafts, package, short  # noqa: F401 - fixtures
from tests.security import test_s25_policy as policy
from wagtail_contracts.contracts import flows as contracts

pytestmark = pytest.mark.django_db
NOTICE = reverse("wagtail_contracts:privacy")
# Files, data, and what is only posted to; and colleagues' own pages, in the site's frame.
NO_PAGES = {
    *("sealed", "receipt", "copy", "file", "leaf", "self_service_file", "self_service_leaf"),
    *("state", "health", "certificate", "package_step", "answers", "back", "mine", "mine_open"),
}

# Shown in other states: in the tests below, and where somebody was named or a suggestion is made.
ELSEWHERE = {"package", "agree", "suggest"}


def leads(answer: Any) -> bool:
    """Whether a page has a link to the notice."""
    assert answer["Content-Type"].startswith("text/html")
    found = [link.get("href", "") for link in read(answer.content).all("a")]
    return any(NOTICE in one or "/privacy/" in one for one in found)


def seen(client: Client, pages: dict[str, str]) -> Iterator[str]:
    """The names of those that show a page; each leads there, as what is refused does."""
    for name, address in pages.items():
        answer = client.get(address)
        if answer.status_code in (301, 302, 303) or name in NO_PAGES:
            continue
        assert leads(answer) or name in ("privacy", "my_privacy"), (name, answer.status_code)
        if answer.status_code == 200:
            yield name


def pages_of(person: Any) -> dict[str, str]:
    """By name, every address of one who takes part, and those that are for everybody."""
    found = {}
    for name in policy.NAMES:
        if name in ("landing", "report_link"):
            found[name] = visits.landing(person) + ("report/" if name == "report_link" else "")
        elif name == "return":
            found[name] = reverse(f"wagtail_contracts:{name}", args=["bankid"])
        elif name in PLAIN:
            found[name] = reverse(f"wagtail_contracts:{name}")
        else:
            found[name] = visits.page(name, person)
    return found


PLAIN = {"verify", "health", "mine", "help", "privacy", "lost", "report", "trust", "certificate"}


def confidential(at: Any) -> Client:
    """Kari has the link and has shown nothing."""
    contracts.keep_close(at.contract, "identify", by=at.owner)
    return visits.enter(at.kari)


def test_every_page_in_every_state_leads_to_the_notice(
    answered: Any, template: Any, sales: Any, sender: Any, monkeypatch: Any
) -> None:
    found: set[str] = set()
    at = answered
    client = visits.enter(at.kari)
    found |= set(seen(client, pages_of(at.kari)))
    visits.agree(client, at.kari)
    found |= set(seen(client, pages_of(at.kari)))
    found |= set(seen(confidential(at), pages_of(at.kari)))

    bought = consumers.out(sender, consumers.template(sales))
    consumers.sign_all(bought)
    mails.sent()
    signatures.asked_for(bought.kari, fetches_by="email_code")
    found |= set(seen(visits.enter(bought.kari), pages_of(bought.kari)))
    witnessed = out(builders.contract(template, sender), sender, witnesses=1)
    present = visits.enter(witnessed.kari)
    visits.sign(present, witnessed.kari)
    found |= set(seen(present, pages_of(witnessed.kari)))
    found |= set(self_service(sales, sender, monkeypatch))

    assert policy_names() - found == NO_PAGES | ELSEWHERE


def policy_names() -> set[str]:
    """All that there are."""
    return {*policy.NAMES, *policy.OFFERED}


def self_service(sales: Any, sender: Any, monkeypatch: Any) -> Iterator[str]:
    """What a visitor comes to before there is a contract."""
    offer = services.offer(services.template(sales), sender)
    services.ask(Client(), offer, monkeypatch)
    yield from seen(Client(), {"self_service": services.address(offer), "visit": services.link()})


def test_so_does_the_list_of_a_package(package: Any) -> None:  # noqa: F811
    first = package.people[0]
    assert [*seen(test_packages.enter(package), {"package": visits.page("package", first)})]


@pytest.mark.parametrize("name", ["declined", "withdrawn", "revised"])
def test_and_what_is_over_or_was_changed(request: Any, name: str) -> None:
    at = stages.build(name, request)
    found = set(seen(visits.enter(at.kari), pages_of(at.kari)))
    assert {"contract", "my_help", "my_privacy"} <= found
