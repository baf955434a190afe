from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wagtail_contracts", "0034_threads")]

    operations = [
        migrations.AddField(
            model_name="contract",
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
                editable=False,
                max_length=16,
                verbose_name="confidential",
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(("confidential__in", ("", "marked", "identify"))),
                name="wc_contract_confidential_known",
            ),
        ),
    ]
