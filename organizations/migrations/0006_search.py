"""A zone is found by its number, too."""

from django.db import migrations

from nakhon_network.lib.thai_text import loose_key, search_key


def fill(apps, schema_editor):
    """Add the number to the keys of every zone."""
    for zone in apps.get_model("organizations", "Zone").objects.all():
        numbered = f"โซน {zone.number}"
        zone.search_key = f"{zone.search_key}\n{search_key(numbered)}"
        zone.loose_key = f"{zone.loose_key}\n{loose_key(numbered)}"
        zone.save(update_fields=["search_key", "loose_key"])


class Migration(migrations.Migration):
    """Keys of zones."""

    dependencies = [("organizations", "0005_directory")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
