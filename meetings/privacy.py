"""What this app holds on a person, and how it erases it. Names stay where a meeting recorded them."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import IO, cast

from django.apps import apps

from meetings.models import Attachment, CalendarFeed, Minutes
from nakhon_network.lib.traces import Traces
from organizations.erasing import Counts, take_out, take_out_of_all
from organizations.models import Person, User

FILES = "meetings.attachment"


def erase(people: list[Person], traces: Traces, *, by: User | None, now: datetime) -> tuple[Counts, list[str]]:
    """Numbers in minutes (adopted ones too), comments, tasks and papers; (how many, files to delete)."""
    counts: Counts = Counter()
    secrets = CalendarFeed.objects.filter(user__person__in=[person.pk for person in people])
    counts["meetings.calendarfeed"] += secrets.delete()[0]
    gone = papers_holding(traces)
    for paper in gone:
        counts[FILES] += 1
        Attachment.objects.filter(pk=paper.pk).update(file="", removed_at=now, removed_by=by)
    tables = [model for model in apps.get_app_config("meetings").get_models() if model is not Minutes]
    counts += take_out_of_all(tables, traces)
    counts["meetings.minutes"] += take_out(Minutes, traces, stamp={"redacted_at": now, "redacted_by": by})
    return +counts, [str(paper.file.name) for paper in gone]


def papers_holding(traces: Traces) -> list[Attachment]:
    """Papers that hold a number as text; pictures and PDF are not read."""
    found = []
    for paper in Attachment.objects.exclude(file="") if traces else ():
        storage, name = paper.file.storage, str(paper.file.name)
        if not name.endswith((".pdf", ".jpg", ".png")) and storage.exists(name):
            with storage.open(name, "rb") as file:
                if traces.in_file(cast(IO[bytes], file)):
                    found.append(paper)
    return found
