"""A day and time chosen after the plan was begun knows since when: one that had passed by then is not reminded of."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plans", "0003_reflections")]

    operations = [
        migrations.AddField(
            "cue", "chosen_at", models.DateTimeField(editable=False, null=True, verbose_name="chosen later")
        ),
    ]
