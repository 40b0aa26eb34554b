"""What a reviewer is shown of the answers that were sent, beside what was sent before and in the last round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from tambon_survey import rules
from tambon_survey.answers import Answers, differences
from tambon_survey.models import Readiness, Snapshot, Submission, Topic, Verdict
from tambon_survey.models.rosters import HELD_BACK
from tambon_survey.readiness import Outcome, rule_in_words
from tambon_survey.reading import ChangedTopic, ProblemLine, ReadTopic, head_of, in_words, problem_lines, readable


@dataclass(frozen=True)
class JudgedTopic:
    """A topic with the verdict the rule suggests, why, and what the rule asks."""

    label: str
    level: str
    level_label: str
    reasons: list[str]
    rule: str


@dataclass(frozen=True)
class Sent:
    """One snapshot, ready to be judged. `since_sent` and `since_round` are None where there is nothing before it."""

    snapshot: Snapshot
    head: list[tuple[str, str]]
    topics: list[ReadTopic]
    soft: list[ProblemLine]
    readiness: str
    readiness_label: str
    judged: list[JudgedTopic]
    since_sent: list[ChangedTopic] | None
    since_round: list[ChangedTopic] | None


def sent(submission: Submission) -> Sent | None:
    """The newest snapshot and its comparisons; None before anything was sent."""
    snapshots = list(submission.snapshots.select_related("made_by__person")[:2])
    if not snapshots:
        return None
    held = submission.coordinators.held_keys()

    def read(content: dict[str, Any]) -> Answers:
        return Answers.from_json(content).held_back(held, word=str(HELD_BACK))

    answers = read(snapshots[0].content)
    outcome = Outcome.from_json(snapshots[0].verdicts)
    before = read(snapshots[1].content) if len(snapshots) > 1 else None
    last_round = answers_of_last_round(submission)
    if last_round is not None:
        last_round = last_round.held_back(held, word=str(HELD_BACK))
    soft = [one for one in rules.problems(Answers.from_json(snapshots[0].content)) if one.level == rules.SOFT]
    return Sent(
        snapshot=snapshots[0],
        head=head_of(answers),
        topics=readable(answers),
        soft=problem_lines(submission, answers, soft),
        readiness=outcome.level,
        readiness_label=str(Readiness(outcome.level).label),
        judged=_judged(outcome, submission),
        since_sent=None if before is None else in_words(differences(before, answers)),
        since_round=None if last_round is None else in_words(differences(last_round, answers, by_origin=True)),
    )


def _judged(outcome: Outcome, submission: Submission) -> list[JudgedTopic]:
    asked = rule_in_words(submission.round.rule)
    return [
        JudgedTopic(
            label=str(Topic(one.topic).label),
            level=one.level,
            level_label=str(Verdict(one.level).label),
            reasons=one.reasons,
            rule=asked[one.topic]["met"],
        )
        for one in outcome.topics
    ]


def latest_answers(submission: Submission) -> Answers:
    """What was sent last; nothing before anything was sent."""
    snapshot = submission.snapshots.first()
    return Answers.from_json(snapshot.content) if snapshot else Answers()


def answers_of_last_round(submission: Submission) -> Answers | None:
    """What the tambon answered in the round that this one follows: as it was sent, else as it was left."""
    if submission.round.follows_id is None:
        return None
    earlier = Submission.objects.filter(round=submission.round.follows_id, tambon=submission.tambon_id).first()
    if earlier is None:
        return None
    snapshot = earlier.snapshots.first()
    return Answers.from_json(snapshot.content) if snapshot else earlier.answers()


def review_url(submission: Submission) -> str:
    """The reviewer's page."""
    return reverse("submission_review", args=[submission.pk])
