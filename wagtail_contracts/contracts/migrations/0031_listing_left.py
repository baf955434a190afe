from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wagtail_contracts", "0030_contract_indexes")]

    operations = [
        migrations.AddField(
            model_name="listing", name="left", field=models.JSONField(default=list)
        ),
    ]
