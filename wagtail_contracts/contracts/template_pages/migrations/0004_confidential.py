from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wagtail_contracts_template_pages", "0003_deadline_days")]

    operations = [
        migrations.AddField(
            model_name="contracttemplate",
            name="confidential",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Not confidential: the personal link is enough"),
                    (
                        "marked",
                        "Confidential: identify before reading; a copy bears its reader's name",
                    ),
                    (
                        "identify",
                        "Confidential: identify before reading; no copy before all have signed",
                    ),
                ],
                help_text="Can be changed in each contract before it is sent.",
                max_length=16,
                verbose_name="confidential offer",
            ),
        ),
    ]
