"""The second language of a template, and which of the two governs."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wagtail_contracts_template_pages", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="contracttemplate",
            name="governing",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Both texts are equally valid"),
                    ("first", "The first language"),
                    ("second", "The second language"),
                ],
                default="",
                help_text="Said at the beginning of contracts in two languages.",
                max_length=8,
                verbose_name="which language governs",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="contracttemplate",
            name="second_language",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Of clauses in two languages. Left empty: there is one language.",
                max_length=10,
                verbose_name="second language",
            ),
            preserve_default=False,
        ),
    ]
