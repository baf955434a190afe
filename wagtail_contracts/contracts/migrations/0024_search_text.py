"""The words by which contracts are found; those of earlier contracts are made after migrate."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wagtail_contracts", "0023_approvals")]

    operations = [
        migrations.CreateModel(
            name="SearchText",
            fields=[
                (
                    "contract",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_text",
                        serialize=False,
                        to="wagtail_contracts.contract",
                    ),
                ),
                ("names", models.TextField()),
                ("words", models.TextField()),
            ],
        ),
    ]
