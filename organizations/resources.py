"""Reference tables as sheets: their columns, both ways (django-import-export).

Columns are headed by the Thai names of the fields; a sheet headed in English or by field names is read too. Rows are
known by their official code (zones by province and number). Every row is held against what the importer may manage,
and every row that changes something leaves an audit entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from uuid import uuid4

import tablib  # type: ignore[import-untyped]  # comes without types
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404
from django.utils import translation
from django.utils.translation import gettext as _
from import_export import resources
from import_export.formats import base_formats
from import_export.tmp_storages import BaseStorage

from nakhon_network.lib.sheets import BuddhistDateWidget
from nakhon_network.lib.thai_text import search_key
from organizations import access
from organizations.models import AuditEntry, District, DistrictStatus, Post, Province, Role, Tambon, User, Zone
from organizations.models.audit import Verb, changes_between, facts
from organizations.reference import ensure_posts

PLACE = ("name_th", "name_en", "latitude", "longitude")
KEPT_SECONDS = 60 * 60
# Where the cache says which sheets wait.
_WAITING = "sheets"
_FORMULA = re.compile(r"[=+\-@\t\r](?![0-9.]+\Z)")


class ThaiCSV(base_formats.CSV):
    """CSV as spreadsheets in Thailand write it: UTF-8 with or without a mark, or Windows Thai; out with a mark."""

    def is_binary(self) -> bool:
        """Read as bytes, since the encoding is found out here."""
        return True

    def get_read_mode(self) -> str:
        """Bytes."""
        return "rb"

    def create_dataset(self, in_stream: bytes, **kwargs: Any) -> tablib.Dataset:
        """The rows; UnicodeDecodeError when the file is in no Thai encoding."""
        try:
            text = in_stream.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = in_stream.decode("cp874")
        return super().create_dataset(text, **kwargs)

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        """UTF-8 with a mark; what a spreadsheet would take for a formula gets a quote before it."""
        rows = [[_harmless(cell) for cell in row] for row in dataset]
        return ("\ufeff" + tablib.Dataset(*rows, headers=dataset.headers).export("csv")).encode()


def _harmless(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def forget_uploads() -> None:
    """Forget every sheet that waits."""
    cache.delete_many([*cache.get(_WAITING, []), _WAITING])


class UploadStorage(BaseStorage):
    """Where an uploaded sheet waits between the preview and the confirmation: the cache, for an hour."""

    def _key(self) -> str:
        return f"sheet-{self.name}"

    def save(self, data: bytes) -> None:
        """Keep it under a random name."""
        self.name = uuid4().hex
        cache.set(_WAITING, [*cache.get(_WAITING, []), self._key()], KEPT_SECONDS)
        cache.set(self._key(), data, KEPT_SECONDS)

    def read(self) -> bytes:
        """The sheet; Http404 when it has gone or the name is not ours."""
        data = cache.get(self._key())
        if data is None:
            raise Http404
        return data

    def remove(self) -> None:
        """Forget it."""
        cache.delete(self._key())


class ReferenceResource(resources.ModelResource):
    """What every reference table does the same way."""

    # Written only when the row is new.
    fixed: tuple[str, ...] = ()

    def __init__(self, *, user: User | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.user = user
        with translation.override("th"):
            for name, field in self.fields.items():
                field.column_name = str(self._meta.model._meta.get_field(name).verbose_name)

    @classmethod
    def widget_from_django_field(cls, f: models.Field, default: Any = None) -> Any:
        """The one date widget for every date column."""
        if isinstance(f, models.DateField) and not isinstance(f, models.DateTimeField):
            return BuddhistDateWidget
        return super().widget_from_django_field(f, default) if default else super().widget_from_django_field(f)

    def before_import(self, dataset: tablib.Dataset, **kwargs: Any) -> None:
        """Bring headings of any spelling and language to the column names."""
        known: dict[str, str] = {}
        for name, field in self.fields.items():
            with translation.override("en"):
                english = str(self._meta.model._meta.get_field(name).verbose_name)
            known |= dict.fromkeys(map(search_key, (name, english, field.column_name)), field.column_name)
        dataset.headers = [known.get(search_key(str(head or "")), head) for head in dataset.headers or []]

    def validate_instance(
        self,
        instance: models.Model,
        import_validation_errors: dict[str, Any] | None = None,
        validate_unique: bool = True,
    ) -> None:
        """The model's rules, then whether the importer may manage the row and what a known row must keep."""
        super().validate_instance(instance, import_validation_errors, validate_unique)
        if not self.may_write(instance):
            raise ValidationError(_("This row belongs to a province that you do not manage."))
        stored = None if instance._state.adding else self._stored(instance)
        for name in self.fixed if stored else ():
            if getattr(stored, name) != getattr(instance, name):
                field: Any = instance._meta.get_field(name)
                raise ValidationError(
                    _("“%(field)s” of a known row cannot be changed by a sheet.") % {"field": field.verbose_name}
                )

    def may_write(self, instance: Any) -> bool:
        """Whether the importer may add or change this row."""
        return self.user is not None and access.of(self.user).may_manage(instance)

    def _stored(self, instance: models.Model) -> models.Model:
        return self._meta.model._default_manager.get(pk=instance.pk)

    def save_instance(self, instance: models.Model, is_create: bool, row: Any, **kwargs: Any) -> None:
        """Save the row and write down what the sheet changed."""
        before = {} if is_create else facts(self._stored(instance))
        super().save_instance(instance, is_create, row, **kwargs)
        AuditEntry.objects.record(
            Verb.IMPORT,
            instance,
            by=self.user,
            changes=changes_between(before, facts(instance)),
            reason=str(kwargs.get("file_name") or "")[:300],
            concerns=self.concerns(instance),
        )

    def concerns(self, instance: Any) -> Iterable[models.Model]:
        """Records whose pages show the change too."""
        return []


class Shape:
    """The `Meta` of every reference table; django-import-export reads it as a plain class."""

    skip_unchanged = True
    use_transactions = True
    clean_model_instances = True


class ProvinceResource(ReferenceResource):
    """Names and position of provinces."""

    class Meta(Shape):
        model = Province
        import_id_fields = ("code",)
        fields = export_order = ("code", *PLACE)


class ZoneResource(ReferenceResource):
    """Zones, known by province and number; new ones get their posts."""

    class Meta(Shape):
        model = Zone
        import_id_fields = ("province", "number")
        fields = export_order = ("province", "number", *PLACE)

    def after_save_instance(self, instance: Zone, row: Any, **kwargs: Any) -> None:
        """Make the posts a zone should have."""
        Post.objects.make_expected([instance])


class DistrictResource(ReferenceResource):
    """Districts; to which zone one belongs is shown here and changed on its own page."""

    fixed = ("province_id", "zone_id")

    class Meta(Shape):
        model = District
        import_id_fields = ("code",)
        fields = export_order = ("code", "province", *PLACE, "zone", "tile_row", "tile_column")

    def after_save_instance(self, instance: District, row: Any, **kwargs: Any) -> None:
        """Make the posts a district should have."""
        Post.objects.make_expected([instance])

    def may_write(self, instance: District) -> bool:
        """As every area; its zone, if a new row names one, must lie in the same province."""
        same = instance.zone is None or instance.zone.province_id == instance.province_id
        return same and super().may_write(instance)


class DistrictStatusResource(ReferenceResource):
    """What districts officially were, and since when."""

    class Meta(Shape):
        model = DistrictStatus
        import_id_fields = ("district", "since")
        fields = export_order = ("district", "kind", "since", "source")

    def may_write(self, instance: DistrictStatus) -> bool:
        """Whether the district is the importer's."""
        return super().may_write(instance.district)

    def concerns(self, instance: DistrictStatus) -> Iterable[models.Model]:
        """The district's page shows it."""
        return [instance.district]


class TambonResource(ReferenceResource):
    """Names and position of tambon."""

    fixed = ("district_id",)

    class Meta(Shape):
        model = Tambon
        import_id_fields = ("code",)
        fields = export_order = ("code", "district", *PLACE)


class RoleResource(ReferenceResource):
    """Kinds of posts; the level and the authority of a known role stay as they are."""

    fixed = ("level", "authority")

    class Meta(Shape):
        model = Role
        import_id_fields = ("code",)
        fields = export_order = (
            "code", "name_th", "name_en", "level", "authority", "seats", "is_expected", "holder_is_shared", "order",
        )  # fmt: skip

    def may_write(self, instance: Role) -> bool:
        """Roles belong to the whole network: any province staff."""
        return self.user is not None and access.of(self.user).is_staff

    def after_import(self, dataset: tablib.Dataset, result: Any, **kwargs: Any) -> None:
        """New roles get their posts."""
        make_posts_of(self.user)


def make_posts_of(user: User | None) -> None:
    """Make the missing posts of every province the user manages."""
    if user is not None:
        for province in Province.objects.visible_to(user):
            if access.of(user).may_manage(province):
                ensure_posts(province)
