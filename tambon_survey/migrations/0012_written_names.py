"""Names of bodies as surveys write them; keys of the rows there are, and what names of rows with a record mean."""

import django.db.models.deletion
import django.utils.timezone
import nakhon_network.lib.model_fields
from django.conf import settings
from django.db import migrations, models

from organizations.likeness import name_key

AT_ONCE = 500


def fill(apps, schema_editor):
    """The key of every name."""
    for name, column in (("Support", "name"), ("Activity", "group")):
        rows = apps.get_model("tambon_survey", name).objects
        waiting = []
        for row in rows.filter(is_removed=False).exclude(**{column: ""}).only(column).iterator(chunk_size=AT_ONCE):
            row.body_key = name_key(getattr(row, column))
            waiting.append(row)
        rows.bulk_update(waiting, ["body_key"], batch_size=AT_ONCE)


def remember(apps, schema_editor):
    """An agency that has its record means it in its tambon; where two are meant, that of the newest round."""
    meant = {}
    rows = apps.get_model("tambon_survey", "Support").objects.filter(organization__isnull=False, is_removed=False)
    rows = rows.exclude(body_key="").order_by("submission__round__opens_at", "pk")
    for name, key, tambon, body in rows.values_list("name", "body_key", "submission__tambon", "organization"):
        meant[key, tambon] = (name, body)
    names = apps.get_model("tambon_survey", "WrittenName")
    names.objects.bulk_create(
        (
            names(name=name, key=key, tambon_id=tambon, organization_id=body)
            for (key, tambon), (name, body) in meant.items()
        ),
        batch_size=AT_ONCE,
    )


class Migration(migrations.Migration):
    """Written names."""

    dependencies = [
        ('organizations', '0009_tokens'),
        ('tambon_survey', '0011_taking_back'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='WrittenName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', nakhon_network.lib.model_fields.CleanCharField(editable=False, max_length=200, verbose_name='as written')),
                ('key', models.CharField(db_index=True, editable=False, max_length=200)),
                ('decided_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='decided at')),
            ],
            options={
                'verbose_name': 'name in the surveys',
                'verbose_name_plural': 'names in the surveys',
            },
        ),
        migrations.AddField(
            model_name='activity',
            name='body_key',
            field=models.CharField(default='', editable=False, max_length=200),
        ),
        migrations.AddField(
            model_name='activity',
            name='organization',
            field=models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='organizations.organization', verbose_name='record of the group'),
        ),
        migrations.AddField(
            model_name='support',
            name='body_key',
            field=models.CharField(default='', editable=False, max_length=200),
        ),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(fields=['organization', 'body_key', 'submission'], name='activity_by_body'),
        ),
        migrations.AddIndex(
            model_name='support',
            index=models.Index(fields=['organization', 'body_key', 'submission'], name='support_by_body'),
        ),
        migrations.AlterField(
            model_name='support',
            name='organization',
            field=models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='supports', to='organizations.organization', verbose_name='record in the network'),
        ),
        migrations.AddField(
            model_name='writtenname',
            name='decided_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by'),
        ),
        migrations.AddField(
            model_name='writtenname',
            name='district',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='written_names', to='organizations.district', verbose_name='district'),
        ),
        migrations.AddField(
            model_name='writtenname',
            name='organization',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='written_names', to='organizations.organization', verbose_name='organization'),
        ),
        migrations.AddField(
            model_name='writtenname',
            name='province',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='written_names', to='organizations.province', verbose_name='province'),
        ),
        migrations.AddField(
            model_name='writtenname',
            name='tambon',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='written_names', to='organizations.tambon', verbose_name='tambon'),
        ),
        migrations.AddField(
            model_name='writtenname',
            name='zone',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='written_names', to='organizations.zone', verbose_name='zone'),
        ),
        migrations.AddConstraint(
            model_name='writtenname',
            constraint=models.UniqueConstraint(condition=models.Q(('province__isnull', False)), fields=('key', 'province'), name='written_name_once_in_province'),
        ),
        migrations.AddConstraint(
            model_name='writtenname',
            constraint=models.UniqueConstraint(condition=models.Q(('zone__isnull', False)), fields=('key', 'zone'), name='written_name_once_in_zone'),
        ),
        migrations.AddConstraint(
            model_name='writtenname',
            constraint=models.UniqueConstraint(condition=models.Q(('district__isnull', False)), fields=('key', 'district'), name='written_name_once_in_district'),
        ),
        migrations.AddConstraint(
            model_name='writtenname',
            constraint=models.UniqueConstraint(condition=models.Q(('tambon__isnull', False)), fields=('key', 'tambon'), name='written_name_once_in_tambon'),
        ),
        migrations.AddConstraint(
            model_name='writtenname',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('district', None), ('province__isnull', False), ('tambon', None), ('zone', None)), models.Q(('district', None), ('province', None), ('tambon', None), ('zone__isnull', False)), models.Q(('district__isnull', False), ('province', None), ('tambon', None), ('zone', None)), models.Q(('district', None), ('province', None), ('tambon__isnull', False), ('zone', None)), _connector='OR'), name='written_name_in_one_area'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(remember, migrations.RunPython.noop),
    ]
