import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('wagtail_contracts', '0021_notifications'),
    ]

    operations = [
        migrations.CreateModel(
            name='ContractTag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
        ),
        migrations.CreateModel(
            name='ContractValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('currency', models.CharField(max_length=3, verbose_name='currency')),
                ('amount', models.DecimalField(decimal_places=4, max_digits=24, verbose_name='value')),
            ],
        ),
        migrations.CreateModel(
            name='Favourite',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
        ),
        migrations.CreateModel(
            name='Folder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
            ],
            options={
                'verbose_name': 'folder',
                'verbose_name_plural': 'folders',
                'ordering': ['name'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Listing',
            fields=[
                ('contract', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='listing', serialize=False, to='wagtail_contracts.contract')),
                ('active_at', models.DateTimeField(verbose_name='last activity')),
                ('deviates', models.BooleanField(default=False, verbose_name='deviates from the template')),
                ('asked', models.PositiveSmallIntegerField(default=0)),
                ('answered', models.PositiveSmallIntegerField(default=0)),
                ('archived_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Opened',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('query', models.TextField()),
            ],
            options={
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Tag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
            ],
            options={
                'verbose_name': 'tag',
                'verbose_name_plural': 'tags',
                'ordering': ['name'],
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='contract',
            index=models.Index(fields=['workspace', 'state'], name='wc_contract_workspace_idx'),
        ),
        migrations.AddIndex(
            model_name='contract',
            index=models.Index(fields=['owner', 'state'], name='wc_contract_owner_idx'),
        ),
        migrations.AddIndex(
            model_name='contract',
            index=models.Index(fields=['state', 'deadline'], name='wc_contract_deadline_idx'),
        ),
        migrations.AddField(
            model_name='contracttag',
            name='contract',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tagged', to='wagtail_contracts.contract'),
        ),
        migrations.AddField(
            model_name='contractvalue',
            name='contract',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='worth', to='wagtail_contracts.contract'),
        ),
        migrations.AddField(
            model_name='favourite',
            name='contract',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='favourites', to='wagtail_contracts.contract'),
        ),
        migrations.AddField(
            model_name='favourite',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='folder',
            name='workspace',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtail_contracts.workspace'),
        ),
        migrations.AddField(
            model_name='listing',
            name='folder',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtail_contracts.folder'),
        ),
        migrations.AddField(
            model_name='opened',
            name='contract',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtail_contracts.contract'),
        ),
        migrations.AddField(
            model_name='opened',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='savedview',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='savedview',
            name='workspace',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtail_contracts.workspace'),
        ),
        migrations.AddField(
            model_name='tag',
            name='workspace',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtail_contracts.workspace'),
        ),
        migrations.AddField(
            model_name='contracttag',
            name='tag',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtail_contracts.tag'),
        ),
        migrations.AddIndex(
            model_name='contractvalue',
            index=models.Index(fields=['currency', 'amount'], name='wc_value_amount_idx'),
        ),
        migrations.AddConstraint(
            model_name='contractvalue',
            constraint=models.UniqueConstraint(fields=('contract', 'currency'), name='wc_value_once_uniq'),
        ),
        migrations.AddConstraint(
            model_name='favourite',
            constraint=models.UniqueConstraint(fields=('user', 'contract'), name='wc_favourite_uniq'),
        ),
        migrations.AddConstraint(
            model_name='folder',
            constraint=models.UniqueConstraint(models.F('workspace'), django.db.models.functions.text.Lower('name'), name='wc_folder_name_uniq'),
        ),
        migrations.AddIndex(
            model_name='listing',
            index=models.Index(fields=['-active_at'], name='wc_listing_active_idx'),
        ),
        migrations.AddIndex(
            model_name='listing',
            index=models.Index(fields=['archived_at'], name='wc_listing_archived_idx'),
        ),
        migrations.AddIndex(
            model_name='opened',
            index=models.Index(fields=['user', '-at'], name='wc_opened_last_idx'),
        ),
        migrations.AddConstraint(
            model_name='opened',
            constraint=models.UniqueConstraint(fields=('user', 'contract'), name='wc_opened_uniq'),
        ),
        migrations.AddConstraint(
            model_name='tag',
            constraint=models.UniqueConstraint(models.F('workspace'), django.db.models.functions.text.Lower('name'), name='wc_tag_name_uniq'),
        ),
        migrations.AddConstraint(
            model_name='contracttag',
            constraint=models.UniqueConstraint(fields=('contract', 'tag'), name='wc_contract_tag_uniq'),
        ),
    ]
