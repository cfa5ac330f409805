"""What is told has its deliveries from the moment it is written down: one for each channel, by push one to each device."""

from django.db import migrations

COLUMNS = """
    uuid, created_at, next_attempt_at, notification_id, channel, subscription_id,
    state, reason, attempts, message_id, unsubscribe_hash
"""
WAYS = """
    SELECT 'email' AS channel, CAST(NULL AS bigint) AS device
    UNION ALL SELECT 'inbox', NULL
    UNION ALL SELECT 'push', id FROM notifications_pushsubscription
        WHERE person_id = {told}.person_id AND ended_at IS NULL
"""
ROW = "{uuid}, {told}.created_at, {told}.due_at, {told}.id, way.channel, way.device, 'pending', '', 0, '', ''"

POSTGRESQL = [
    f"""
    CREATE FUNCTION notifications_ways_out() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO notifications_delivery ({COLUMNS})
      SELECT {ROW.format(uuid="gen_random_uuid()", told="told")}
      FROM told CROSS JOIN LATERAL ({WAYS.format(told="told")}) way;
      RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER notifications_ways_out AFTER INSERT ON notifications_notification
    REFERENCING NEW TABLE AS told FOR EACH STATEMENT EXECUTE FUNCTION notifications_ways_out()
    """,
]
SQLITE = [
    f"""
    CREATE TRIGGER notifications_ways_out AFTER INSERT ON notifications_notification
    BEGIN
      INSERT INTO notifications_delivery ({COLUMNS})
      SELECT {ROW.format(uuid="lower(hex(randomblob(16)))", told="NEW")}
      FROM ({WAYS.format(told="NEW")}) way;
    END
    """
]


def forwards(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION IF EXISTS notifications_ways_out() CASCADE")
    else:
        schema_editor.execute("DROP TRIGGER IF EXISTS notifications_ways_out")


class Migration(migrations.Migration):
    dependencies = [("notifications", "0004_places_in_the_budget")]

    operations = [migrations.RunPython(forwards, backwards)]
