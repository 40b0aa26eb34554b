"""How data files of Kobo and ODK tie the rows of a repeat to the answer they belong to: where that answer is from is
where its rows are from. No database."""

from __future__ import annotations

from collections.abc import Callable

INDEX, PARENT_INDEX, PARENT_TABLE = "_index", "_parent_index", "_parent_table_name"
# What a row of a repeat says of its answer → the column in which that answer says the same of itself.
_OWN = {"_submission__uuid": "_uuid", "_submission__id": "_id", "parent_key": "key"}
UPWARD = frozenset({*_OWN, PARENT_INDEX})
DOWNWARD = frozenset({*_OWN.values(), INDEX})
LINKS = UPWARD | DOWNWARD | {PARENT_TABLE}

Place = tuple[str, str, str]
Saying = Callable[[str], str]


class Parents:
    """The places that rows said of themselves, for the rows that belong to them."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, ...], Place] = {}
        self._tables: set[str] = set()

    def keep(self, place: Place, said: Saying, *, table: str, is_main: bool) -> None:
        """A row of a table and its place; `is_main` where its table belongs to no other."""
        self._tables.add(table)
        for own in _OWN.values():
            if key := said(own):
                self._places[own, key] = place
        if number := said(INDEX):
            self._places[INDEX, table, number] = place
            if is_main:
                self._places.setdefault((INDEX, "", number), place)

    def find(self, said: Saying) -> Place | None:
        """The place of the row that a row belongs to; None when it is not in the file.

        A number alone would do for one table only: each table counts its rows from 1.
        """
        for upward, own in _OWN.items():
            # A repeat within a repeat adds its own path to the key of the answer.
            key = said(upward).partition("/")[0]
            if (own, key) in self._places:
                return self._places[own, key]
        table = said(PARENT_TABLE)
        return self._places.get((INDEX, table if table in self._tables else "", said(PARENT_INDEX)))
