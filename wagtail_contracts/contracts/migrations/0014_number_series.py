"""Numbers of contracts are counted by what they begin with."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wagtail_contracts", "0013_workspace_settings")]

    operations = [
        migrations.CreateModel(
            name="NumberSeries",
            fields=[
                ("stem", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={"default_permissions": ()},
        )
    ]
