"""`manage.py demo`: everything `make demo` does after the environment stands."""

from __future__ import annotations

import os
import secrets
import sys
from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation
from django.utils.translation.reloader import translation_file_changed

from meetings.demo import make_meetings_demo
from nakhon_network.catalogue import compile_catalogues
from organizations.demo import make_demo, set_passwords
from organizations.demo_directory import make_directory_demo
from organizations.models import Province
from tambon_survey.demo import make_survey_demo, tie_survey_to_meetings
from tambon_survey.demo_introductions import make_introductions_demo
from tambon_survey.demo_learning import make_learning_demo
from tambon_survey.demo_privacy import make_privacy_demo


class Command(BaseCommand):
    """Migrates, loads the province and the sample, prints the accounts, serves on loopback."""

    help = "Make and serve the demo: province 80 with a labelled sample. What was entered before is kept."
    requires_system_checks: list[str] = []  # advice for operators; `make check` gives it

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--port; --no-serve to stop before serving."""
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-serve", action="store_true", help="only make the data")

    def _make_story(self, province: Province, *, now: datetime) -> None:
        """What happened in the sample, through the real actions, each app after what it builds on."""
        make_directory_demo(today=timezone.localdate(now))
        make_meetings_demo(province, now=now)
        make_survey_demo(province, now=now)
        tie_survey_to_meetings(province)
        make_introductions_demo(province, today=timezone.localdate(now))
        make_learning_demo(province, now=now)
        make_privacy_demo(province, now=now)

    def handle(self, *args: Any, **options: Any) -> None:
        """Every step may be repeated."""
        if settings.PRODUCTION:
            raise CommandError("The demo makes accounts with a known password: it refuses the production profile.")
        for path in compile_catalogues():  # what was loaded without them is read again
            translation_file_changed(sender=None, file_path=path)
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        password, is_new = self._password()
        with translation.override("th"):
            accounts = make_demo(password=password)
            self._make_story(Province.objects.get(pk=settings.HOME_PROVINCE), now=timezone.now())
        if is_new:
            set_passwords(password)
        port = options["port"]
        self.stdout.write(f"\nhttp://127.0.0.1:{port}/   password of every account: {password}\n")
        for username, what in accounts:
            self.stdout.write(f"  {username:10} {what}")
        self.stdout.flush()
        if not options["no_serve"]:
            bind = [
                "--bind",
                f"127.0.0.1:{port}",
                "--workers",
                "2",
                "--threads",
                "4",
                "--worker-class",
                "gthread",
                "--no-control-socket",
            ]
            command = [sys.executable, "-m", "gunicorn", *bind, "nakhon_network.wsgi"]
            os.execv(command[0], command)

    def _password(self) -> tuple[str, bool]:
        """(DEMO_PASSWORD, else the one of the run before, else a new one; whether the run before had another).

        Kept under var/, readable by its owner only.
        """
        path = settings.VAR_DIR / "demo_password"
        known = path.read_text(encoding="utf-8") if path.exists() else ""
        password = os.environ.get("DEMO_PASSWORD") or known or secrets.token_urlsafe(9)
        if password != known:
            path.touch(mode=0o600)
            path.write_text(password, encoding="utf-8")
        return password, password != known
