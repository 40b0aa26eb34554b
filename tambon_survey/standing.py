"""How the tambon of a zone stand, as a zone report keeps it, and what moved since it was sent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from tambon_survey.models import Readiness, State, Submission

Standing = dict[str, dict[str, Any]]


def standing_of(submissions: Iterable[Submission]) -> Standing:
    """Key of each submission → state, topics with an answer, readiness and the tambon's name: as JSON keeps it."""
    return {
        str(one.pk): {
            "state": one.state,
            "filled": one.filled,
            "readiness": one.readiness,
            "tambon": one.tambon.name_th,
        }
        for one in submissions
    }


def moved_since(standing: Standing, submissions: Iterable[Submission]) -> list[str]:
    """What is not as it was when the report was sent, one sentence each, in the order of `submissions`."""
    found, left = [], dict(standing)
    for one in submissions:
        was = left.pop(str(one.pk), None)
        if was is None:
            found.append(_("Since the report: %(tambon)s was added to the list.") % {"tambon": one.tambon.full_name})
            continue
        found += [
            _("Changed since the report: %(tambon)s from “%(old)s” to “%(new)s”.")
            % {"tambon": one.tambon.full_name, "old": old, "new": new}
            for old, new in _pairs(was, one)
            if old != new
        ]
    gone = _("Since the report: Tambon %(tambon)s was taken off the list.")
    return found + [gone % {"tambon": was["tambon"]} for was in left.values()]


def _pairs(was: dict[str, Any], one: Submission) -> list[tuple[str, str]]:
    return [
        (str(State(was["state"]).label), str(State(one.state).label)),
        (_("%(filled)s of 4 topics") % was, _("%(filled)s of 4 topics") % {"filled": one.filled}),
        (str(Readiness(was["readiness"]).label), str(Readiness(one.readiness).label)),
    ]
