from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wagtail_contracts", "0028_listings")]

    operations = [
        migrations.AddIndex(
            model_name="contract",
            index=models.Index(
                condition=models.Q(("approval__isnull", False)),
                fields=["state"],
                name="wc_contract_asked_idx",
            ),
        ),
    ]
