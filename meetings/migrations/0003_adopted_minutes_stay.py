"""Triggers that keep adopted minutes as they are, on SQLite and on PostgreSQL."""

from django.db import migrations

TABLE = "meetings_minutes"
REFUSED = "adopted minutes never change"


def add_triggers(apps, schema_editor):
    """Refuse to change or delete adopted minutes."""
    sqlite = schema_editor.connection.vendor == "sqlite"
    if not sqlite:
        schema_editor.execute(
            f"CREATE FUNCTION adopted_minutes_stay() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION '{REFUSED}' "
            "USING ERRCODE = 'integrity_constraint_violation'; END $$ LANGUAGE plpgsql"
        )
    for event in ("UPDATE", "DELETE"):
        does = f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END" if sqlite else "EXECUTE FUNCTION adopted_minutes_stay()"
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_no_{event.lower()} BEFORE {event} ON {TABLE} FOR EACH ROW "
            f"WHEN (OLD.state = 'adopted') {does}"
        )


def drop_triggers(apps, schema_editor):
    """Take the triggers away again."""
    on_table = "" if schema_editor.connection.vendor == "sqlite" else f" ON {TABLE}"
    for event in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER {TABLE}_no_{event}{on_table}")
    if on_table:
        schema_editor.execute("DROP FUNCTION adopted_minutes_stay()")


class Migration(migrations.Migration):
    """Adopted minutes stay."""

    dependencies = [("meetings", "0002_decisions")]

    operations = [migrations.RunPython(add_triggers, drop_triggers)]
