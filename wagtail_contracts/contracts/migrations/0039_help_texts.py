from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wagtail_contracts", "0038_phones")]

    operations = [
        migrations.AlterField(
            model_name="workspacetext",
            name="kind",
            field=models.CharField(
                choices=[
                    ("invitation", "Invitation"),
                    ("reminder", "Reminder"),
                    ("new_version", "New version"),
                    ("signing_opened", "Signing has opened"),
                    ("your_turn", "Your turn to sign"),
                    ("sealed", "Signed by everyone"),
                    ("help_genuine", "Is this genuine?"),
                    ("help_binding", "Is it binding?"),
                    ("help_lost", "I have lost my link"),
                    ("help_wrong", "I am the wrong person"),
                    ("help_stored", "What is stored about me?"),
                ],
                max_length=24,
                verbose_name="mail",
            ),
        ),
    ]
