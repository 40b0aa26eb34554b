"""Asking the database: one statement finds, ranks and counts, another reads what is shown.

A row is found when its loose key holds every word, or a synonym of it, so the long read over a table happens once. The
strict key only ranks what was found: a name that is just what was typed, also with slips, then texts that hold it as
typed, then with slips, then synonyms.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import BooleanField, Case, Count, F, Lookup, Q, QuerySet, Value, When, Window

from nakhon_network.search.words import Query, Word

EXACT, NAMED, AS_TYPED, SLIPS, OTHERWISE = range(5)
# Nobody looks through more; beside a word that is nearly everywhere, more are not even counted.
MOST = 1000
MOST_NAMED = 20


class _OfTexts(Lookup):  # type: ignore[type-arg]
    """A question about a column and a text."""

    prepare_rhs = False
    output_field = BooleanField()


class Holds(_OfTexts):
    """A text holds another. LIKE says the same, three to five times slower on PostgreSQL."""

    lookup_name = "holds"

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """By a function, which each database calls differently."""
        lhs, params = self.process_lhs(compiler, connection)
        name = "strpos" if connection.vendor == "postgresql" else "instr"
        return f"{name}({lhs}, %s) > 0", (*params, self.rhs)


class Begins(_OfTexts):
    """A text begins with another, so that SQLite answers from an index: LIKE cannot there."""

    lookup_name = "begins"

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """By a function of PostgreSQL."""
        lhs, params = self.process_lhs(compiler, connection)
        return f"starts_with({lhs}, %s)", (*params, self.rhs)

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        """Between the text and the one that is next after all that begin with it."""
        lhs, params = self.process_lhs(compiler, connection)
        after = self.rhs[:-1] + chr(ord(self.rhs[-1]) + 1)
        return f"({lhs} >= %s AND {lhs} < %s)", (*params, self.rhs, *params, after)


@dataclass(frozen=True)
class Page:
    """Keys of rows in the order they are shown, and how many there are in all; of very many at least MOST."""

    keys: list[Any]
    total: int


def find(
    rows: QuerySet[Any],
    query: Query,
    *,
    order: tuple[str, ...],
    beside: tuple[str, ...] = (),
    others: Q | None = None,
    by_name: bool = False,
    capped: bool = False,
    start: int = 0,
    stop: int,
) -> Page:
    """One page of the rows that hold what is sought; one statement, a second where very many are found.

    `beside` are paths to areas whose names may answer for some of several words; `others` finds rows for another
    reason; `by_name` also leaves out the prefix of a person; `capped`: an index begins with the loose key.
    """
    wanted = Q(pk__in=[])
    if query.words:
        wanted = holding(query.words, beside)
    if by_name and query.name:
        wanted |= holding(query.name, beside)
    if others is not None:
        wanted |= others
    elif not query.words:
        return Page([], 0)
    if not (capped and query.words):
        return _ranked(rows.filter(wanted), query, order, start, stop)
    # From the first on: what is called just so stands there, or is not among those that were read.
    some = rows.model.objects.filter(pk__in=_some(rows, wanted))
    page = _ranked(some, query, order, 0, max(stop, MOST_NAMED))
    before = [key for key in _named(rows, query) if key not in page.keys] if page.total >= MOST else []
    return Page([*before, *page.keys][start:stop], page.total + len(before))


def _ranked(rows: QuerySet[Any], query: Query, order: tuple[str, ...], start: int, stop: int) -> Page:
    ranked = rows.annotate(rank=rank(query), total=Window(Count("pk"))).order_by("rank", *order)
    page = list(ranked.values_list("pk", "total")[start:stop])
    return Page([key for key, _total in page], page[0][1] if page else 0)


def _some(rows: QuerySet[Any], wanted: Q) -> QuerySet[Any]:
    """The first MOST of what is found, in the order of the loose key: the database stops reading there."""
    return rows.filter(wanted).order_by("loose_key").values("pk")[:MOST]


def _named(rows: QuerySet[Any], query: Query) -> list[Any]:
    """Keys of what is called just as was typed: beside a word that is nearly everywhere it would not be seen else."""
    named = rows.filter(_is_named(query)).order_by("loose_key", "pk")
    return list(named.values_list("pk", flat=True)[:MOST_NAMED])


def _is_named(query: Query) -> Q:
    return reduce(or_, (Q(loose_key=name) | Q(Begins(F("loose_key"), f"{name}\n")) for name in query.names))


def holding(words: tuple[Word, ...], beside: tuple[str, ...] = ()) -> Q:
    """Rows whose own text holds all the words; of several words some may stand in the names of its areas."""
    own = [_in("", word) for word in words]
    if len(words) == 1 or not beside:
        return reduce(and_, own)
    around = [reduce(or_, (_in(f"{path}__", word) for path in beside)) for word in words]
    return reduce(and_, (here | there for here, there in zip(own, around, strict=True))) & reduce(or_, own)


def _in(prefix: str, word: Word) -> Q:
    return reduce(or_, (Q(Holds(F(f"{prefix}loose_key"), form)) for form in word.loose))


def rank(query: Query) -> Case:
    """How near a row is to what was typed; asked of what was found only."""
    if not query.words:
        return Case(default=Value(OTHERWISE))
    exact = Q(search_key=query.strict) | Q(Begins(F("search_key"), f"{query.strict}\n"))
    typed = reduce(and_, (Q(Holds(F("search_key"), word.strict)) for word in query.words))
    slips = reduce(and_, (Q(Holds(F("loose_key"), word.loose[0])) for word in query.words))
    return Case(
        When(exact, then=Value(EXACT)),
        When(_is_named(query), then=Value(NAMED)),
        When(typed, then=Value(AS_TYPED)),
        When(slips, then=Value(SLIPS)),
        default=Value(OTHERWISE),
    )
