"""A device belongs to the session in which it was added. Browsers knew theirs in the session."""

from django.contrib.sessions.backends.db import SessionStore
from django.db import migrations, models
from django.db.models.deletion import DO_NOTHING
from django.utils import timezone

IN_SESSION = "push_device"


def tie(apps, schema_editor):
    sessions, devices = apps.get_model("accounts", "AccountSession"), apps.get_model("notifications", "PushSubscription")
    if not devices.objects.filter(ended_at=None).exists():
        return
    going_on = sessions.objects.exclude(person=None).filter(expire_date__gt=timezone.now()).order_by("expire_date")
    for key, said in going_on.values_list("session_key", "session_data").iterator():
        if device := SessionStore().decode(said).get(IN_SESSION):
            devices.objects.filter(uuid=device).update(session_id=key)


class Migration(migrations.Migration):
    dependencies = [("notifications", "0005_ways_out"), ("accounts", "0011_session_of_a_person")]

    operations = [
        migrations.AddField(
            model_name="pushsubscription",
            name="session",
            field=models.ForeignKey(
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=DO_NOTHING,
                related_name="+",
                to="accounts.accountsession",
            ),
        ),
        migrations.RunPython(tie, migrations.RunPython.noop),
    ]
