"""Work that somebody was given, and what was reported about it."""

from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models.functions import Cast, Coalesce, RowNumber
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models.attendance import Attendance
from meetings.models.degrees import Reach
from meetings.models.meetings import Meeting
from meetings.models.resolutions import Resolution
from nakhon_network.lib.model_fields import BoundedDateField, CleanTextField, date_bounds_constraint
from organizations import access
from organizations.access import Level
from organizations.models import Appointment, Organization, Person, Post, Province, Tambon, Zone
from organizations.models.areas import Area


def _given_to(user) -> models.Q:
    """Tasks of a person, of a seat, and of everyone who attended: see `TaskQuerySet.given_to`."""
    person = access.of(user).person_id
    if person is None:
        return models.Q(pk__in=[])
    held = Appointment.objects.in_force(timezone.localdate())
    own = Task.objects.filter(order=models.OuterRef("order"), person=person)
    still_there = held.filter(post=models.OuterRef("post"), person=models.OuterRef("person"))
    seated = Task.objects.filter(
        order=models.OuterRef(models.OuterRef("order")),
        post=models.OuterRef("post"),
        person=models.OuterRef("person"),
    )
    newcomers = held.filter(~models.Exists(seated), post=models.OuterRef("post"))
    left_behind = ~models.Exists(still_there) & (
        ~models.Exists(own.filter(post=models.OuterRef("post"))) | ~models.Exists(newcomers)
    )
    attended = Attendance.objects.came().filter(meeting=models.OuterRef("meeting"), person=person)
    return (
        models.Q(person=person, post=None)
        | models.Q(post__in=held.filter(person=person).values("post")) & (models.Q(person=person) | left_behind)
        | models.Q(is_for_attendees=True) & models.Exists(attended) & ~models.Exists(own)
    )


def _apart_within(user) -> models.Q:
    """Tasks without a meeting of tambon one works for; those of no single tambon in one's provinces."""
    reach = access.of(user)
    inside = reach.areas(Level.TAMBON, prefix="tambon__") & models.Q(tambon__isnull=False)
    wider = models.Q(tambon=None, province__in=reach.provinces())
    return models.Q(meeting=None) & (inside | wider)


class TaskQuerySet(models.QuerySet):
    """Words about sets of tasks."""

    def visible_to(self, user):
        """Those of meetings one may read, those given to oneself, and those without a meeting where one works."""
        read = models.Q(meeting__in=Meeting.objects.visible_to(user))
        return self.filter(read | _apart_within(user) | _given_to(user))

    def given_to(self, user):
        """One's own; those of a post one holds that nobody has any more; those of all who attended with oneself.

        A task of a post whose first holder left, or whose seat was empty, is with those holders who have none of the
        same order; when every holder has one, with all of them, so that it is never with nobody.
        """
        return self.filter(_given_to(user))

    def open(self):
        """Not finished, not dropped."""
        return self.filter(state=Task.State.OPEN)

    def of_meeting(self, meeting: Meeting):
        """Those that a meeting gave."""
        return self.filter(meeting=meeting)

    def of_resolution(self, resolution: Resolution):
        """Those that follow from a resolution."""
        return self.filter(resolution=resolution)

    def in_state(self, state: str):
        """Those in one state; all for an empty text."""
        return self.filter(state=state) if state else self

    def in_zone(self, zone: Zone):
        """Those given to posts of a zone and of what lies in it, and to persons who hold such a post today."""
        posts = Post.objects.in_zone(zone)
        holders = Appointment.objects.in_force(timezone.localdate()).filter(post__in=posts).values("person")
        return self.filter(models.Q(post__in=posts) | models.Q(post=None, person__in=holders))

    def for_tambon(self, tambon: Tambon):
        """Those given to its posts or to bodies at home there, those of resolutions about it, and its own."""
        about = Resolution.objects.standing().filter(tambons=tambon).values("pk")
        given = models.Q(post__tambon=tambon) | models.Q(organization__tambon=tambon) | models.Q(tambon=tambon)
        return self.filter(given | models.Q(resolution__in=about))

    def overdue(self, today: date):
        """Open ones whose day has passed: their own, or that of the meeting they are due at."""
        return self.open().with_due().filter(due__lt=today.isoformat())

    def with_due(self):
        """`due`: ISO text of the day each is due, its own or its meeting's; None where that is not known whole."""
        text = models.CharField(max_length=10)
        whole = models.Case(
            models.When(due_meeting__held_on__regex=r"^.{10}$", then=Cast("due_meeting__held_on", text)),
            default=None,
            output_field=text,
        )
        return self.annotate(due=Coalesce(Cast("due_on", text), whole))

    def soonest_first(self):
        """By the day they are due, those without a day last; of one day the urgent first."""
        return self.with_due().order_by(models.F("due").asc(nulls_last=True), "-is_urgent", "pk")

    def open_first(self):
        """Those to do before the closed ones, each by the day they are due."""
        closed = models.Case(models.When(state=Task.State.OPEN, then=0), default=1)
        return self.with_due().order_by(closed, models.F("due").asc(nulls_last=True), "-is_urgent", "pk")

    def newest_first(self):
        """By the moment they were given."""
        return self.with_due().order_by("-created_at", "-pk")

    def closed_last_first(self):
        """By the moment they were closed; those still to do at the end."""
        return self.with_due().order_by(models.F("closed_at").desc(nulls_last=True), "-pk")

    def with_reading(self, user):
        """`reads_meeting`, `reads_due_meeting`: whether the user may read the meetings a task names."""
        seen = Meeting.objects.visible_to(user)
        return self.annotate(
            reads_meeting=models.Exists(seen.filter(pk=models.OuterRef("meeting"))),
            reads_due_meeting=models.Exists(seen.filter(pk=models.OuterRef("due_meeting"))),
        )

    def one_of_each_order(self):
        """One task of each order, an open one if there is any; `given`, `still_open`: how many there are, are to do."""
        to_do = models.Case(models.When(state=Task.State.OPEN, then=1), default=0)
        same = [models.F("order")]
        return self.annotate(
            given=models.Window(models.Count("pk"), partition_by=same),
            still_open=models.Window(models.Sum(to_do), partition_by=same),
            place=models.Window(RowNumber(), partition_by=same, order_by=[to_do.desc(), "pk"]),
        ).filter(place=1)

    def with_facts(self):
        """What a line of the register says, in the same query."""
        return self.select_related(
            "meeting__province",
            "province",
            "resolution__meeting",
            "due_meeting",
            "person",
            "organization",
            "post__role",
            "post__province",
            "post__zone__province",
            "post__district__zone",
            "post__tambon__district__zone",
        )


class Task(models.Model):
    """Work that somebody was given: a post, a person, an organization, or everyone who attended.

    Most come from a meeting; one without a meeting names its province, and its tambon where it is about one.

    One order to many makes one task each, with the same `order`. Of a post, `person` is who held the seat when it was
    given: as long as they hold it the task is theirs, afterwards it is with who came (`TaskQuerySet.given_to`).
    """

    class State(models.TextChoices):
        """Whether it is still to do."""

        OPEN = "open", _("to do")
        DONE = "done", _("done")
        DROPPED = "dropped", _("dropped")

    meeting = models.ForeignKey(
        Meeting, verbose_name=_("meeting"), on_delete=models.PROTECT, null=True, related_name="tasks", editable=False
    )
    province = models.ForeignKey(
        Province, verbose_name=_("province"), on_delete=models.PROTECT, null=True, related_name="tasks", editable=False
    )
    tambon = models.ForeignKey(
        Tambon, verbose_name=_("tambon"), on_delete=models.PROTECT, null=True, related_name="tasks", editable=False
    )
    resolution = models.ForeignKey(
        Resolution, verbose_name=_("resolution"), on_delete=models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    order = models.UUIDField(default=uuid.uuid4, editable=False)
    text = CleanTextField(_("what is to be done"), max_length=1000)
    post = models.ForeignKey(
        Post, verbose_name=_("post"), on_delete=models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organization"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
    )
    is_for_attendees = models.BooleanField(_("for everyone who attended"), default=False)
    due_on = BoundedDateField(_("due on"), null=True, blank=True)
    due_meeting = models.ForeignKey(
        Meeting,
        verbose_name=_("due by the meeting"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks_due",
    )
    is_urgent = models.BooleanField(_("urgent"), default=False)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN, editable=False)
    outcome = CleanTextField(_("outcome"), max_length=2000, blank=True)
    reach = models.CharField(_("how far the result reaches"), max_length=12, choices=Reach, blank=True)
    created_at = models.DateTimeField(_("entered at"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    closed_at = models.DateTimeField(_("finished at"), null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["state", "due_on"], name="task_by_state_and_day"),
            models.Index(fields=["order", "post"], name="task_by_order_and_post"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(post__isnull=False, organization=None, is_for_attendees=False)
                | models.Q(post=None, person__isnull=False, organization=None, is_for_attendees=False)
                | models.Q(post=None, person=None, organization__isnull=False, is_for_attendees=False)
                | models.Q(post=None, person=None, organization=None, is_for_attendees=True),
                name="task_has_one_responsible",
                violation_error_message=_("A task is given to exactly one: a post, a person, an organization, all."),
            ),
            models.CheckConstraint(
                condition=models.Q(due_on__isnull=True) | models.Q(due_meeting__isnull=True),
                name="task_due_once",
                violation_error_message=_("Give a day or a meeting, not both."),
            ),
            models.CheckConstraint(
                condition=models.Q(meeting__isnull=False, province=None, tambon=None)
                | models.Q(meeting=None, province__isnull=False, resolution=None, is_for_attendees=False),
                name="task_of_meeting_or_province",
            ),
            date_bounds_constraint("due_on"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def home(self) -> Area:
        """The area whose people keep it: the province of its meeting, else its tambon, else its province."""
        home = self.meeting.province if self.meeting is not None else self.tambon or self.province
        assert home is not None  # the database holds it
        return home

    @property
    def due_day(self) -> date | None:
        """The day it is due: its own, or that of the meeting, where that is known whole."""
        if self.due_on is not None:
            return self.due_on
        return self.due_meeting.day if self.due_meeting is not None else None

    def others_of_order(self):
        """How many other tasks the same order made."""
        return Task.objects.filter(order=self.order).exclude(pk=self.pk).count()

    def days_overdue(self, today: date) -> int:
        """How many days past its day an open task is; 0 when it is not."""
        day = self.due_day
        return max((today - day).days, 0) if day is not None and self.state == self.State.OPEN else 0

    def get_absolute_url(self) -> str:
        """The task's page."""
        return reverse("task_page", args=[self.pk])


class TaskUpdate(models.Model):
    """What somebody reported about a task."""

    task = models.ForeignKey(Task, verbose_name=_("task"), on_delete=models.PROTECT, related_name="updates")
    text = CleanTextField(_("what happened"), max_length=2000)
    written_at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("update of a task")
        verbose_name_plural = _("updates of tasks")
        ordering = ["-written_at", "-pk"]

    def __str__(self) -> str:
        return self.text
