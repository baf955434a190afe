"""The second language of a contract, and which of the two governs."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wagtail_contracts", "0007_field_sets")]

    operations = [
        migrations.AddField(
            model_name="contract",
            name=name,
            field=models.CharField(blank=True, default="", editable=False, max_length=10),
            preserve_default=False,
        )
        for name in ("second_language", "governing")
    ]
