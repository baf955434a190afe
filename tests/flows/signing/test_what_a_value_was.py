"""The commands of the page on verifying by hand that show what a value was, run as they stand."""

import json
import subprocess

import pytest
from django.db import transaction

from tests.wheel import ROOT
from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.models import Disclosure

pytestmark = pytest.mark.django_db
PAGE = ROOT / "docs" / "how-to" / "verify-by-hand.md"
SALT, VALUE = 'bytes.fromhex("…")', '"kari@example.com"'


def said(salt, value):
    """What the page's commands print, once salt and value are filled in."""
    chapter = PAGE.read_text().partition("## What a value was\n")[2]
    commands = chapter.split("```sh\n")[1].partition("```")[0]
    assert commands.count(SALT) == commands.count(VALUE) == 1
    filled = commands.replace("…", salt).replace(VALUE, json.dumps(value, ensure_ascii=False))
    done = subprocess.run(  # noqa: S603
        ["/bin/sh", "-e", "-c", filled],
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@pytest.mark.parametrize("name", ["Kari Nordmann", 'Åse «Ø.» 山田 \\ "x"'])
def test_whoever_has_value_and_salt_finds_the_commitment_in_the_record(name):
    by = Actor("participant", "n9P6zhDIil31tGv6y82zxA", name, "127.0.0.1")
    with transaction.atomic():
        data = {"version": 3, "digest": "0" * 64}
        event = audit.record("0" * 32, events.CONTRACT_VIEWED, data, by=by)
    committed = [one["c"] for one in json.loads(event.record)["commitments"]]
    kept = {row.value: row for row in Disclosure.objects.filter(commitment__in=committed)}
    assert name in kept

    assert said(kept[name].salt, name) == kept[name].commitment
    assert said(kept[name].salt, f"{name}.") not in committed
    assert said("00" * 32, name) not in committed
