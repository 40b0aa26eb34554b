"""Keys that activities are found by; those of rows that exist are filled in."""

from django.db import migrations, models

from nakhon_network.lib.thai_text import loose_key, search_key

AT_ONCE = 500


def fill(apps, schema_editor):
    """Compute the keys of every activity from its title and its group."""
    rows = apps.get_model("tambon_survey", "Activity").objects
    waiting = []
    for row in rows.filter(is_removed=False).only("title", "group").iterator(chunk_size=AT_ONCE):
        names = [name for name in (row.title, row.group) if name]
        row.search_key = "\n".join(search_key(name) for name in names)
        row.loose_key = "\n".join(loose_key(name) for name in names)
        waiting.append(row)
    rows.bulk_update(waiting, ["search_key", "loose_key"], batch_size=AT_ONCE)


class Migration(migrations.Migration):
    """Search keys."""

    dependencies = [("tambon_survey", "0008_learning")]

    operations = [
        migrations.AddField("activity", "search_key", models.CharField(default="", editable=False, max_length=401)),
        migrations.AddField("activity", "loose_key", models.CharField(default="", editable=False, max_length=401)),
        migrations.AddIndex(
            "activity",
            models.Index(
                fields=["carried_from"], name="activity_carried", condition=models.Q(carried_from__isnull=False)
            ),
        ),
        migrations.AddIndex(
            "activity", models.Index(fields=["loose_key", "submission", "id"], name="activity_by_words")
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
