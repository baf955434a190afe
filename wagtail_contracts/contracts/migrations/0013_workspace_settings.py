"""The settings of a workspace: its look, its defaults, its own texts of mails."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wagtail_contracts", "0012_party_address")]

    operations = [
        migrations.CreateModel(
            name="WorkspaceText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="wagtail_contracts.workspace",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("invitation", "Invitation"),
                            ("reminder", "Reminder"),
                            ("new_version", "New version"),
                            ("signing_opened", "Signing has opened"),
                            ("your_turn", "Your turn to sign"),
                            ("sealed", "Signed by everyone"),
                        ],
                        max_length=24,
                        verbose_name="mail",
                    ),
                ),
                ("language", models.CharField(max_length=10, verbose_name="language")),
                ("subject", models.CharField(max_length=160, verbose_name="subject")),
                ("body", models.TextField(max_length=4000, verbose_name="text")),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "kind", "language"), name="wc_text_once_uniq"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="workspace",
            name="accent",
            field=models.CharField(
                blank=True,
                help_text="Of buttons and links, for example #0a5752. Pages at once, mails and files from the next one on. Left empty: ours.",
                max_length=7,
                verbose_name="colour",
            ),
        ),
        migrations.AddField(
            model_name="workspace",
            name="logo",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="wagtail_contracts.storedfile",
                verbose_name="logo",
            ),
        ),
        migrations.AddField(
            model_name="workspace",
            name="number_digits",
            field=models.PositiveSmallIntegerField(
                default=1,
                help_text="With 4, the first number is 0001. New contracts only.",
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(8),
                ],
                verbose_name="least digits",
            ),
        ),
        migrations.AddField(
            model_name="workspace",
            name="number_prefix",
            field=models.CharField(
                default="{code}-{year}-",
                help_text="{code} and {year} stand for the workspace's code and the year; with {year}, counting begins anew each year. New contracts only.",
                max_length=28,
                verbose_name="beginning of the number",
            ),
        ),
        migrations.AddField(
            model_name="workspace",
            name="remind_before_days",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Who has still to answer is reminded once. All contracts that are out.",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(365),
                ],
                verbose_name="days before the deadline",
            ),
        ),
        migrations.AddField(
            model_name="workspace",
            name="remind_every_days",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Who has still to answer is reminded that often. All contracts that are out.",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(365),
                ],
                verbose_name="days between reminders",
            ),
        ),
        migrations.AddField(
            model_name="workspace",
            name="remind_unopened_days",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Who has not opened the contract after so many days is reminded once. All that are out.",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(365),
                ],
                verbose_name="days without opening",
            ),
        ),
        migrations.AddField(
            model_name="workspace",
            name="retention_months",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Counted from the end of a contract. Shown with it; nothing is deleted by itself.",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(1200),
                ],
                verbose_name="months that contracts are kept",
            ),
        ),
        migrations.AddField(
            model_name="workspace",
            name="sender_name",
            field=models.CharField(
                blank=True,
                help_text="Stands behind the person's name in the sender of mails. New mails only. Left empty: the legal name.",
                max_length=80,
                verbose_name="sender name",
            ),
        ),
        migrations.AddField(
            model_name="workspace",
            name="signing_order",
            field=models.CharField(
                choices=[("together", "All at the same time"), ("in_turn", "One after another")],
                default="in_turn",
                help_text="Suggested when the people are named. New contracts only.",
                max_length=16,
                verbose_name="order of signing",
            ),
        ),
        migrations.AddField(
            model_name="workspace",
            name="training",
            field=models.BooleanField(
                default=False,
                help_text="Every page, mail and file is marked as a test, sealed with a test identity, and counted nowhere. Can't be changed once the workspace has a contract.",
                verbose_name="for training",
            ),
        ),
        migrations.AlterField(
            model_name="workspace",
            name="deadline_days",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Suggested when a contract is sent. Contracts that are sent from now on.",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(365),
                ],
                verbose_name="days to answer",
            ),
        ),
        migrations.AlterField(
            model_name="workspace",
            name="language",
            field=models.CharField(
                default="en",
                help_text="Of new contracts, where the template doesn't say. New contracts only.",
                max_length=10,
                verbose_name="language",
            ),
        ),
        migrations.AlterField(
            model_name="workspace",
            name="letterhead",
            field=models.TextField(
                blank=True,
                help_text="Printed at the top of the first page, for example name, address and web address. At most six lines. Files that are sealed from now on.",
                max_length=600,
                verbose_name="letterhead",
            ),
        ),
        migrations.AlterField(
            model_name="workspace",
            name="timezone",
            field=models.CharField(
                default="UTC",
                help_text="Deadlines end at midnight there. All contracts, at once.",
                max_length=40,
                verbose_name="time zone",
            ),
        ),
    ]
