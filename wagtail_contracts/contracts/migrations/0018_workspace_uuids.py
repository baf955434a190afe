"""Each workspace that there is gets a name of its own."""

import uuid

from django.db import migrations


def name_each(apps, schema_editor):
    workspaces = apps.get_model("wagtail_contracts", "Workspace").objects
    for pk in workspaces.values_list("pk", flat=True):
        workspaces.filter(pk=pk).update(uuid=uuid.uuid4())


class Migration(migrations.Migration):
    dependencies = [("wagtail_contracts", "0017_rights")]

    operations = [migrations.RunPython(name_each, migrations.RunPython.noop)]
