"""Every group names its owner: from now on the database refuses one without."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def name_owners(apps, schema_editor):
    Group, Membership = apps.get_model("groups", "Group"), apps.get_model("groups", "Membership")
    owners = Membership.objects.filter(
        group=models.OuterRef("pk"), role="owner", left_at=None, banned_at=None
    ).order_by("joined_at", "pk")
    Group.objects.filter(owner=None).update(owner=models.Subquery(owners.values("person")[:1]))


class Migration(migrations.Migration):
    dependencies = [("groups", "0003_company"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.RunPython(name_owners, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="group",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="owner",
            ),
        ),
    ]
