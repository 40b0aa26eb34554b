"""What many tambon answer, in four queries altogether."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from tambon_survey.answers import FIELDS, TOPICS, Answers, Row, TopicAnswer
from tambon_survey.models import ROSTERS, Submission, Topic
from tambon_survey.models.roster_rows import plain


def answers_of_many(submissions: Iterable[Submission]) -> dict[int, Answers]:
    """Key of each submission → what `Submission.answers` says of it."""
    asked = list(submissions)
    rosters = {topic: _rows(topic, [one.pk for one in asked]) for topic in TOPICS}
    return {
        one.pk: Answers(
            informant=one.informant,
            manner=one.manner,
            topics={
                topic: TopicAnswer(
                    topic=topic,
                    answer=getattr(one, f"{topic}_answer"),
                    remark=getattr(one, f"{topic}_remark"),
                    rows=tuple(rosters[topic][one.pk]),
                )
                for topic in TOPICS
            },
        )
        for one in asked
    }


def _rows(topic: str, submissions: list[int]) -> dict[int, list[Row]]:
    names, found = FIELDS[topic], defaultdict(list)
    kept = ROSTERS[Topic(topic)].objects.kept().in_order().filter(submission__in=submissions)
    for owner, key, standing, carried, *cells in kept.values_list(
        "submission", "id", "standing", "carried_from", *names
    ):
        values = dict(zip(names, map(plain, cells), strict=True))
        found[owner].append(Row(str(key), values, standing, str(carried) if carried else None))
    return found
