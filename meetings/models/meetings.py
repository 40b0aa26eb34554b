"""Meetings, their series, and the chain from one to the next."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models.series import Series, Tag
from nakhon_network.lib.model_fields import (
    BoundedDateField,
    CleanCharField,
    CleanTextField,
    PartialDateField,
    SortKeyField,
    date_bounds_constraint,
)
from nakhon_network.lib.thai_dates import PartialDate
from nakhon_network.lib.thai_text import loose_key, search_key, sort_key
from organizations import access
from organizations.access import Level
from organizations.models import Organization, Post, Province, Tambon, User, Zone
from organizations.models.named import NamedQuerySet


def whole_day(found: PartialDate | None) -> date | None:
    """The day of a partial date, where year, month and day are known."""
    if not found or found.year is None or found.month is None or found.day is None:
        return None
    return date(found.year, found.month, found.day)


class Visibility(models.TextChoices):
    """Who may read a thing of a meeting."""

    DRAFT = "draft", _("draft: only who keeps the record")
    NETWORK = "network", _("the network")
    PUBLIC = "public", _("everybody")


class MeetingQuerySet(NamedQuerySet):
    """Words about sets of meetings."""

    def visible_to(self, user):
        """Public ones for everybody, the network's for who holds a post, drafts for who manages the province."""
        reach = access.of(user)
        found = models.Q(visibility=Visibility.PUBLIC)
        if reach.is_member:
            found |= models.Q(visibility=Visibility.NETWORK)
        return self.filter(found | reach.managed(Level.PROVINCE, prefix="province__"))

    def newest_first(self):
        """By day, the last first; those without a day at the end."""
        return self.order_by("-held_on", "-starts_at", "-pk")

    def with_facts(self):
        """What a line or a page says of a meeting, in the same query."""
        return self.select_related("province", "series", "convened_by", "venue_tambon__district__province")

    def of_kind(self, kind: str):
        """Those of one kind; all for an empty text."""
        return self.filter(kind=kind) if kind else self

    def tagged(self, key: str):
        """Those with a tag; all for an empty text."""
        return self.filter(tags__key=key) if key else self

    def that_may_adopt(self, meeting: Meeting, *, today: date):
        """Later meetings of the province that took place, on a day that is known: they adopt its minutes."""
        held = self.filter(province=meeting.province_id, held_on__regex=r"^.{10}$", held_on__lte=today.isoformat())
        return held.filter(held_on__gte=meeting.held_on.to_iso()).exclude(pk=meeting.pk).newest_first()

    def from_day(self, day: date):
        """Those known to be held on `day` or later."""
        return self.filter(held_on__gte=day.isoformat())

    def in_year(self, year: int | None):
        """Those of one Gregorian year; all for None."""
        return self.filter(held_on__startswith=f"{year:04}") if year else self

    def years(self):
        """The Gregorian years in which any was held, the last first."""
        texts = self.exclude(held_on="").annotate(year=Substr("held_on", 1, 4)).order_by("-year")
        return [int(text) for text in texts.values_list("year", flat=True).distinct()]

    def of_province(self, province: Province):
        """Those of one province."""
        return self.filter(province=province)

    def convened_by_body(self, organization: Organization):
        """Those one body convened."""
        return self.filter(convened_by=organization)

    def held_in(self, tambon: Tambon):
        """Those whose venue lies in the tambon."""
        return self.filter(venue_tambon=tambon)

    def of_key(self, key: int | None):
        """The one with that key, or none."""
        return self.filter(pk=key)

    def on_theme(self, code: str):
        """Forums about one theme; all for an empty text."""
        return self.filter(forum__themes=code) if code else self

    def hosted_by(self, organization: Organization | None):
        """Forums at home with a body: it hosts them, or convened them where no host is named; all for None."""
        if organization is None:
            return self
        convened = models.Q(forum=None) | models.Q(forum__host=None)
        return self.filter(models.Q(forum__host=organization) | convened & models.Q(convened_by=organization))

    def with_host(self):
        """What is written of it as a forum, with its host, in the same query."""
        return self.with_facts().select_related("forum__host")

    def with_forum(self):
        """What a line says of a forum: its host in the same query, its themes in one more."""
        return self.with_host().prefetch_related("forum__themes")

    def held_in_zone(self, zone: Zone):
        """Those whose venue lies in the zone."""
        return self.filter(venue_tambon__district__zone=zone)

    def other_than(self, meeting: Meeting):
        """All but one."""
        return self.exclude(pk=meeting.pk)

    def beside(self, meeting: Meeting):
        """Those linked with a meeting either way, and the others of its series."""
        found = models.Q(links_onward__later=meeting.pk) | models.Q(links_back__earlier=meeting.pk)
        if meeting.pk is None:
            found = models.Q(pk__in=[])
        if meeting.series_id is not None:
            found |= models.Q(series=meeting.series_id)
        return self.filter(found).exclude(pk=meeting.pk).distinct()


class Meeting(models.Model):
    """One meeting, from a name without a day to a full record. What is not known stays empty.

    `held_on` may lack its day or month, or everything; `ends_on` is the last day of one that takes several.
    """

    class Kind(models.TextChoices):
        """What kind of meeting it is."""

        DIALOGUE = "dialogue", _("dialogue meeting")
        PLANNING = "planning", _("planning meeting")
        WORKING = "working", _("working session")
        WORKSHOP = "workshop", _("workshop")
        FORUM = "forum", _("learning forum")
        PREPARATORY = "preparatory", _("preparatory meeting")

    class Format(models.TextChoices):
        """How people come together."""

        IN_PERSON = "in_person", _("in one place")
        ONLINE = "online", _("online")
        MIXED = "mixed", _("in one place and online")

    province = models.ForeignKey(
        Province, verbose_name=_("province"), on_delete=models.PROTECT, related_name="meetings", editable=False
    )
    series = models.ForeignKey(
        Series, verbose_name=_("series"), on_delete=models.PROTECT, null=True, blank=True, related_name="meetings"
    )
    number = models.PositiveSmallIntegerField(
        _("meeting number"), null=True, blank=True, help_text=_("Leave empty when it is not known.")
    )
    number_year = models.PositiveSmallIntegerField(_("year of the number"), default=0, editable=False)
    title = CleanCharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.DIALOGUE)
    format = models.CharField(_("format"), max_length=10, choices=Format, blank=True)
    convened_by = models.ForeignKey(
        Organization, verbose_name=_("convened by"), on_delete=models.PROTECT, null=True, related_name="meetings"
    )
    held_on = PartialDateField(
        _("day"), blank=True, help_text=_("25 ธ.ค. 2549, or only ธ.ค. 2549 or 2549; empty when it is not known.")
    )
    ends_on = BoundedDateField(_("last day"), null=True, blank=True, help_text=_("Only for several days."))
    starts_at = models.TimeField(_("starts at"), null=True, blank=True)
    ends_at = models.TimeField(_("ends at"), null=True, blank=True)
    venue = CleanCharField(_("venue"), max_length=200, blank=True, help_text=_("Name of the place and the road."))
    venue_tambon = models.ForeignKey(
        Tambon,
        verbose_name=_("tambon of the venue"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings_held",
    )
    head_count = models.PositiveIntegerField(_("number of people"), null=True, blank=True)
    head_count_is_approximate = models.BooleanField(_("approximately"), default=False)
    purpose = CleanTextField(
        _("purpose"), max_length=2000, blank=True, help_text=_("What it is for, and what is needed for it.")
    )
    summary = CleanTextField(_("summary"), max_length=5000, blank=True)
    secretary_note = CleanTextField(
        _("secretary's note"), max_length=5000, blank=True, help_text=_("The writer's own remarks; no resolution.")
    )
    source_url = models.URLField(_("source"), max_length=500, blank=True)
    source_licence = CleanCharField(_("licence of the source"), max_length=200, blank=True)
    written_at = models.DateTimeField(_("report written at"), null=True, blank=True)
    edited_at = models.DateTimeField(_("report last edited at"), null=True, blank=True)
    visibility = models.CharField(_("who may read it"), max_length=10, choices=Visibility, default="draft")
    is_sample = models.BooleanField(_("sample, not a real meeting"), default=False, editable=False)
    expected_posts = models.ManyToManyField(
        Post, verbose_name=_("expected posts"), blank=True, related_name="meetings_expected_at"
    )
    tags = models.ManyToManyField(Tag, verbose_name=_("tags"), blank=True, related_name="meetings")
    revision = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("entered at"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    sort_key = SortKeyField()
    search_key = models.CharField(max_length=430, editable=False)
    loose_key = models.CharField(max_length=430, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        indexes = [models.Index(fields=["-held_on", "-id"], name="meeting_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "number_year", "number"],
                name="meeting_number_once",
                condition=models.Q(number__isnull=False),
                violation_error_message=_("Another meeting of the series has this number."),
            ),
            date_bounds_constraint("ends_on"),
        ]

    def __str__(self) -> str:
        return f"{self.title} · {self.held_on}" if self.held_on else self.title

    @staticmethod
    def reading(text: str) -> str:
        """How a typed text is compared with titles: the strict form."""
        return search_key(text)

    @property
    def day(self) -> date | None:
        """The day itself, where it is known whole."""
        return whole_day(self.held_on)

    @property
    def is_adopted(self) -> bool:
        """Whether the newest minutes are adopted, so that the record stands as it is. One query."""
        newest = self.minutes.order_by("-revision").values_list("state", flat=True).first()
        return newest == "adopted"

    @property
    def number_text(self) -> str:
        """`3/2549`, `3` where the count never starts again, or nothing."""
        if self.number is None:
            return ""
        return f"{self.number}/{self.number_year}" if self.number_year else str(self.number)

    def year_of_number(self) -> int:
        """The Buddhist year the number counts in; 0 without a number or a year, or where the count never restarts."""
        if self.number is None:
            return 0
        if self.series is not None and self.series.numbering == Series.Numbering.CONTINUOUS:
            return 0
        if self.day is not None and self.series is not None:
            return self.series.year_of(self.day)
        year = self.held_on.year if self.held_on else None
        return year + 543 if year else 0

    def shares_its_number(self) -> bool:
        """Whether another meeting of the series has the same number in the same year."""
        if self.series is None or self.number is None:
            return False
        same = self.series.meetings.filter(number=self.number, number_year=self.year_of_number())
        return same.exclude(pk=self.pk).exists()

    def has_taken_place(self) -> bool:
        """Whether something is recorded that only a meeting of the past has. At most two queries."""
        return self.head_count is not None or self.attendance.exists() or self.resolutions.exists()

    def refresh_keys(self) -> None:
        """Compute the keys from title, number and venue; `save` does it, bulk writers must call it."""
        self.sort_key = sort_key(self.title)
        names = [name for name in (self.title, self.number_text, self.venue) if name]
        self.search_key = "\n".join(search_key(name) for name in names)
        self.loose_key = "\n".join(loose_key(name) for name in names)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with fresh keys."""
        self.refresh_keys()
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "sort_key", "search_key", "loose_key"}
        super().save(*args, **kwargs)

    def is_kept_by(self, user: User) -> bool:
        """Whether the user keeps its record."""
        return access.of(user).may_manage(self.province)

    def get_absolute_url(self) -> str:
        """The meeting's page."""
        return reverse("meeting_page", args=[self.pk])


class MeetingLinkQuerySet(models.QuerySet):
    """Words about sets of links."""

    def around(self, meeting: Meeting):
        """Those that lead to a meeting or away from it, both ends in the same query."""
        found = models.Q(earlier=meeting) | models.Q(later=meeting)
        return self.filter(found).select_related("earlier", "later")

    def visible_to(self, user):
        """Those of which one may read both ends."""
        seen = Meeting.objects.visible_to(user)
        return self.filter(earlier__in=seen, later__in=seen)

    def with_minutes(self):
        """`minutes_state` of the earlier meeting's newest revision (None: not written), `has_decided`: it resolved."""
        earlier = Meeting.objects.filter(pk=models.OuterRef("earlier"))
        newest = earlier.order_by("-minutes__revision").values("minutes__state")[:1]
        decided = earlier.filter(resolutions__isnull=False, resolutions__withdrawn_at__isnull=True)
        return self.annotate(minutes_state=models.Subquery(newest), has_decided=models.Exists(decided))


class MeetingLink(models.Model):
    """One meeting leads to a later one."""

    class Kind(models.TextChoices):
        """What the later meeting is to the earlier one."""

        CONTINUES = "continues", _("continues it")
        PREPARED_BY = "prepared_by", _("was prepared by it")
        ORDERED_BY = "ordered_by", _("was ordered by it")
        REPORTS_TO = "reports_to", _("reports to it")

    earlier = models.ForeignKey(
        Meeting, verbose_name=_("earlier meeting"), on_delete=models.PROTECT, related_name="links_onward"
    )
    later = models.ForeignKey(
        Meeting, verbose_name=_("later meeting"), on_delete=models.PROTECT, related_name="links_back"
    )
    kind = models.CharField(_("the later one"), max_length=12, choices=Kind, default=Kind.CONTINUES)

    objects = MeetingLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link between meetings")
        verbose_name_plural = _("links between meetings")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["earlier", "later"], name="meeting_link_once"),
            models.CheckConstraint(condition=~models.Q(earlier=models.F("later")), name="meeting_not_after_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.earlier} → {self.later}"
