"""Keys that resolutions and meetings are found by; those of rows that exist are filled in."""

from django.db import migrations, models

from nakhon_network.lib.thai_text import loose_key, search_key

AT_ONCE = 500


def fill(apps, schema_editor):
    """Compute the keys of every resolution, and of every meeting from title, number and venue."""
    resolutions = apps.get_model("meetings", "Resolution").objects
    _write(resolutions, lambda row: [row.text])
    meetings = apps.get_model("meetings", "Meeting").objects
    _write(meetings, lambda row: [row.title, _number(row), row.venue])


def _number(row):
    if row.number is None:
        return ""
    return f"{row.number}/{row.number_year}" if row.number_year else str(row.number)


def _write(rows, names_of):
    waiting = []
    for row in rows.all().iterator(chunk_size=AT_ONCE):
        names = [name for name in names_of(row) if name]
        row.search_key = "\n".join(search_key(name) for name in names)
        row.loose_key = "\n".join(loose_key(name) for name in names)
        waiting.append(row)
    rows.bulk_update(waiting, ["search_key", "loose_key"], batch_size=AT_ONCE)


class Migration(migrations.Migration):
    """Search keys."""

    dependencies = [("meetings", "0005_learning")]

    operations = [
        migrations.AddField("resolution", "search_key", models.TextField(default="", editable=False)),
        migrations.AddField("resolution", "loose_key", models.TextField(default="", editable=False)),
        migrations.AlterField("meeting", "search_key", models.CharField(editable=False, max_length=430)),
        migrations.AlterField("meeting", "loose_key", models.CharField(editable=False, max_length=430)),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
