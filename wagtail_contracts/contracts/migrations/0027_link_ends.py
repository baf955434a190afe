import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('wagtail_contracts', '0026_planned'),
    ]

    operations = [
        migrations.CreateModel(
            name='LinkEnd',
            fields=[
                ('link', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='end', serialize=False, to='wagtail_contracts.contractlink')),
                ('ended_at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='contractlink',
            name='wc_link_kind_known',
        ),
        migrations.AlterField(
            model_name='contractlink',
            name='kind',
            field=models.CharField(choices=[('duplicate_of', 'Duplicate of'), ('amends', 'Amends'), ('renews', 'Renews'), ('replaces', 'Replaces'), ('under', 'Under frame agreement')], max_length=16),
        ),
        migrations.AddConstraint(
            model_name='contractlink',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['duplicate_of', 'amends', 'renews', 'replaces', 'under'])), name='wc_link_kind_known'),
        ),
    ]
