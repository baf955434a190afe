"""A right to unlock blocks."""

from django.db import migrations, models

VERBS = [
    ("view", "View"),
    ("create", "Create"),
    ("edit", "Edit"),
    ("send", "Send"),
    ("administer", "Administer"),
    ("sensitive", "See sensitive data"),
    ("unlock", "Unlock blocks"),
]


class Migration(migrations.Migration):
    dependencies = [("wagtail_contracts", "0005_sensitive_data")]

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
    ]
