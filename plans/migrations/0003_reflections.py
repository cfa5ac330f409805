"""Ratings and notes move to a table of their own. Their old columns stay, emptied, for the release before."""

from django.db import migrations, models
from django.db.models import Q


def move(apps, schema_editor):
    logs = apps.get_model("plans", "SessionLog").objects
    reflections = apps.get_model("plans", "Reflection").objects
    said = logs.filter(Q(mastery__isnull=False) | Q(pleasure__isnull=False) | ~Q(note=""))
    rows = said.values_list("pk", "mastery", "pleasure", "note").iterator(chunk_size=2000)
    model = reflections.model
    batch = [model(log_id=pk, mastery=mastery, pleasure=pleasure, note=note) for pk, mastery, pleasure, note in rows]
    reflections.bulk_create(batch, batch_size=2000, ignore_conflicts=True)
    said.update(mastery=None, pleasure=None, note="")


def move_back(apps, schema_editor):
    logs = apps.get_model("plans", "SessionLog").objects
    for row in apps.get_model("plans", "Reflection").objects.iterator(chunk_size=2000):
        logs.filter(pk=row.log_id).update(mastery=row.mastery, pleasure=row.pleasure, note=row.note)


class Migration(migrations.Migration):
    dependencies = [("plans", "0002_lived_plans")]

    operations = [
        migrations.AlterField(
            "sessionlog",
            "note",
            models.TextField(blank=True, db_default="", max_length=2000, verbose_name="note to myself"),
        ),
        migrations.RunPython(move, move_back),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField("sessionlog", "mastery"),
                migrations.RemoveField("sessionlog", "pleasure"),
                migrations.RemoveField("sessionlog", "note"),
            ]
        ),
    ]
