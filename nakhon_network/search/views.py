"""The page of the search box: every group with its first hits, or all hits of one group."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nakhon_network.search.groups import GROUPS, Group
from nakhon_network.search.hits import Found
from nakhon_network.search.hits import search as search_group
from nakhon_network.search.words import LONGEST, Query, read_query
from organizations.models import User

SHOWN = 6
PER_PAGE = 30


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What the reader may see of everything that holds what was typed; forgiving, the nearest first."""
    query = read_query(request.GET.get("q", ""))
    group = next((one for one in GROUPS if one.key == request.GET.get("group")), None)
    context: dict[str, Any] = {"q": query.typed, "query": query, "longest": LONGEST, "group": group}
    if group is None:
        context["groups"] = [] if query.is_empty else _all(query, request.user)
    else:
        context["page_obj"] = page_obj = _one(group, query, request.user, request.GET.get("page"))
        context["groups"] = [Found(group, list(page_obj), len(page_obj))] if len(page_obj) else []
    return render(request, "nakhon_network/search.html", context)


def _all(query: Query, user: User) -> list[Found]:
    found = (search_group(group, query, user, stop=SHOWN) for group in GROUPS)
    return [one for one in found if one.hits]


class _Hits:
    """The hits of one group as a paginator asks for them: one page is read, and it says how many there are."""

    def __init__(self, group: Group, query: Query, user: User) -> None:
        self.group, self.query, self.user = group, query, user
        self.first = search_group(group, query, user, stop=PER_PAGE)

    def __len__(self) -> int:
        return self.first.total

    def __getitem__(self, part: slice) -> list[Any]:
        if not part.start:
            return self.first.hits
        return search_group(self.group, self.query, self.user, start=part.start, stop=part.stop).hits


def _one(group: Group, query: Query, user: User, number: str | None) -> Page[Any]:
    return Paginator(_Hits(group, query, user), PER_PAGE).get_page(number)  # type: ignore[arg-type]
