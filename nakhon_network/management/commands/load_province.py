"""`manage.py load_province 80`: official areas of a province from GeoThai, said first and written second."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from organizations.models import Province
from organizations.reference import (
    Plan,
    apply_plan,
    ensure_posts,
    ensure_roles,
    ensure_themes,
    ensure_zones,
    plan_province,
    province_codes,
)

SHOWN = 20


class Command(BaseCommand):
    """Says what loading would add and change, asks, and does it."""

    help = "Load a province's districts and tambon from GeoThai; says what would change before it changes it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Province codes, or --all; --dry-run or --yes."""
        parser.add_argument("codes", nargs="*", help="DOPA codes of provinces, such as 80")
        parser.add_argument("--all", action="store_true", help="all 77 provinces")
        parser.add_argument("--dry-run", action="store_true", help="only say what would change")
        parser.add_argument("--yes", action="store_true", help="do it without asking")
        parser.add_argument("--with-default-zones", action="store_true", help="also make the assumed zones and posts")

    def handle(self, *args: Any, **options: Any) -> None:
        """Plan, show, ask, apply."""
        codes = province_codes() if options["all"] else options["codes"]
        if not codes:
            raise CommandError("Give at least one province code, such as 80, or --all.")
        for code in codes:
            self._load(code, options)

    def _load(self, code: str, options: dict[str, Any]) -> None:
        try:
            plan = plan_province(code)
        except KeyError:
            raise CommandError(f"There is no province with the code {code!r}.") from None
        self._show(plan)
        if not plan.is_empty and not options["dry_run"]:
            if not options["yes"] and input("Write this? [y/N] ").strip().lower() != "y":
                self.stdout.write("Nothing was written.")
                return
            apply_plan(plan)
            self.stdout.write(f"{code}: written.")
        if options["with_default_zones"] and not options["dry_run"]:
            ensure_roles()
            ensure_themes()
            province = Province.objects.get(pk=code)
            ensure_zones(province)
            self.stdout.write(f"{code}: {ensure_posts(province)} posts made.")

    def _show(self, plan: Plan) -> None:
        self.stdout.write(
            f"{plan.province}: {len(plan.added)} to add, {len(plan.changed)} to change, "
            f"{plan.same} the same, {len(plan.unknown)} stored here but not in GeoThai (left alone)"
        )
        for row, changes in plan.changed[:SHOWN]:
            what = "; ".join(f"{name}: {old!r} → {new!r}" for name, (old, new) in changes.items())
            self.stdout.write(f"  {row.pk} {row.name_th}: {what}")
        if len(plan.changed) > SHOWN:
            self.stdout.write(f"  … and {len(plan.changed) - SHOWN} more")
