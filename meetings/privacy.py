"""What this app holds on a person, and how it erases it. Names stay where a meeting recorded them."""

from __future__ import annotations

from typing import IO, cast

from django.apps import apps

from meetings.models import Attachment, CalendarFeed, Minutes
from nakhon_network.lib.traces import Traces
from organizations.erasing import Hand, take_out, take_out_of_all
from organizations.models import Person


def erase(people: list[Person], traces: Traces, hand: Hand) -> list[str]:
    """Numbers in minutes (adopted ones too), comments, tasks and papers; files to delete."""
    hand.delete(CalendarFeed.objects.filter(user__person__in=[person.pk for person in people]))
    gone = papers_holding(traces)
    papers = Attachment.objects.filter(pk__in=[paper.pk for paper in gone])
    hand.change(papers, file="", removed_at=hand.now, removed_by=hand.by)
    tables = [model for model in apps.get_app_config("meetings").get_models() if model is not Minutes]
    take_out_of_all(tables, traces, hand)
    take_out(Minutes, traces, hand, redacted_at=hand.now, redacted_by=hand.by)
    return [str(paper.file.name) for paper in gone]


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
