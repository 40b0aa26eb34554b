"""Keep the Thai catalogues: `manage.py catalogue --update | --compile | --check | --prune`."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from nakhon_network import catalogue


class Command(BaseCommand):
    help = "Bring the Thai catalogues in step with the source, compile them, or list what is missing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--update", action="store_true", help="add new strings, fold in parts/*.po, keep translations"
        )
        parser.add_argument("--prune", action="store_true", help="drop translations whose source string is gone")
        parser.add_argument("--compile", action="store_true", help="write the .mo files")
        parser.add_argument("--check", action="store_true", help="list what is wrong; exit 1 when anything is")

    def handle(self, **options: bool) -> None:
        if options["update"]:
            catalogue.merge()
            catalogue.merge_packages()
        if options["prune"]:
            catalogue.prune()
        if options["compile"]:
            for path in catalogue.compile_catalogues():
                self.stdout.write(str(path.relative_to(catalogue.ROOT)))
        if options["check"]:
            self._check()

    def _check(self) -> None:
        found = [f"own: {line}" for line in catalogue.problems()]
        found += [f"packages: {line}" for line in catalogue.package_problems()]
        for line in found:
            self.stderr.write(line)
        if found:
            raise CommandError(f"{len(found)} problems in the Thai catalogues.", returncode=1)
        self.stdout.write("The Thai catalogues are complete.")
