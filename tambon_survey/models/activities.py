"""Standout activities of a tambon, and their photos."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.model_fields import CleanCharField, CleanTextField, PartialDateField
from nakhon_network.lib.thai_text import loose_key, search_key
from organizations import access
from organizations.access import Level
from organizations.models import Help, Organization, User
from tambon_survey.answers import FIELDS
from tambon_survey.models.roster_rows import RosterQuerySet, RosterRow
from tambon_survey.models.submissions import State, Submission, Topic
from tambon_survey.models.written_names import BodyNamingQuerySet, NamesBody, index_by_body


class ReadAlong(models.Func):
    """A column that is compared where a row is read anyhow, so that SQLite does not go by its index."""

    template = "+%(expressions)s"
    arity = 1


class ActivityQuerySet(BodyNamingQuerySet):
    """Words about sets of activities."""

    def newest_judged(self):
        """Answers of the newest approved survey of each tambon."""
        newer = Submission.objects.judged().filter(
            tambon=models.OuterRef("submission__tambon"),
            round__opens_at__gt=models.OuterRef("submission__round__opens_at"),
        )
        judged = self.counted().filter(submission__state__in=[State.APPROVED, State.ACCEPTED])
        return judged.filter(~models.Exists(newer))

    def shared_with(self, user):
        """Those of tambon one works for; for everyone with a post those of the newest approved survey of each tambon.

        Of the latter a page shows title, tambon and what they look for, nothing more.
        """
        reach = access.of(user)
        if not reach.is_member:
            return self.none()
        inside = reach.areas(Level.TAMBON, prefix="submission__tambon__")
        return self.kept().filter(inside | models.Q(pk__in=Activity.objects.newest_judged().values("pk")))

    def latest(self):
        """Each once, as the last round that has it tells it: without those that a later round carried on."""
        onward = Activity.objects.kept().filter(carried_from=models.OuterRef("pk"))
        return self.filter(~models.Exists(onward))

    def searched_by(self, user):
        """The latest of those in `visible_to`; removed ones have no keys. Asked so that `activity_by_words` answers."""
        seen = Submission.objects.visible_to(user).values("pk")
        within = ReadAlong("submission", output_field=models.BigIntegerField())
        return self.alias(within=within).filter(within__in=seen).latest()

    def looking_for(self, kind: str):
        """Those that look for one kind of help."""
        return self.exclude(needs_other="") if kind == Help.OTHER else self.filter(**{f"needs_{kind}": True})

    def of_tambon(self, tambon):
        """Those of one tambon, whatever the round."""
        return self.filter(submission__tambon=tambon)

    def named(self):
        """Those kept that say what they are."""
        return self.kept().exclude(title="")

    def with_photo(self):
        """`photo`: the key of the first picture; `photo_count`: how many there are. The same query."""
        photos = ActivityPhoto.objects.filter(activity=models.OuterRef("pk"), is_removed=False)
        number = photos.order_by().values("activity").annotate(number=models.Count("pk")).values("number")
        return self.annotate(
            photo=models.Subquery(photos.order_by("position", "uploaded_at").values("pk")[:1]),
            photo_count=Coalesce(models.Subquery(number), 0),
        )

    def newest_first(self):
        """By round, the last first, and within it as the tambon arranged them."""
        return self.order_by("-submission__round__opens_at", "submission__tambon__sort_key", "position", "pk")

    def with_areas(self):
        """Round, tambon and what it lies in, in the same query."""
        return self.select_related(
            "submission__round", "submission__tambon__district__zone", "submission__tambon__district__province"
        )


class Activity(NamesBody, RosterRow):
    """กิจกรรมเด่น: what a tambon does well and could build on."""

    topic = Topic.ACTIVITIES
    answers = FIELDS["activities"]
    record, record_named_in = "organization", "group"
    keys = ("search_key", "loose_key", "body_key")

    submission = models.ForeignKey(
        Submission, verbose_name=_("submission"), on_delete=models.PROTECT, related_name="activities"
    )
    title = CleanCharField(_("activity"), max_length=200)
    what = CleanTextField(_("what is done"), max_length=2000, blank=True)
    group = CleanCharField(_("group behind it"), max_length=200, blank=True)
    since = PartialDateField(_("since"), blank=True, help_text=_("A year is enough, such as 2549."))
    households = models.PositiveIntegerField(_("households"), null=True, blank=True)
    people = models.PositiveIntegerField(_("people"), null=True, blank=True)
    next_step = CleanTextField(_("what to build on next"), max_length=1000, blank=True)
    needs_funding = models.BooleanField(_("needs funding"), default=False)
    needs_knowledge = models.BooleanField(_("needs knowledge"), default=False)
    needs_place = models.BooleanField(_("needs a place to learn"), default=False)
    needs_market = models.BooleanField(_("needs a market"), default=False)
    needs_other = CleanCharField(_("needs something else"), max_length=200, blank=True)
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("record of the group"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        db_index=False,  # the index by body begins with it
        related_name="activities",
    )
    search_key = models.CharField(max_length=401, default="", editable=False)
    loose_key = models.CharField(max_length=401, default="", editable=False)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("standout activity")
        verbose_name_plural = _("standout activities")
        indexes = [
            models.Index(fields=["submission", "position"], name="activity_in_order"),
            models.Index(
                fields=["carried_from"], name="activity_carried", condition=models.Q(carried_from__isnull=False)
            ),
            # All that a search reads of a row that does not match.
            models.Index(fields=["loose_key", "submission", "id"], name="activity_by_words"),
            index_by_body("activity_by_body"),
        ]

    def refresh_keys(self) -> None:
        """What it is found by: its title and the group behind it; nothing once it was removed. And the group's name."""
        names = [name for name in (self.title, self.group) if name and not self.is_removed]
        self.search_key = "\n".join(search_key(name) for name in names)
        self.loose_key = "\n".join(loose_key(name) for name in names)
        self.body_key = self.body_key_now()

    @property
    def kinds_looked_for(self) -> list[str]:
        """The kinds of help it looks for."""
        return [kind for kind in Help.values if getattr(self, f"needs_{kind}")]

    def get_absolute_url(self) -> str:
        """The activity's page."""
        return reverse("activity_page", args=[self.pk])

    def is_kept_by(self, user: User) -> bool:
        """Whether the user looks after what is asked and said about it."""
        return access.of(user).may_review(self.submission.tambon)


class PhotoQuerySet(RosterQuerySet):
    """Words about sets of photos."""

    def visible_to(self, user):
        """Those of the tambon one works for."""
        return self.filter(access.of(user).areas(Level.TAMBON, prefix="activity__submission__tambon__"))

    def of(self, submission: Submission):
        """Those of one submission that are kept, activity by activity."""
        found = self.kept().filter(activity__submission=submission, activity__is_removed=False)
        return found.select_related("activity").order_by("activity__position", "position")


class ActivityPhoto(models.Model):
    """A picture of an activity: re-encoded, without what the camera wrote into it, under a random name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(Activity, verbose_name=_("activity"), on_delete=models.PROTECT, related_name="photos")
    file = models.FileField(_("file"), upload_to="photos/")
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    original_name = models.CharField(_("name of the file"), max_length=255, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_removed = models.BooleanField(_("removed"), default=False, editable=False)
    uploaded_at = models.DateTimeField(_("uploaded at"), default=timezone.now, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("uploaded by"), on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo of an activity")
        verbose_name_plural = _("photos of activities")
        ordering = ["position", "uploaded_at"]

    def __str__(self) -> str:
        return self.original_name
