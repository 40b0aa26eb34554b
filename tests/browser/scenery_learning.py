"""Keys of the demo's forums, stories and questions, for the pages looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from meetings.models import Lesson, Meeting
from tambon_survey.demo_learning import FORUMS, QUESTIONS, STORIES
from tambon_survey.models import Activity, Remark, Story

LEARNING_KEYS: dict[str, Callable[[], Any]] = {
    "@forum": lambda: Meeting.objects.get(title=FORUMS[0].title).pk,
    "@lesson": lambda: Lesson.objects.get(text=FORUMS[0].lessons[1][0]).pk,
    "@story": lambda: Story.objects.get(title=STORIES[0].title).pk,
    "@remark": lambda: Remark.objects.get(text=QUESTIONS[0]).pk,
    "@activity": lambda: Activity.objects.counted().order_by("-submission__round__opens_at", "pk")[0].pk,
}
