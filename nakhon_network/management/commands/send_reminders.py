"""`manage.py send_reminders`: the notices that are due, and one e-mail for each; for a timer, repeatable."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from nakhon_network.lib.site_address import site_address
from tambon_survey.actions import notices
from tambon_survey.models import Notice


class Command(BaseCommand):
    """Says how many were made, mailed and failed."""

    help = "Make the notices that are due and send an e-mail for each, once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--dry-run to say only; --site for the links."""
        parser.add_argument("--dry-run", action="store_true", help="only say what would be made and mailed")
        parser.add_argument("--site", default="", help="address of the site, such as https://nakhon.example")

    def handle(self, *args: Any, **options: Any) -> None:
        """Notices first, then e-mails, those that failed before included."""
        now = timezone.now()
        if options["dry_run"]:
            due = notices.due_notices(now)
            waiting = Notice.objects.to_mail(since=now - notices.STILL_NEWS, attempts=notices.ATTEMPTS).count()
            with_mail = sum(bool(one.user.email) for one in due)
            for one in due:
                self.stdout.write(f"user {one.user_id} {one.kind} {one.key}")
            self.stdout.write(f"{len(due)} would be made, {waiting + with_mail} mailed")
            return
        made = notices.make_notices(now)
        mailed = notices.mail_notices(now, site=site_address(options["site"]))
        self.stdout.write(f"{made} made, {mailed.sent} mailed, {mailed.failed} failed")
