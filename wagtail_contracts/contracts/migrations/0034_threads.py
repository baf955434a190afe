import django.db.models.deletion
import wagtail_contracts.contracts.models.contracts
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("wagtail_contracts", "0033_worth"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Thread",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.CharField(
                        default=wagtail_contracts.contracts.models.contracts.public_id,
                        editable=False,
                        max_length=22,
                        unique=True,
                    ),
                ),
                ("block", models.CharField(blank=True, max_length=63)),
                ("quote", models.CharField(blank=True, max_length=300)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("comment", "Comment"),
                            ("question", "Question"),
                            ("more_time", "Asks for more time"),
                            ("suggestion", "Suggestion"),
                        ],
                        default="comment",
                        max_length=16,
                    ),
                ),
                ("wished_on", models.DateField(null=True)),
                ("begun_at", models.DateTimeField(auto_now_add=True)),
                ("resolved_at", models.DateTimeField(null=True)),
                ("resolved_by", models.CharField(blank=True, max_length=120)),
                (
                    "contract",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtail_contracts.contract",
                    ),
                ),
                (
                    "side",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtail_contracts.party",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtail_contracts.contractversion",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.CharField(
                        default=wagtail_contracts.contracts.models.contracts.public_id,
                        editable=False,
                        max_length=22,
                        unique=True,
                    ),
                ),
                ("text", models.TextField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "mentioned",
                    models.ManyToManyField(related_name="+", to="wagtail_contracts.participant"),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtail_contracts.participant",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="wagtail_contracts.thread",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.AddIndex(
            model_name="thread",
            index=models.Index(fields=["contract", "side"], name="wc_thread_contract_idx"),
        ),
        migrations.AddConstraint(
            model_name="thread",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["comment", "question", "more_time", "suggestion"])
                ),
                name="wc_thread_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="thread",
            constraint=models.CheckConstraint(
                condition=models.Q(("wished_on", None), ("kind", "more_time"), _connector="OR"),
                name="wc_thread_wish_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="thread",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("block", ""), _negated=True), ("quote", ""), _connector="OR"
                ),
                name="wc_thread_quote_has_block",
            ),
        ),
        migrations.AddConstraint(
            model_name="thread",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("resolved_at", None), ("resolved_by", "")),
                    models.Q(
                        ("resolved_at__isnull", False), models.Q(("resolved_by", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="wc_thread_resolver_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("participant__isnull", False), ("user", None)),
                    models.Q(("participant", None), ("user__isnull", False)),
                    _connector="OR",
                ),
                name="wc_comment_one_author",
            ),
        ),
    ]
