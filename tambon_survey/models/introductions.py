"""การเชื่อมต่อ: who was introduced to whom, by whom, when, for what, and what came of it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import ExtractQuarter, ExtractYear
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models import Reach, Task
from nakhon_network.lib.model_fields import BoundedDateField, CleanTextField, date_bounds_constraint
from organizations import access
from organizations.access import Level
from organizations.models import Offer, Organization, Person, Province, Tambon, Zone
from organizations.models.areas import Area
from organizations.models.themes import help_field
from tambon_survey.models.activities import Activity


def _end(model: type[models.Model], label: Any, related_name: str) -> Any:
    """One who is introduced; of each side exactly one is given."""
    return models.ForeignKey(
        model, verbose_name=label, on_delete=models.PROTECT, null=True, blank=True, related_name=related_name
    )


class IntroductionQuerySet(models.QuerySet):
    """Words about sets of introductions."""

    def visible_to(self, user):
        """Those of tambon one works for, those of bodies at home in a wider area of one's province, and one's own."""
        reach = access.of(user)
        wider = models.Q(tambon=None, province__in=reach.provinces())
        own = models.Q(created_by=reach.user_id, created_by__isnull=False)
        inside = self.filter(reach.areas(Level.TAMBON, prefix="tambon__") | wider | own)
        return inside if reach.provinces() else self.none()

    def of_organization(self, organization: Organization):
        """Those in which a body looked for something or gave it."""
        return self.filter(models.Q(partner=organization) | models.Q(seeker=organization))

    def sought_by(self, organization: Organization):
        """Those in which a body looked for something."""
        return self.filter(seeker=organization)

    def between(self, one: Organization, other: Organization):
        """Those of two bodies with each other."""
        return self.filter(seeker__in=[one, other], partner__in=[one, other])

    def of_tambon(self, tambon: Tambon):
        """Those of a tambon's activities and bodies."""
        return self.filter(tambon=tambon)

    def of_activities(self, keys):
        """Those of any of these activities: one activity has a row in each round."""
        return self.filter(activity__in=keys)

    def in_zone(self, zone: Zone):
        """Those of a zone's tambon."""
        return self.filter(tambon__district__zone=zone)

    def in_state(self, state: str):
        """Those in one state."""
        return self.filter(state=state)

    def of_help(self, kind: str):
        """Those for one kind of help."""
        return self.filter(kind=kind)

    def in_quarter(self, year: int, quarter: int):
        """Those made in a quarter of a calendar year."""
        return self.filter(made_on__year=year, made_on__quarter=quarter)

    def following_to(self, tasks):
        """Those that tasks of these keys follow from, one row for each, with `task_key`."""
        return self.filter(follow_ups__task__in=tasks).annotate(task_key=models.F("follow_ups__task"))

    def that_stand(self):
        """Without those that did not work out."""
        return self.exclude(state=Introduction.State.FAILED)

    def with_ends(self):
        """Both ends and the tambon in the same query."""
        return self.select_related(
            "activity", "seeker", "partner", "expert", "offer", "tambon__district__zone", "created_by__person"
        )

    def with_areas(self):
        """What decides who looks after it, in the same query."""
        return self.select_related(
            "province",
            "tambon__district__province",
            "seeker__province",
            "seeker__zone",
            "seeker__district",
            "seeker__tambon__district",
        )

    def by_quarter(self):
        """(year, quarter, state, count), the newest quarter first."""
        quarters = self.order_by().annotate(year=ExtractYear("made_on"), quarter=ExtractQuarter("made_on"))
        counted = quarters.values_list("year", "quarter", "state").annotate(count=models.Count("pk"))
        return counted.order_by("-year", "-quarter", "state")


class Introduction(models.Model):
    """One who looks for something (an activity of a tambon, or a body) brought together with one who has it."""

    class State(models.TextChoices):
        """How far it came; `MOVES` says what follows what."""

        PROPOSED = "proposed", _("proposed")
        IN_TOUCH = "in_touch", _("in touch")
        AGREED = "agreed", _("agreed")
        FAILED = "failed", _("did not work out")

    province = models.ForeignKey(
        Province, verbose_name=_("province"), on_delete=models.PROTECT, related_name="introductions", editable=False
    )
    activity = _end(Activity, _("activity"), "introductions")
    seeker = _end(Organization, _("organization that looks for it"), "introductions_sought")
    partner = _end(Organization, _("partner"), "introductions")
    expert = _end(Person, _("person who knows"), "introductions")
    offer = _end(Offer, _("offer"), "introductions")
    tambon = models.ForeignKey(
        Tambon,
        verbose_name=_("tambon"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="introductions",
    )
    kind = help_field()
    purpose = CleanTextField(_("what for"), max_length=1000)
    reasons = models.JSONField(_("why they fit"), default=list, editable=False)
    made_on = BoundedDateField(_("introduced on"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PROPOSED)
    outcome = CleanTextField(_("outcome"), max_length=2000, blank=True)
    reach = models.CharField(_("how far the result reaches"), max_length=12, choices=Reach, blank=True)
    is_sample = models.BooleanField(_("sample"), default=False, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("entered at"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("introduced by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        verbose_name = _("introduction")
        verbose_name_plural = _("introductions")
        ordering = ["-made_on", "-pk"]
        indexes = [models.Index(fields=["province", "made_on"], name="introduction_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(activity__isnull=False, seeker=None) | models.Q(activity=None, seeker__isnull=False),
                name="introduction_has_one_seeker",
            ),
            models.CheckConstraint(
                condition=models.Q(partner__isnull=False, expert=None) | models.Q(partner=None, expert__isnull=False),
                name="introduction_has_one_partner",
            ),
            models.CheckConstraint(
                condition=models.Q(seeker=None) | models.Q(partner=None) | ~models.Q(seeker=models.F("partner")),
                name="introduction_between_two",
            ),
            date_bounds_constraint("made_on"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """Both ends; a person who knows is not named here, for not everybody who reads it may know who it is."""
        return f"{self.activity or self.seeker} ↔ {self.partner or _('a person who knows')}"

    @property
    def place(self) -> Area:
        """The area whose people look after it: the tambon, else where the seeker is at home, else the province."""
        area = self.tambon or (self.seeker.area if self.seeker is not None else None)
        return area if area is not None else self.province

    def get_absolute_url(self) -> str:
        """The introduction's page."""
        return reverse("introduction_page", args=[self.pk])


# What may be written after what; the same state again only changes the words.
MOVES: dict[str, tuple[str, ...]] = {
    Introduction.State.PROPOSED: ("proposed", "in_touch", "agreed", "failed"),
    Introduction.State.IN_TOUCH: ("in_touch", "agreed", "failed"),
    Introduction.State.AGREED: ("agreed", "in_touch", "failed"),
    Introduction.State.FAILED: ("failed", "in_touch"),
}


class FollowUp(models.Model):
    """A task that follows from an introduction; it stands in the register of tasks with all others."""

    introduction = models.ForeignKey(
        Introduction, verbose_name=_("introduction"), on_delete=models.PROTECT, related_name="follow_ups"
    )
    task = models.OneToOneField(Task, verbose_name=_("task"), on_delete=models.PROTECT, related_name="follow_up")

    class Meta:
        verbose_name = _("task from an introduction")
        verbose_name_plural = _("tasks from introductions")

    def __str__(self) -> str:
        return str(self.task)
