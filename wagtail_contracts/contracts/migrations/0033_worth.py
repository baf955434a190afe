"""What contracts with amounts among their data fields are worth, which only tables told before."""

import json

from django.db import migrations

from wagtail_contracts.contracts.core import content, resolving, worth
from wagtail_contracts.contracts.core.richtext import Unreadable

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


def fill(apps, schema_editor):
    rows = apps.get_model("wagtail_contracts", "ContractValue").objects
    every = (
        apps.get_model("wagtail_contracts", "Contract")
        .objects.select_related("current_version")
        .order_by("pk")
    )
    for contract in every.iterator():
        if not any(field.get("kind") == "money" for field in contract.fields):
            continue
        try:
            told = worth.told(resolving.published(offer(contract)))
        except UNREADABLE:  # a draft that can't be read yet is told when it is saved
            continue
        rows.filter(contract=contract).delete()
        for currency, amount in told.items():
            rows.create(contract=contract, currency=currency, amount=amount)


class Migration(migrations.Migration):
    dependencies = [("wagtail_contracts", "0032_who_is_left")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
