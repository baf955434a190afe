from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wagtail_contracts", "0011_answer_files")]

    operations = [
        migrations.AddField(
            model_name="party",
            name="address",
            field=models.JSONField(blank=True, null=True, verbose_name="postal address"),
        )
    ]
