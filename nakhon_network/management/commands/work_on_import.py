"""`manage.py work_on_import ID`: what a file asks for, read or written, in this process and within its limits."""

from __future__ import annotations

import uuid
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from organizations.problems import Refused
from tambon_survey.actions import importing
from tambon_survey.importing import jobs
from tambon_survey.models import ImportBatch


class Command(BaseCommand):
    """Started by the site itself; may be run by hand for a file whose work stopped."""

    help = "Read an uploaded file, or write what was confirmed. Started by the site itself."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The key of the batch."""
        parser.add_argument("batch", type=uuid.UUID)

    def handle(self, *args: Any, **options: Any) -> None:
        """One step; a step that is refused, or that ends before its time, says so on the page of the file."""
        with translation.override(settings.LANGUAGE_CODE):
            if not jobs.run_apart(lambda: work(options["batch"])):
                importing.say_it_stopped(_batch(options["batch"]))


def work(key: uuid.UUID) -> None:
    """What the state of a batch asks for."""
    batch = _batch(key)
    try:
        importing.work(batch, now=timezone.now())
    except MemoryError:
        importing.fail(batch, why=_("This file needs too much memory. Please split it, one file for each zone."))
    except Refused as why:
        importing.fail(batch, why=why.sentence)


def _batch(key: uuid.UUID) -> ImportBatch:
    return ImportBatch.objects.select_related("round__province", "made_by__person").get(pk=key)
