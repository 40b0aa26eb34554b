"""Survey again: what a tambon answered in the followed round, carried over to be confirmed, changed or dropped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID, uuid5

from django.db.models import F

from organizations.models import Tambon
from tambon_survey.answers import HAS, NOT_ASKED
from tambon_survey.models import ROSTERS, RosterRow, Round, Standing, Submission, Topic

# Topic → code of the tambon → its rows in the followed round, in their order.
Earlier = dict[Topic, dict[str, list[RosterRow]]]


def begin(survey_round: Round, tambons: Collection[Tambon], **fields: Any) -> list[Submission]:
    """Make a submission not started of each tambon, with its rows of the followed round; `fields` go to all of them.

    The round's rule must be frozen. The number of statements does not follow that of tambon, up to what one can hold.
    """
    submissions = [Submission(round=survey_round, tambon=tambon, **fields) for tambon in tambons]
    earlier = _earlier(survey_round, tambons)
    for submission in submissions:
        _answer(submission, earlier)
    Submission.objects.bulk_create(submissions)
    for topic, of_tambon in earlier.items():
        copies = [
            _copied(row, into=submission) for submission in submissions for row in of_tambon[submission.tambon_id]
        ]
        if copies:
            ROSTERS[topic].objects.bulk_create(copies)
    return submissions


def carried_id(row: UUID, *, into: Round) -> UUID:
    """The key of the copy of a row in a later round: the same whenever it is worked out."""
    return uuid5(row, f"round:{into.pk}")


def _earlier(survey_round: Round, tambons: Iterable[Tambon]) -> Earlier:
    found: Earlier = {topic: defaultdict(list) for topic in ROSTERS}
    if survey_round.follows_id is None:
        return found
    for topic, roster in ROSTERS.items():
        rows = roster.objects.kept().in_order()
        rows = rows.filter(submission__round=survey_round.follows_id, submission__tambon__in=tambons)
        for row in rows.annotate(tambon_code=F("submission__tambon")):
            found[topic][row.tambon_code].append(row)
    return found


def _answer(submission: Submission, earlier: Earlier) -> None:
    """A topic with carried rows has them; the others were not asked yet. Remarks belong to their round.

    Nothing counts as filled or ready yet: a carried row does so once somebody checked it.
    """
    for topic, of_tambon in earlier.items():
        setattr(submission, f"{topic}_answer", HAS if of_tambon[submission.tambon_id] else NOT_ASKED)


def _copied(row: Any, *, into: Submission) -> RosterRow:
    """The row itself turned into its copy, so that every column goes along, links to persons and bodies included."""
    row.carried_from, row.pk = row.pk, carried_id(row.pk, into=into.round)
    row.submission = into
    row.standing = Standing.CARRIED
    row._state.adding = True
    return row
