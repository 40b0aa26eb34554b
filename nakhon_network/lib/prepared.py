"""Queries whose SQL is made once. The ORM takes some ten times longer to build one than the database to answer it.

A query that every page asks is written with slots where values go, and asked with the values:

    BY_KEY = Prepared(lambda: Person.objects.select_related("created_by").filter(pk=Slot("key")))
    BY_KEY.rows(key=5)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, QuerySet
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler

_LARGEST = 2**63 - 1


class Slot(Expression):
    """Stands for a value that comes when the query is asked."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> Any:
        """A parameter that is the slot itself."""
        return "%s", [self]


class _Statement(NamedTuple):
    """The SQL for one kind of database, and how to read what it answers."""

    sql: str
    params: tuple[Any, ...]
    converters: list[tuple[int, list[Callable[..., Any]], Any]]
    make: Callable[[tuple[Any, ...]], Any]


class Prepared:
    """A query asked again and again with other values: instances with what `select_related` names, or tuples."""

    def __init__(self, build: Callable[[], QuerySet[Any, Any]]) -> None:
        self._build = build
        self._statements: dict[str, _Statement] = {}

    def rows(self, **values: Any) -> list[Any]:
        """All of them, in order."""
        if any(isinstance(one, int) and abs(one) > _LARGEST for one in values.values()):
            return []  # a number of an address that no column holds
        connection = connections[DEFAULT_DB_ALIAS]
        statement = self._statements.get(connection.vendor)
        if statement is None:
            statement = self._statements[connection.vendor] = _statement(self._build(), connection)
        params = [_adapted(values[one.name], connection) if isinstance(one, Slot) else one for one in statement.params]
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, params)
            found: Iterable[Any] = cursor.fetchall()
        if statement.converters:
            found = map(list, found)
            found = [_converted(row, statement.converters, connection) for row in found]
        return [statement.make(row) for row in found]

    def first(self, **values: Any) -> Any:
        """The first of them, or None."""
        return next(iter(self.rows(**values)), None)


def _adapted(value: Any, connection: Any) -> Any:
    """Moments and UUIDs as the database keeps them; numbers, dates and words go as they are."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value


def _statement(queryset: QuerySet[Any, Any], connection: Any) -> _Statement:
    compiler = queryset.query.get_compiler(connection=connection)
    sql, params = compiler.as_sql()
    converters = compiler.get_converters([column[0] for column in compiler.select])
    wanted = [(at, list(convert), expression) for at, (convert, expression) in converters.items()]
    return _Statement(sql, tuple(params), wanted, _maker(compiler))


def _maker(compiler: Any) -> Callable[[Any], Any]:
    """Tuples for a query of values; instances with their related ones for a query of a model."""
    if not compiler.query.default_cols:
        return tuple
    model, columns = compiler.klass_info["model"], compiler.klass_info["select_fields"]
    first, last = columns[0], columns[-1] + 1
    names = [column[0].target.attname for column in compiler.select[first:last]]
    related = get_related_populators(compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]

    def make(row: Any) -> Any:
        found = model.from_db(DEFAULT_DB_ALIAS, names, row[first:last])
        for one in related:
            one.populate(row, found)
        return found

    return make


def _converted(row: list[Any], converters: list[tuple[int, list[Callable[..., Any]], Any]], connection: Any) -> Any:
    for at, converts, expression in converters:
        value = row[at]
        for convert in converts:
            value = convert(value, expression, connection)
        row[at] = value
    return row
