"""`manage.py invite`: a one-time link for the first administrator of a new server, or for somebody locked out."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from nakhon_network.lib.names import split_name
from nakhon_network.lib.site_address import site_address
from organizations.access import Level
from organizations.actions.accounts import issue_invitation
from organizations.actions.people import save_person
from organizations.models import District, Person, Post, Province, Role, Tambon, Zone
from organizations.problems import Refused

MODELS: dict[str, Any] = {Level.PROVINCE: Province, Level.DISTRICT: District, Level.TAMBON: Tambon}


class Command(BaseCommand):
    """Makes the person where needed, and the invitation; prints the link, which is kept nowhere."""

    help = "Print a one-time link that lets a person set a password for a post."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--post and --area say which post; --name or --person says who."""
        parser.add_argument("--post", required=True, help="code of the role, such as provincial-team")
        parser.add_argument("--area", required=True, help="code of the area (80, 8001, 800101); a zone as 80/3")
        who = parser.add_mutually_exclusive_group(required=True)
        who.add_argument("--name", help="full name of a new person, such as 'นายสมชาย ใจดี'")
        who.add_argument("--person", type=int, help="number of a person on record (it is in the address of the page)")
        parser.add_argument("--another", action="store_true", help="a new person although the name is known")
        parser.add_argument("--site", default="", help="address of the site, such as https://nakhon.example")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Everything or nothing; the maker of the link is the system."""
        with translation.override("th"):
            post = self._post(options["post"], area=self._area(options["post"], code=options["area"]))
            person = self._person(options)
            try:
                invitation, token = issue_invitation(person, post=post, by=None)
            except Refused as why:
                raise CommandError(why.sentence) from why
            self.stdout.write(f"{invitation.person} · {post}")
        self.stdout.write(f"One use, until {invitation.expires_at:%Y-%m-%d %H:%M} UTC. Shown only now:")
        self.stdout.write(site_address(options["site"]) + reverse("invitation_accept", args=[token]))

    def _area(self, role: str, *, code: str) -> Any:
        found = Role.objects.filter(pk=role).first()
        if found is None:
            known = ", ".join(Role.objects.values_list("pk", flat=True))
            raise CommandError(f"There is no role {role!r}; there is: {known or 'none, load a province first'}.")
        province, _slash, number = code.partition("/")
        if found.level == Level.ZONE:
            digits = number if number.isdecimal() else "0"
            area = Zone.objects.filter(province_id=province, number=int(digits)).first()
        else:
            area = MODELS[found.level].objects.filter(pk=code).first()
        if area is None:
            raise CommandError(f"There is no {found.level} {code!r}; a zone is written 80/3.")
        return area

    def _post(self, role: str, *, area: Any) -> Post:
        Post.objects.make_expected([area])
        post = Post.objects.with_areas().filter(role=role, **{area.level: area}).first()
        if post is None:
            raise CommandError(f"{area} has no post {role!r}.")
        return post

    def _person(self, options: dict[str, Any]) -> Person:
        if options["person"]:
            found = Person.objects.standing().filter(pk=options["person"]).first()
            if found is None:
                raise CommandError(f"There is no person {options['person']}.")
            return found
        name = split_name(options["name"])
        known = Person.objects.of_that_name(first_name=name.first, last_name=name.last)
        if known and not options["another"]:
            numbers = ", ".join(str(person.pk) for person in known)
            raise CommandError(f"That name is on record: give --person {numbers}, or --another for somebody else.")
        if not name.first:
            raise CommandError("Give a first name.")
        fields = {"prefix": name.prefix, "first_name": name.first, "last_name": name.last}
        return save_person(Person(**fields, form_of_address=name.form_of_address), by=None)
