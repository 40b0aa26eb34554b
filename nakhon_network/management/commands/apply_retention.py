"""`manage.py apply_retention`: erases what was kept long enough; for a nightly timer, repeatable."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from nakhon_network import erasing


class Command(BaseCommand):
    """Says of each table how many rows."""

    help = "Erase what was kept as long as the policy file says: numbers vanish, answers and head-counts stay."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--dry-run to say only."""
        parser.add_argument("--dry-run", action="store_true", help="only say what would be erased")

    def handle(self, *args: Any, **options: Any) -> None:
        """All or nothing; no value is printed."""
        counts = erasing.expire(now=timezone.now(), dry_run=options["dry_run"])
        for table, number in sorted(counts.items()):
            self.stdout.write(f"{table} {number}")
        words = "would be erased" if options["dry_run"] else "erased"
        self.stdout.write(f"{sum(counts.values())} {words}")
