"""เวทีเรียนรู้: what a meeting of that kind has beyond a meeting, and what was learnt there."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models.degrees import Reach
from meetings.models.meetings import Meeting
from nakhon_network.lib.model_fields import CleanCharField, CleanTextField
from organizations.models import Organization, Person, Theme


class ForumQuerySet(models.QuerySet):
    """Words about sets of forums."""

    def visible_to(self, user):
        """Those whose meeting one may read, as long as it is one of that kind."""
        return self.filter(meeting__in=Meeting.objects.visible_to(user).of_kind(Meeting.Kind.FORUM))

    def with_facts(self):
        """Host and meeting in the same query."""
        return self.select_related("host", "meeting__province", "meeting__convened_by", "meeting__venue_tambon")

    def of_meeting(self, meeting: Meeting):
        """The one of a meeting, or None where nothing is written of it yet."""
        return self.filter(meeting=meeting).first()


class Forum(models.Model):
    """What a learning forum has beyond its meeting, and its review in the four prompts of an AAR.

    `host` is the network that is at home there and shows what it does; who convened the meeting only called people
    together, which for most forums is the coordinating body. Where no host is named, the convenor is at home.
    """

    meeting = models.OneToOneField(
        Meeting, verbose_name=_("meeting"), on_delete=models.PROTECT, related_name="forum", editable=False
    )
    host = models.ForeignKey(
        Organization,
        verbose_name=_("host network"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="forums_hosted",
    )
    themes = models.ManyToManyField(Theme, verbose_name=_("themes"), blank=True, related_name="forums")
    intended = CleanTextField(_("What was intended"), max_length=3000, blank=True)
    happened = CleanTextField(_("What really happened"), max_length=3000, blank=True)
    difference = CleanTextField(_("Why it came out differently"), max_length=3000, blank=True)
    next_time = CleanTextField(_("What to do next time"), max_length=3000, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = ForumQuerySet.as_manager()

    PROMPTS = ("intended", "happened", "difference", "next_time")

    class Meta:
        verbose_name = _("learning forum")
        verbose_name_plural = _("learning forums")

    def __str__(self) -> str:
        return str(self.meeting)

    @property
    def at_home(self) -> Organization | None:
        """Who is at home there: the host, or who convened the meeting."""
        return self.host or self.meeting.convened_by

    def prompts(self) -> list[tuple[str, str]]:
        """(prompt, answer) of the review; nothing as long as none has an answer."""
        found = [(str(field.verbose_name), getattr(self, field.name)) for field in _prompt_fields()]
        return found if any(answer for _prompt, answer in found) else []

    def get_absolute_url(self) -> str:
        """The meeting's page, where the forum is told."""
        return f"{self.meeting.get_absolute_url()}#forum"


def _prompt_fields() -> list[models.Field]:
    return [field for field in Forum._meta.fields if field.name in Forum.PROMPTS]


class SpeakerQuerySet(models.QuerySet):
    """Words about sets of speakers."""

    def with_people(self):
        """The person in the same query."""
        return self.select_related("person")


class Speaker(models.Model):
    """ผู้รู้: somebody who knows and speaks at a forum, and on what."""

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="speakers", editable=False)
    name = CleanCharField(_("name"), max_length=200)
    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.PROTECT, null=True, blank=True, related_name="spoke_at"
    )
    topic = CleanCharField(_("speaks on"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0, editable=False)

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        verbose_name = _("person who knows, at a forum")
        verbose_name_plural = _("people who know, at forums")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.name} · {self.topic}" if self.topic else self.name


class LessonQuerySet(models.QuerySet):
    """Words about sets of lessons."""

    def visible_to(self, user):
        """Those of forums one may read."""
        return self.filter(forum__in=Forum.objects.visible_to(user))

    def of_meeting(self, meeting: Meeting):
        """Those of one meeting, in order."""
        return self.filter(forum__meeting=meeting).order_by("position", "pk")

    def with_facts(self):
        """The forum and its meeting in the same query."""
        return self.select_related("forum__meeting__province", "forum__meeting__convened_by")


class Lesson(models.Model):
    """บทเรียน: one thing that was learnt, who said it where that was noted, and how far it reaches."""

    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, related_name="lessons", editable=False)
    text = CleanTextField(_("lesson"), max_length=2000)
    said_by = CleanCharField(_("said by"), max_length=200, blank=True, help_text=_("Only when the person agrees."))
    reach = models.CharField(_("how far it reaches"), max_length=12, choices=Reach, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = LessonQuerySet.as_manager()

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text
