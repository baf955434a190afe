from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wagtail_contracts", "0019_workspace_uuid_unique")]

    operations = [
        migrations.AddField(
            model_name="workspace",
            name="factor_verbs",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text="Whoever has set up none can't do this.",
                verbose_name="second factor",
            ),
        ),
    ]
