"""Triggers that keep the audit trail append-only, on SQLite and on PostgreSQL."""

from django.db import migrations

REFUSED = "the audit trail is append-only"
ENTRY, SUBJECT = "organizations_auditentry", "organizations_auditsubject"
# An entry may change once: its values are erased, and when and by whom is written beside.
REDACTION = (
    "OLD.redacted_at IS NULL AND NEW.redacted_at IS NOT NULL AND NEW.id = OLD.id AND NEW.at = OLD.at "
    "AND NEW.verb = OLD.verb AND NEW.kind = OLD.kind AND NEW.key = OLD.key "
    "AND NEW.by_id IS NOT DISTINCT FROM OLD.by_id"
)


def add_triggers(apps, schema_editor):
    """Refuse deletions of entries and subjects, and changes other than a redaction."""
    if schema_editor.connection.vendor == "sqlite":
        _sqlite(schema_editor)
    else:
        _postgresql(schema_editor)


def _sqlite(schema_editor):
    allowed = REDACTION.replace("IS NOT DISTINCT FROM", "IS")
    rules = [
        (ENTRY, "DELETE", "1"),
        (ENTRY, "UPDATE", f"NOT ({allowed})"),
        (SUBJECT, "DELETE", "1"),
        (SUBJECT, "UPDATE", "1"),
    ]
    for table, event, when in rules:
        schema_editor.execute(
            f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} FOR EACH ROW WHEN {when} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
        )


def _postgresql(schema_editor):
    schema_editor.execute(
        f"CREATE FUNCTION audit_append_only() RETURNS trigger AS $$ "
        f"BEGIN RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation'; END $$ LANGUAGE plpgsql"
    )
    rules = [
        (ENTRY, "DELETE", ""),
        (ENTRY, "UPDATE", f"WHEN (NOT ({REDACTION}))"),
        (SUBJECT, "DELETE", ""),
        (SUBJECT, "UPDATE", ""),
    ]
    for table, event, when in rules:
        schema_editor.execute(
            f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} FOR EACH ROW {when} "
            "EXECUTE FUNCTION audit_append_only()"
        )


def drop_triggers(apps, schema_editor):
    """Take the triggers away again."""
    on_table = schema_editor.connection.vendor != "sqlite"
    for table in (ENTRY, SUBJECT):
        for event in ("delete", "update"):
            suffix = f" ON {table}" if on_table else ""
            schema_editor.execute(f"DROP TRIGGER {table}_no_{event}{suffix}")
    if on_table:
        schema_editor.execute("DROP FUNCTION audit_append_only()")


class Migration(migrations.Migration):
    """Append-only audit trail."""

    dependencies = [("organizations", "0001_initial")]

    operations = [migrations.RunPython(add_triggers, drop_triggers)]
