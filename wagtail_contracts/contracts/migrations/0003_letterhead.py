"""The letterhead of a workspace."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wagtail_contracts", "0002_files")]

    operations = [
        migrations.AddField(
            model_name="workspace",
            name="letterhead",
            field=models.TextField(
                blank=True,
                default="",
                help_text=(
                    "Printed at the top of the first page, for example name, address and web "
                    "address. At most six lines."
                ),
                max_length=600,
                verbose_name="letterhead",
            ),
            preserve_default=False,
        )
    ]
