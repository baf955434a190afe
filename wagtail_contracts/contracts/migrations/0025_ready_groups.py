"""Groups that were made for a role in one workspace."""

import django.db.models.deletion
from django.db import migrations, models

ROLES = [
    ("reader", "Reader"),
    ("author", "Author"),
    ("sender", "Sender"),
    ("approver", "Approver"),
    ("template_editor", "Template editor"),
    ("administrator", "Administrator"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtail_contracts", "0024_search_text"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReadyGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("role", models.CharField(choices=ROLES, max_length=16)),
                (
                    "group",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="auth.group",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtail_contracts.workspace",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "role"), name="wc_ready_group_uniq"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(role__in=[role for role, _label in ROLES]),
                        name="wc_ready_group_role_known",
                    ),
                ],
            },
        ),
    ]
