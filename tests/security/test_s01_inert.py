"""S-01: looking changes nothing, whoever looks, at whatever, in whatever state."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import tables
from tests.public import stages, visits
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.signing.urls import urlpatterns

pytestmark = pytest.mark.django_db  # its stages are made by name, so no fixture tells

NAMES = [str(pattern.name) for pattern in urlpatterns]
LOOKING = ("get", "head", "options")
OF_NOBODY = (
    "verify",
    "health",
    "mine",
    "help",
    "lost",
    "privacy",
    "report",
    "trust",
    "certificate",
)  # no key of a participant is in these


OFFERED = {
    "return": ("bankid",),
    "self_service": ("kurs",),
    "visit": ("kurs", "A" * 43),
    "self_service_file": ("kurs", "a" * 64),
    "self_service_leaf": ("kurs", "a" * 64, 1),
}  # where nothing is offered or asked here; what is there is looked at in its own tests


def clients(stage: Any) -> Iterator[Client]:
    """Everybody who may come by."""
    yield Client()
    yield visits.enter(stage.kari)
    yield visits.enter(stage.ola)
    staff = Client()
    staff.force_login(stage.sender)
    yield staff


def addresses(stage: Any) -> list[str]:
    """Every named address, with the keys of people of this contract where it takes one."""
    made = [reverse(f"wagtail_contracts:{name}") for name in OF_NOBODY]
    made += [reverse(f"wagtail_contracts:{name}", args=args) for name, args in OFFERED.items()]
    made += [visits.landing(stage.kari), f"{visits.landing(stage.kari)}?to=changes"]
    made.append(f"{visits.landing(stage.kari)}report/")
    for name in NAMES:
        if name not in (*OF_NOBODY, *OFFERED, "landing", "report_link"):
            made += [visits.page(name, who) for who in (stage.kari, stage.ola)]
    for block in visits.current(stage.kari).content["body"]:
        place = [stage.kari.public_id, block["id"]]
        made.append(reverse("wagtail_contracts:suggest", args=place))
    return [*made, f"{visits.page('changes', stage.kari)}?from=1&view=two"]


@pytest.mark.parametrize("name", stages.NAMES)
def test_get_is_inert(name, request):
    stage = stages.build(name, request)
    known, people = addresses(stage), list(clients(stage))
    outbox.beat("host:1")  # the address for monitors is well where a worker is

    with tables.unchanged():
        for client in people:
            for address in known:
                for verb in LOOKING:
                    assert getattr(client, verb)(address).status_code < 500


def test_the_walk_would_notice_a_post(sent):
    client = visits.enter(sent.kari)

    with pytest.raises(AssertionError), tables.unchanged():
        client.post(visits.page("answers", sent.kari), {**visits.TYPED, "do": "save"})


def test_every_address_is_walked(sent):
    walked = " ".join(addresses(sent))

    assert len(NAMES) == 44
    for tail in (
        "changes",
        "answers",
        "sign",
        "code",
        "done",
        "decline",
        "sealed.pdf",
        "files",
        "mine",
        f"mine/{sent.kari.public_id}",
        "verify",
        "trust",
        "seal.pem",
        "health",
        "help",
        "return/bankid",
        "lost",
        "report",
        "state",
        "identify",
        "threads",
        "suggest",
        "people",
        "forward",
        "agree",
        "copy.pdf",
    ):
        assert f"/{tail}" in walked
