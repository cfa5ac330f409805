"""Sessions know whose they are. Those that last are copied, so that nobody has to sign in again."""

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import migrations, models
from django.db.models.deletion import CASCADE


def move(apps, schema_editor):
    old, new, people = apps.get_model("sessions", "Session"), apps.get_model("accounts", "AccountSession"), apps.get_model("accounts", "User")
    known = set(people.objects.values_list("pk", flat=True))
    rows = []
    for row in old.objects.iterator():
        person = int(SessionStore().decode(row.session_data).get(SESSION_KEY) or 0)
        rows.append(
            new(
                session_key=row.session_key,
                session_data=row.session_data,
                expire_date=row.expire_date,
                person_id=person if person in known else None,
            )
        )
    new.objects.bulk_create(rows, batch_size=500)  # the old ones stay for the release before, until they are forgotten


def move_back(apps, schema_editor):
    old, new = apps.get_model("sessions", "Session"), apps.get_model("accounts", "AccountSession")
    columns = ("session_key", "session_data", "expire_date")
    old.objects.all().delete()  # what has been signed out since stays so
    old.objects.bulk_create((old(**row) for row in new.objects.values(*columns)), batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0010_erase_at"), ("sessions", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="AccountSession",
            fields=[
                (
                    "session_key",
                    models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="session key"),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={"verbose_name": "sign-in", "verbose_name_plural": "sign-ins"},
        ),
        migrations.RunPython(move, move_back),
    ]
