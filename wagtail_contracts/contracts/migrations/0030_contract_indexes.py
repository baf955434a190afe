from django.db import migrations, models

SEEN = {
    "wc_contract_workspace_idx": ["workspace", "state", "owner"],
    "wc_contract_owner_idx": ["owner", "state", "workspace"],
    "wc_contract_deadline_idx": ["state", "deadline", "workspace", "owner"],
}


class Migration(migrations.Migration):
    dependencies = [("wagtail_contracts", "0029_contract_asked")]

    operations = [
        *(migrations.RemoveIndex(model_name="contract", name=name) for name in SEEN),
        *(
            migrations.AddIndex(
                model_name="contract", index=models.Index(fields=fields, name=name)
            )
            for name, fields in SEEN.items()
        ),
        migrations.AddIndex(
            model_name="contract",
            index=models.Index(
                fields=["template", "workspace", "owner"], name="wc_contract_template_idx"
            ),
        ),
    ]
