"""Who has something to fill in yet in the contracts that were under review before it was kept."""

import json

from django.db import migrations

from wagtail_contracts.contracts.core import summing


def fill(apps, schema_editor):
    rows = apps.get_model("wagtail_contracts", "Listing").objects.filter(
        contract__state__in=("negotiating", "signing")
    )
    for row in rows.select_related("contract__current_version").iterator():
        contract = row.contract
        told = summing.summary(json.loads(contract.current_version.offer), contract.outline)
        row.left = list(told.left)
        row.save(update_fields=["left"])


class Migration(migrations.Migration):
    dependencies = [("wagtail_contracts", "0031_listing_left")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
