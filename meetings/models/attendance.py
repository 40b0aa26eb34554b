"""Who came, who did not, and who carried the talk."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meetings.models.meetings import Meeting
from nakhon_network.lib.model_fields import CleanCharField
from nakhon_network.lib.names import split_name
from nakhon_network.lib.thai_text import loose_key
from organizations.models import Person, Post


def key_of_name(name: str) -> str:
    """How names are compared: without prefix, tone marks and spaces."""
    parts = split_name(name)
    return (loose_key(f"{parts.first} {parts.last}") or loose_key(name))[:200]


class AttendanceQuerySet(models.QuerySet):
    """Words about sets of attendance."""

    def with_facts(self):
        """Person and post with its area in the same query."""
        return self.select_related(
            "person", "post__role", "post__province", "post__zone", "post__district", "post__tambon"
        )

    def visible_to(self, user):
        """Lines of meetings one may read."""
        return self.filter(meeting__in=Meeting.objects.visible_to(user))

    def on(self, roll: str):
        """Those on one of the three lists."""
        return self.filter(roll=roll)

    def came(self):
        """Those who were there, appointed or not."""
        return self.filter(roll__in=[Attendance.Roll.PRESENT, Attendance.Roll.ATTENDING])

    def in_print_order(self):
        """List by list: chair first, secretary last; between them as arranged, else by post, then as written."""
        rank = models.Case(models.When(duty="chair", then=0), models.When(duty="secretary", then=2), default=1)
        by_role = models.F("post__role__order").asc(nulls_last=True)
        by_area = ("post__role_id", "post__zone__number", "post__district_id", "post__tambon_id")
        return self.order_by("roll", rank, "position", by_role, *by_area, "pk")


class Attendance(models.Model):
    """One line of one of the three lists. `name` is as it prints; `person` only where the record is known.

    With `post`, a person who is not its holder stands in for it (`is_substitute`).
    """

    class Roll(models.TextChoices):
        """The three lists of the official form."""

        PRESENT = "present", _("present (appointed)")
        ABSENT = "absent", _("absent")
        ATTENDING = "attending", _("attending (not appointed)")

    class Duty(models.TextChoices):
        """What puts a name first or last."""

        CHAIR = "chair", _("chair")
        SECRETARY = "secretary", _("secretary")

    meeting = models.ForeignKey(
        Meeting, verbose_name=_("meeting"), on_delete=models.PROTECT, related_name="attendance", editable=False
    )
    roll = models.CharField(_("list"), max_length=10, choices=Roll)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.PROTECT, null=True, blank=True, related_name="attendance"
    )
    name = CleanCharField(_("name"), max_length=200)
    name_key = models.CharField(max_length=200, editable=False)
    post = models.ForeignKey(
        Post, verbose_name=_("post"), on_delete=models.PROTECT, null=True, blank=True, related_name="attendance"
    )
    is_substitute = models.BooleanField(_("stands in for the post"), default=False)
    organization_name = CleanCharField(_("organization or post in words"), max_length=200, blank=True)
    duty = models.CharField(_("duty in the meeting"), max_length=10, choices=Duty, blank=True)
    reason = CleanCharField(_("reason"), max_length=200, blank=True, help_text=_("Why absent, e.g. ติดราชการ."))

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        ordering = ["roll", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                condition=models.Q(person__isnull=False),
                name="person_on_one_list",
                violation_error_message=_("This person is on a list already."),
            ),
            models.UniqueConstraint(
                fields=["meeting", "duty"],
                condition=~models.Q(duty=""),
                name="duty_once_a_meeting",
                violation_error_message=_("Somebody else has this duty already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def standing(self) -> str:
        """What stands after the name: the post, `แทน` and the post, or the organization; needs `with_facts`."""
        if self.post is None:
            return self.organization_name
        if self.is_substitute:
            return gettext("for %(post)s") % {"post": self.post.title}
        return self.post.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the key that tells a name written twice."""
        self.name_key = key_of_name(self.name)
        super().save(*args, **kwargs)


class Facilitation(models.Model):
    """A knowledge-management role in a meeting: who opened doors, led the talk, did the work, wrote it down."""

    class Role(models.TextChoices):
        """The four roles, by their Thai names."""

        SPONSOR = "sponsor", _("Khun Uea (opens the way)")
        FACILITATOR = "facilitator", _("Khun Amnuai (leads the talk)")
        PRACTITIONER = "practitioner", _("Khun Kit (does the work)")
        NOTE_TAKER = "note_taker", _("Khun Likhit (writes it down)")

    meeting = models.ForeignKey(
        Meeting, verbose_name=_("meeting"), on_delete=models.PROTECT, related_name="facilitation", editable=False
    )
    role = models.CharField(_("role"), max_length=12, choices=Role)
    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.PROTECT, null=True, blank=True, related_name="facilitation"
    )
    name = CleanCharField(_("name"), max_length=200)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("facilitation role")
        verbose_name_plural = _("facilitation roles")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name
