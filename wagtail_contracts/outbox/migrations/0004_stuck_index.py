from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wagtail_contracts_outbox", "0003_open_index")]

    operations = [
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("attempts__gt", 0), ("done_at", None)),
                fields=["topic"],
                name="wc_message_stuck_idx",
            ),
        ),
    ]
