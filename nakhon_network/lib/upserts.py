"""Many rows written by one statement that is made once. The ORM takes some twenty times longer to build an INSERT of a
thousand rows, value by value, than the database to run it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models

from nakhon_network.lib.model_fields import PartialDateField

# Their values go to the database as they are.
_PLAIN = (models.CharField, models.TextField, models.IntegerField, models.BooleanField)


class Upsert:
    """Writes rows of some columns of a model: those whose key is there already get the values of `updates`.

    Without `updates` every row is new. Values are taken as they are: cleaned and checked by whoever read them.
    """

    def __init__(self, model: type[models.Model], names: Sequence[str], *, updates: Sequence[str] = ()) -> None:
        self._model = model
        self.fields: list[Any] = [model._meta.get_field(name) for name in names]
        self._updates = [field.column for field in self.fields if field.name in updates]
        self._converters: dict[str, list[tuple[int, Callable[[Any], Any]]]] = {}

    def write_objects(self, objects: Iterable[models.Model]) -> None:
        """Instances, each by its attributes."""
        names = [field.attname for field in self.fields]
        self.write([[getattr(one, name) for name in names] for one in objects])

    def write(self, rows: Sequence[list[Any]]) -> None:
        """Values in the order of the columns, with the key of what another row points to; the lists are used up."""
        if not rows:
            return
        connection = connections[DEFAULT_DB_ALIAS]
        if connection.vendor not in self._converters:
            self._converters[connection.vendor] = _converters(self.fields, connection)
        for at, convert in self._converters[connection.vendor]:
            for row in rows:
                row[at] = convert(row[at])
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                names = [field.column for field in self.fields]
                told = [dict(zip(names, row, strict=True)) for row in rows]
                cursor.execute(self._sql(connection), [json.dumps(told, ensure_ascii=False, default=str)])
            else:
                cursor.executemany(self._sql(connection), rows)

    def _sql(self, connection: Any) -> str:
        quote = connection.ops.quote_name
        table, key = quote(self._model._meta.db_table), quote(self._model._meta.pk.column)
        names = ", ".join(quote(field.column) for field in self.fields)
        if connection.vendor == "postgresql":
            # One value for all rows: the driver would quote each of thousands by itself.
            source = f"SELECT {names} FROM json_populate_recordset(NULL::{table}, %s)"
        else:
            source = f"VALUES ({', '.join(['%s'] * len(self.fields))})"
        told = ", ".join(f"{quote(name)} = EXCLUDED.{quote(name)}" for name in self._updates)
        return f"INSERT INTO {table} ({names}) {source}" + (
            f" ON CONFLICT ({key}) DO UPDATE SET {told}" if told else ""
        )


def _converters(fields: list[Any], connection: Any) -> list[tuple[int, Callable[[Any], Any]]]:
    """What makes of a value what the database keeps, for the columns that need it."""
    found = []
    for at, field in enumerate(fields):
        kept = getattr(field, "target_field", field)
        if isinstance(kept, _PLAIN) and not isinstance(kept, PartialDateField):
            continue
        if connection.vendor == "postgresql":
            found.append((at, kept.get_prep_value))
        else:
            found.append((at, _prepared(kept, connection)))
    return found


def _prepared(field: Any, connection: Any) -> Callable[[Any], Any]:
    return lambda value: field.get_db_prep_save(value, connection)
