"""A row of the log is neither changed nor deleted, by whatever means."""

from django.db import migrations

POSTGRESQL = """
CREATE FUNCTION moderation_log_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the log of acts is not changed';
END $$;
CREATE TRIGGER moderation_log_stays BEFORE UPDATE OR DELETE ON moderation_actionlog
FOR EACH ROW EXECUTE FUNCTION moderation_log_stays();
"""
SQLITE = [
    f"""
    CREATE TRIGGER moderation_log_no_{verb} BEFORE {verb} ON moderation_actionlog
    BEGIN SELECT RAISE(ABORT, 'the log of acts is not changed'); END;
    """
    for verb in ("update", "delete")
]


def forwards(apps, schema_editor):
    statements = [POSTGRESQL] if schema_editor.connection.vendor == "postgresql" else SQLITE
    for statement in statements:
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION moderation_log_stays() CASCADE")
        return
    for verb in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER moderation_log_no_{verb}")


class Migration(migrations.Migration):
    dependencies = [("moderation", "0001_initial")]

    operations = [migrations.RunPython(forwards, backwards)]
