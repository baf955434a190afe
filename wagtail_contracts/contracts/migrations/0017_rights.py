"""The rights of the desk, on one's own contracts or on all; a name for a workspace's trail."""

import uuid

from django.db import migrations, models

VERBS = [
    ("view", "View"),
    ("create", "Create"),
    ("edit", "Edit"),
    ("send", "Send"),
    ("administer", "Administer"),
    ("sensitive", "See sensitive data"),
    ("unlock", "Unlock blocks"),
    ("approve", "Approve"),
    ("templates", "Manage templates"),
    ("insights", "See insights"),
    ("export", "Export"),
    ("move", "Move to another workspace"),
]


class Migration(migrations.Migration):
    dependencies = [("wagtail_contracts", "0016_counters_gone")]

    operations = [
        migrations.RemoveConstraint(
            model_name="groupworkspacepermission", name="wc_permission_verb_known"
        ),
        migrations.AlterField(
            model_name="groupworkspacepermission",
            name="verb",
            field=models.CharField(choices=VERBS, max_length=16, verbose_name="permission"),
        ),
        migrations.AddConstraint(
            model_name="groupworkspacepermission",
            constraint=models.CheckConstraint(
                condition=models.Q(verb__in=[verb for verb, _label in VERBS]),
                name="wc_permission_verb_known",
            ),
        ),
        migrations.AddField(
            model_name="groupworkspacepermission",
            name="own",
            field=models.BooleanField(default=False, verbose_name="only contracts one owns"),
        ),
        migrations.AddConstraint(
            model_name="groupworkspacepermission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("own", True), ("verb__in", ["administer", "create", "templates"]), _negated=True
                ),
                name="wc_permission_own_known",
            ),
        ),
        # Unique from 0019 on, when each has its own.
        migrations.AddField(
            model_name="workspace",
            name="uuid",
            field=models.UUIDField(default=uuid.uuid4, editable=False, null=True),
        ),
    ]
