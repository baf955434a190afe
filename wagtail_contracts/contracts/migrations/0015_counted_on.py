"""Count on where each workspace's counter stands, this year."""

from django.db import migrations
from django.utils import timezone


def count_on(apps, schema_editor):
    counters = apps.get_model("wagtail_contracts", "Counter")
    series = apps.get_model("wagtail_contracts", "NumberSeries")
    for counter in counters.objects.select_related("workspace"):
        stem = f"{counter.workspace.code}-{timezone.now().year}-"
        series.objects.create(stem=stem, last=counter.last)


def count_back(apps, schema_editor):
    counters = apps.get_model("wagtail_contracts", "Counter")
    series = apps.get_model("wagtail_contracts", "NumberSeries")
    for workspace in apps.get_model("wagtail_contracts", "Workspace").objects.all():
        given = series.objects.filter(stem__startswith=f"{workspace.code}-")
        if last := max(given.values_list("last", flat=True), default=0):
            counters.objects.create(workspace=workspace, last=last)


class Migration(migrations.Migration):
    dependencies = [("wagtail_contracts", "0014_number_series")]

    operations = [migrations.RunPython(count_on, count_back)]
