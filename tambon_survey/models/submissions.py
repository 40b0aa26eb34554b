"""A tambon's answers in one round: state, what is kept of it for the boards, every save, and what was sent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.model_fields import BoundedDateField, CleanCharField, CleanTextField, date_bounds_constraint
from nakhon_network.lib.prepared import Prepared, Slot
from organizations import access
from organizations.access import Level
from organizations.models import Tambon, Zone
from tambon_survey import readiness
from tambon_survey.answers import TOPICS, Answers, TopicAnswer
from tambon_survey.models.rounds import Round
from tambon_survey.moves import EDITABLE

if TYPE_CHECKING:
    from tambon_survey.models.reviews import Point


class Topic(models.TextChoices):
    """The four topics of the survey; each has a roster of its own."""

    COORDINATORS = "coordinators", _("Core coordinators")
    ACTIVITIES = "activities", _("Standout activities")
    TEAM = "team", _("Working team")
    AGENCIES = "agencies", _("Supporting agencies")


class State(models.TextChoices):
    """Where a submission stands; `moves.MOVES` says how it gets from one to the next."""

    NOT_STARTED = "not_started", _("not started")
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("sent")
    RETURNED = "returned", _("sent back to mend")
    APPROVED = "approved", _("approved by the zone")
    ACCEPTED = "accepted", _("accepted by the province")


class Answer(models.TextChoices):
    """The three honest answers to a topic."""

    HAS = "has", _("has")
    HAS_NONE = "has_none", _("has none")
    NOT_ASKED = "not_asked", _("not yet asked")


class Verdict(models.TextChoices):
    """How one topic stands by the round's rule."""

    MET = "met", _("met")
    WEAK = "weak", _("weak")
    MISSING = "missing", _("missing")


class Readiness(models.TextChoices):
    """How the tambon stands by the round's rule."""

    READY = "ready", _("ready")
    NEARLY = "nearly", _("nearly ready")
    NOT_YET = "not_yet", _("not yet ready")


class Manner(models.TextChoices):
    """How the answers were given."""

    MEETING = "meeting", _("at a meeting")
    PHONE = "phone", _("by telephone")
    DOCUMENT = "document", _("from a paper")
    ON_BEHALF = "on_behalf", _("entered for somebody else")


def _answer(label):
    return models.CharField(label, max_length=10, choices=Answer, default=Answer.NOT_ASKED)


def _remark(label):
    return CleanTextField(label, max_length=1000, blank=True)


def _verdict(label):
    return models.CharField(label, max_length=8, choices=Verdict, default=Verdict.MISSING, editable=False)


def _rows(label):
    return models.PositiveSmallIntegerField(label, default=0, editable=False)


def _filled(label):
    return models.BooleanField(label, default=False, editable=False)


class SubmissionQuerySet(models.QuerySet):
    """Words about sets of submissions."""

    def visible_to(self, user):
        """Those of the tambon one works for."""
        return self.filter(access.of(user).areas(Level.TAMBON, prefix="tambon__"))

    def reviewed_by_others_than(self, user):
        """Those of tambon that the user neither reviews nor manages."""
        return self.exclude(access.of(user).reviewed(Level.TAMBON, prefix="tambon__"))

    def of_round(self, survey_round: Round):
        """Those of one round."""
        return self.filter(round=survey_round)

    def expected(self):
        """Those the round still counts on."""
        return self.filter(dropped_at__isnull=True)

    def newest_first(self):
        """By round, the last first."""
        return self.order_by("-round__opens_at", "-round")

    def in_zone(self, zone: Zone):
        """Those of a zone's districts."""
        return self.filter(tambon__district__zone=zone)

    def awaiting_review(self):
        """Sent and not yet judged."""
        return self.filter(state=State.SUBMITTED)

    def judged(self):
        """Approved by the zone or accepted by the province."""
        return self.filter(state__in=[State.APPROVED, State.ACCEPTED])

    def unsupported(self):
        """With an activity and without any agency that supports it; those that have one still to check are left out."""
        return self.filter(activities_rows__gt=0, agencies_rows=0).exclude(agencies_answer=Answer.HAS)

    def unsent(self):
        """Not started, in draft or sent back."""
        return self.filter(state__in=[State.NOT_STARTED, State.DRAFT, State.RETURNED])

    def with_own_deadline(self):
        """Those with a day or a moment that is theirs alone: to mend by, or more time."""
        return self.filter(models.Q(fix_by__isnull=False) | models.Q(extended_until__isnull=False))

    def one_visible_to(self, user, key: int):
        """One by its key, with round and areas read, or None: as `visible_to`, asked of the one gate in Python."""
        found = _BY_KEY.first(key=key)
        return found if found is not None and access.of(user).may_see(found.tambon) else None

    def with_areas(self):
        """Round, tambon, district and zone in the same query."""
        return self.select_related("round", "tambon__district__zone", "tambon__district__province")

    def missing(self):
        """Not approved by the zone."""
        return self.exclude(state__in=[State.APPROVED, State.ACCEPTED])

    def in_thai_order(self):
        """By the tambon's name."""
        return self.order_by("tambon__sort_key", "pk")


class Submission(models.Model):
    """What one tambon answers in one round. The row is also the expectation: it exists from the opening on.

    `revision` counts accepted saves. `filled`, `readiness` and the columns of each topic behind them are computed from
    the rosters in the transaction of every save (`summarize`), so that boards read this table only.
    """

    round = models.ForeignKey(
        Round, verbose_name=_("survey round"), on_delete=models.PROTECT, related_name="submissions"
    )
    tambon = models.ForeignKey(Tambon, verbose_name=_("tambon"), on_delete=models.PROTECT, related_name="submissions")
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.NOT_STARTED, editable=False)
    revision = models.PositiveIntegerField(_("revision"), default=0, editable=False)

    informant = CleanCharField(
        _("who answered"), max_length=200, blank=True, help_text=_("Name and role of whoever gave these answers.")
    )
    manner = models.CharField(_("how it was answered"), max_length=10, choices=Manner, blank=True)

    coordinators_answer = _answer(_("core coordinators: answer"))
    coordinators_remark = _remark(_("core coordinators: remark"))
    activities_answer = _answer(_("standout activities: answer"))
    activities_remark = _remark(_("standout activities: remark"))
    team_answer = _answer(_("working team: answer"))
    team_remark = _remark(_("working team: remark"))
    agencies_answer = _answer(_("supporting agencies: answer"))
    agencies_remark = _remark(_("supporting agencies: remark"))

    filled = models.PositiveSmallIntegerField(_("topics with an answer"), default=0, editable=False)
    readiness = models.CharField(
        _("readiness"), max_length=8, choices=Readiness, default=Readiness.NOT_YET, editable=False
    )
    coordinators_verdict = _verdict(_("core coordinators: verdict"))
    activities_verdict = _verdict(_("standout activities: verdict"))
    team_verdict = _verdict(_("working team: verdict"))
    agencies_verdict = _verdict(_("supporting agencies: verdict"))
    coordinators_rows = _rows(_("core coordinators: rows"))
    activities_rows = _rows(_("standout activities: rows"))
    team_rows = _rows(_("working team: rows"))
    agencies_rows = _rows(_("supporting agencies: rows"))

    coordinators_filled = _filled(_("core coordinators: answered"))
    activities_filled = _filled(_("standout activities: answered"))
    team_filled = _filled(_("working team: answered"))
    agencies_filled = _filled(_("supporting agencies: answered"))

    fix_by = BoundedDateField(_("mend by"), null=True, blank=True, editable=False)
    saved_at = models.DateTimeField(_("last saved at"), null=True, editable=False)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("last saved by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    submitted_at = models.DateTimeField(_("first sent at"), null=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("first sent by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    extended_until = models.DateTimeField(_("more time until"), null=True, editable=False)
    added_reason = CleanCharField(_("why it was added"), max_length=300, blank=True, editable=False)
    dropped_at = models.DateTimeField(_("taken off the list at"), null=True, editable=False)
    dropped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("taken off the list by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        indexes = [models.Index(fields=["round", "state"], name="submission_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["round", "tambon"], name="submission_once_a_round"),
            models.CheckConstraint(condition=models.Q(filled__lte=4), name="submission_filled_of_four"),
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="submission_state_known"),
            models.CheckConstraint(
                condition=models.Q(state=State.RETURNED, fix_by__isnull=False)
                | (~models.Q(state=State.RETURNED) & models.Q(fix_by__isnull=True)),
                name="submission_mended_by_a_day",
            ),
            date_bounds_constraint("fix_by"),
        ]

    def __str__(self) -> str:
        return f"{self.tambon.full_name} · {self.round}"

    @property
    def is_late(self) -> bool:
        """Sent for the first time after the round's last moment to be on time."""
        return self.submitted_at is not None and self.submitted_at > self.round.on_time_by

    def is_overdue_at(self, moment: datetime) -> bool:
        """Not sent yet although the moment to be on time has passed."""
        return self.submitted_at is None and moment > self.round.on_time_by

    def closes_at(self) -> datetime:
        """When the tambon can no longer change its answers: the latest of closing, more time, and the day to mend."""
        moments = [self.round.closes_at, self.extended_until]
        if self.fix_by is not None:
            moments.append(timezone.make_aware(datetime.combine(self.fix_by + timedelta(days=1), time.min)))
        return max(moment for moment in moments if moment is not None)

    def takes_answers_at(self, moment: datetime) -> bool:
        """Whether a save at `moment` is in time and the state allows it."""
        opened = self.round.opened_at is not None and self.round.opens_at <= moment
        return opened and self.dropped_at is None and self.state in EDITABLE and moment < self.closes_at()

    def open_points(self) -> list[Point]:
        """What the tambon is to mend now: the points of the last return, while it is sent back."""
        if self.state != State.RETURNED:
            return []
        last = self.steps.filter(move="return").first()
        return list(last.points.all()) if last else []

    def answers(self) -> Answers:
        """What is answered now, removed rows left out: four queries, one for each roster."""
        topics = {
            topic: TopicAnswer(
                topic=topic,
                answer=getattr(self, f"{topic}_answer"),
                remark=getattr(self, f"{topic}_remark"),
                rows=getattr(self, topic).model.values_of(self.pk),
            )
            for topic in TOPICS
        }
        return Answers(informant=self.informant, manner=self.manner, topics=topics)

    def summarize(self, topics: Iterable[TopicAnswer]) -> set[str]:
        """Bring the columns the boards read in step with some of the topics; returns the names of what it set."""
        touched = {"filled", "readiness"}
        for topic in topics:
            verdict = readiness.judge_topic(topic, rule=self.round.rule).level
            for name, value in (("verdict", verdict), ("rows", len(topic.named)), ("filled", topic.is_filled)):
                setattr(self, f"{topic.topic}_{name}", value)
                touched.add(f"{topic.topic}_{name}")
        self.filled = sum(getattr(self, f"{topic}_filled") for topic in TOPICS)
        self.readiness = readiness.overall(getattr(self, f"{topic}_verdict") for topic in TOPICS)
        return touched

    def get_absolute_url(self) -> str:
        """The submission's page."""
        return reverse("submission_page", args=[self.pk])


_BY_KEY = Prepared(lambda: Submission.objects.with_areas().filter(pk=Slot("key")))


class SaveQuerySet(models.QuerySet):
    """Words about sets of saves."""

    def since(self, revision: int):
        """Those that came after `revision`, oldest first."""
        return self.filter(revision__gt=revision).order_by("revision")

    def authors(self):
        """Keys of the people who made them, each once; the system's own left out."""
        return self.filter(saved_by__isnull=False).order_by().values_list("saved_by", flat=True).distinct()

    def with_people(self):
        """Who saved, in the same query."""
        return self.select_related("saved_by__person")


class Save(models.Model):
    """One accepted save of a submission: its replay guard and its history. Rows are only ever added.

    `changes` maps a place to [old, new]: `"<row uuid>.<field>"` for a cell (old is None in a new row), `"<row uuid>"`
    for a row itself (None, "kept" or "removed") and `".<field>"` for answer, remark, informant, manner and order.
    """

    submission = models.ForeignKey(
        Submission, verbose_name=_("submission"), on_delete=models.PROTECT, related_name="saves"
    )
    mutation = models.UUIDField(_("mutation"))
    revision = models.PositiveIntegerField(_("revision"))
    section = models.CharField(_("section"), max_length=12)
    changes = models.JSONField(_("changes"), default=dict)
    source = models.CharField(_("source"), max_length=10, blank=True)
    notice_version = models.CharField(_("notice shown"), max_length=10, blank=True)
    saved_at = models.DateTimeField(_("saved at"), default=timezone.now)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("saved by"), on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = SaveQuerySet.as_manager()

    class Meta:
        verbose_name = _("save")
        verbose_name_plural = _("saves")
        ordering = ["-revision"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "mutation"], name="save_once"),
            models.UniqueConstraint(fields=["submission", "revision"], name="save_revision_once"),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} · {self.revision}"


class Snapshot(models.Model):
    """What was sent, frozen: `content` is `answers.Answers.to_json()`, `verdicts` is `readiness.Outcome.to_json()`."""

    submission = models.ForeignKey(
        Submission, verbose_name=_("submission"), on_delete=models.PROTECT, related_name="snapshots"
    )
    number = models.PositiveSmallIntegerField(_("number"))
    revision = models.PositiveIntegerField(_("revision"))
    content = models.JSONField(_("content"))
    verdicts = models.JSONField(_("verdicts"))
    made_at = models.DateTimeField(_("sent at"), default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("sent by"), on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["submission", "number"], name="snapshot_number_once")]

    def __str__(self) -> str:
        return f"{self.submission} · {self.number}"
