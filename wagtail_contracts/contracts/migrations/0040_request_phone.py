import wagtail_contracts.encryption
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('wagtail_contracts', '0039_help_texts'),
    ]

    operations = [
        migrations.AddField(
            model_name='personrequest',
            name='phone',
            field=wagtail_contracts.encryption.EncryptedTextField(blank=True),
        ),
    ]
