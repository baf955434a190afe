"""What lists ask of the contracts that there were before they asked it."""

import json

from django.db import migrations
from django.db.models import Max

from wagtail_contracts.contracts.core import content, summing
from wagtail_contracts.contracts.core.richtext import Unreadable

BATCH = 200
QUIET = ("staff.looked", "sensitive.seen")
UNREADABLE = (Unreadable, KeyError, TypeError, ValueError, AttributeError)


def offer(contract):
    """All that it offers: by its newest version, or by the draft as it stands."""
    if contract.current_version_id:
        return json.loads(contract.current_version.offer)
    names = ("title", "language", "second_language", "governing", "salt")
    return content.whole(
        **{name: getattr(contract, name) for name in names},
        **{name: getattr(contract, name) for name in ("roles", "fields", "values", "body")},
        template=contract.template_digest,
        parties=[],
    )


def moved(events, contracts):
    """When something last happened with each, by the key of its own trail and of the shared one."""
    keys = [key for contract in contracts for key in trails(contract)]
    found = events.filter(trail__key__in=keys).exclude(name__in=QUIET)
    return dict(found.values_list("trail__key").annotate(last=Max("at")))


def trails(contract):
    return [contract.uuid.hex, f"{contract.uuid.hex}-own"]


def told(contract):
    """What a draft that can't be read yet comes to, is told when it is saved."""
    try:
        return summing.summary(offer(contract), contract.outline)
    except UNREADABLE:
        return summing.Summary({}, deviates=False, asked=0, answered=0)


def fill(apps, schema_editor):
    get = lambda name: apps.get_model("wagtail_contracts", name).objects
    events = apps.get_model("wagtail_contracts_audit", "Event").objects
    every = get("Contract").filter(listing=None).order_by("pk")
    for first in iter(lambda: list(every.select_related("current_version")[:BATCH]), []):
        last = moved(events, first)
        for contract in first:
            made = told(contract)
            times = [last[key] for key in trails(contract) if key in last]
            get("Listing").create(
                contract=contract,
                active_at=max(times, default=contract.made_at),
                deviates=made.deviates,
                asked=made.asked,
                answered=made.answered,
            )
            for currency, amount in made.worth.items():
                get("ContractValue").create(contract=contract, currency=currency, amount=amount)


class Migration(migrations.Migration):
    dependencies = [
        ("wagtail_contracts", "0027_link_ends"),
        ("wagtail_contracts_audit", "0001_initial"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
