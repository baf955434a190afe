"""The counters of workspaces, which number series replace."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("wagtail_contracts", "0015_counted_on")]

    operations = [migrations.DeleteModel("Counter")]
