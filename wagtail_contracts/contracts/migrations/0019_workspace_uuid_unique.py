"""A workspace's name for its trail is its own."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wagtail_contracts", "0018_workspace_uuids")]

    operations = [
        migrations.AlterField(
            model_name="workspace",
            name="uuid",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
    ]
