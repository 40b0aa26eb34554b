"""The shelf: stories, lessons and learning media, each of one tambon or of the whole province."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models import FileVisibility, Meeting, Tag, Visibility
from meetings.models.files import FileQuerySet, PictureFile
from nakhon_network.lib.model_fields import CleanCharField, CleanTextField, PartialDateField, SortKeyField
from nakhon_network.lib.thai_text import loose_key, search_key, sort_key
from organizations import access
from organizations.access import Level
from organizations.models import District, Province, Tambon, Theme, User, Zone
from organizations.models.named import NamedQuerySet
from tambon_survey.models.activities import Activity


class StoryQuerySet(NamedQuerySet):
    """Words about sets of stories."""

    def visible_to(self, user):
        """Public ones for everybody, the network's for who holds a post, drafts for who works for the place."""
        reach = access.of(user)
        found = models.Q(visibility=Visibility.PUBLIC)
        if reach.is_member:
            found |= models.Q(visibility=Visibility.NETWORK)
        own = reach.areas(Level.TAMBON, prefix="tambon__") | reach.managed(Level.PROVINCE, prefix="province__")
        return self.kept().filter(found | own)

    def kept(self):
        """Without those that were taken down."""
        return self.filter(removed_at__isnull=True)

    def of_tambon(self, tambon: Tambon):
        """Those of one tambon."""
        return self.filter(tambon=tambon)

    def in_district(self, district: District):
        """Those of a district's tambon."""
        return self.filter(tambon__district=district)

    def in_zone(self, zone: Zone):
        """Those of the tambon of a zone's districts."""
        return self.filter(tambon__district__zone=zone)

    def of_province(self, province: Province):
        """Those of one province, its tambon included."""
        return self.filter(province=province)

    def of_key(self, key: int):
        """The one with that key, or none."""
        return self.filter(pk=key)

    def of_activity(self, activity: Activity):
        """Those that tell of one activity."""
        return self.filter(activity=activity)

    def of_meeting(self, meeting: Meeting):
        """Those that tell of one meeting."""
        return self.filter(meeting=meeting)

    def of_kind(self, kind: str):
        """Those of one kind; all for an empty text."""
        return self.filter(kind=kind) if kind else self

    def of_theme(self, code: str):
        """Those about one theme; all for an empty text."""
        return self.filter(themes=code) if code else self

    def tagged(self, key: str):
        """Those with a tag; all for an empty text."""
        return self.filter(tags__key=key) if key else self

    def tambons(self):
        """The tambon they belong to, in Thai order."""
        return Tambon.objects.filter(stories__in=self).distinct().with_areas().in_thai_order()

    def of_tambon_code(self, code: str):
        """Those of the tambon with that code; all for an empty text."""
        return self.filter(tambon=code) if code else self

    def newest_first(self):
        """As they came onto the shelf, the last first."""
        return self.order_by("-written_at", "-pk")

    def with_facts(self):
        """Where it belongs and who wrote it, in the same query."""
        return self.select_related(
            "province", "tambon__district__zone", "tambon__district__province", "written_by__person"
        )


class Story(models.Model):
    """A story, a lesson, or a film, paper or page to learn from; what belongs to somebody else names its licence."""

    class Kind(models.TextChoices):
        """What stands on the shelf."""

        STORY = "story", _("story")
        LESSON = "lesson", _("lesson")
        FILM = "film", _("film")
        DOCUMENT = "document", _("document")
        LINK = "link", _("link")

    province = models.ForeignKey(
        Province, verbose_name=_("province"), on_delete=models.PROTECT, related_name="stories", editable=False
    )
    tambon = models.ForeignKey(
        Tambon, verbose_name=_("tambon"), on_delete=models.PROTECT, null=True, blank=True, related_name="stories"
    )
    activity = models.ForeignKey(
        Activity, verbose_name=_("activity"), on_delete=models.PROTECT, null=True, blank=True, related_name="stories"
    )
    meeting = models.ForeignKey(
        Meeting, verbose_name=_("meeting"), on_delete=models.PROTECT, null=True, blank=True, related_name="stories"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.STORY)
    title = CleanCharField(_("title"), max_length=200)
    text = CleanTextField(
        _("text"), max_length=20_000, blank=True, help_text=_("In your own words. An empty line begins a paragraph.")
    )
    happened_on = PartialDateField(_("when it happened"), blank=True, help_text=_("A year is enough, such as 2549."))
    credit = CleanCharField(
        _("credit"), max_length=200, blank=True, help_text=_("Who made it or told it, as they want to be named.")
    )
    source_url = models.URLField(
        _("address of the source"), max_length=500, blank=True, help_text=_("Begins with https:// or http://.")
    )
    licence = CleanCharField(
        _("licence"),
        max_length=200,
        blank=True,
        help_text=_("What others may do with it, such as CC BY 4.0, or: all rights reserved, only linked to."),
    )
    themes = models.ManyToManyField(Theme, verbose_name=_("themes"), blank=True, related_name="stories")
    tags = models.ManyToManyField(Tag, verbose_name=_("tags"), blank=True, related_name="stories")
    visibility = models.CharField(_("who may read it"), max_length=10, choices=Visibility, default="draft")
    is_sample = models.BooleanField(_("sample, not a real story"), default=False, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)
    written_at = models.DateTimeField(_("written at"), default=timezone.now, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    removed_at = models.DateTimeField(_("taken down at"), null=True, editable=False)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("taken down by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    sort_key = SortKeyField()
    search_key = models.TextField(editable=False)
    loose_key = models.TextField(editable=False)

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        indexes = [
            models.Index(fields=["-written_at", "-id"], name="story_by_day"),
            models.Index(fields=["tambon", "-written_at"], name="story_of_tambon_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(source_url="")
                | models.Q(source_url__startswith="https://")
                | models.Q(source_url__startswith="http://"),
                name="story_source_on_the_web",
                violation_error_message=_("The address begins with https:// or http://."),
            ),
            models.CheckConstraint(
                condition=models.Q(source_url="") | ~models.Q(licence=""),
                name="story_source_with_licence",
                violation_error_message=_("Say what the licence of the source is."),
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="link") | ~models.Q(source_url=""),
                name="story_link_leads_somewhere",
                violation_error_message=_("A link needs its address."),
            ),
            models.CheckConstraint(
                condition=models.Q(activity=None) | models.Q(tambon__isnull=False),
                name="story_of_activity_has_tambon",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @staticmethod
    def reading(text: str) -> str:
        """How a typed text is compared with title and text: the strict form."""
        return search_key(text)

    @property
    def area(self) -> Tambon | Province:
        """The place it belongs to."""
        return self.tambon or self.province

    def may_be_written_by(self, user: User) -> bool:
        """Whether the user works for the place; what everybody reads is changed only by who may publish it."""
        is_public = self.visibility == Visibility.PUBLIC
        return self.may_be_published_by(user) if is_public else access.of(user).may_work_for(self.area)

    def may_be_published_by(self, user: User) -> bool:
        """Whether the user may let everybody read it: who judges what the place sends."""
        return access.of(user).may_review(self.area)

    def is_kept_by(self, user: User) -> bool:
        """Whether the user looks after what is asked and said about it."""
        return access.of(user).may_review(self.area)

    def refresh_keys(self) -> None:
        """Compute the keys from title and text; `save` does it, bulk writers must call it."""
        texts = [text for text in (self.title, self.text) if text]
        self.sort_key = sort_key(self.title)
        self.search_key = "\n".join(search_key(text) for text in texts)
        self.loose_key = "\n".join(loose_key(text) for text in texts)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with fresh keys."""
        self.refresh_keys()
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "sort_key", "search_key", "loose_key"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The story's page."""
        return reverse("story_page", args=[self.pk])


class StoryPhotoQuerySet(FileQuerySet):
    """Words about sets of photos of stories."""

    def visible_to(self, user):
        """Kept ones of stories one may read, as far as their own visibility goes; all for who works for the place."""
        reach = access.of(user)
        found = models.Q(visibility=FileVisibility.PUBLIC)
        if reach.is_member:
            found |= models.Q(visibility=FileVisibility.NETWORK)
        own = reach.areas(Level.TAMBON, prefix="story__tambon__") | reach.managed(
            Level.PROVINCE, prefix="story__province__"
        )
        return self.kept().filter(found | own, story__in=Story.objects.visible_to(user))

    def with_story(self):
        """The story and its place in the same query."""
        return self.select_related("story__province", "story__tambon__district__province")


class StoryPhoto(PictureFile):
    """A picture of a story."""

    owner_name, photo_address = "story", "story_photo"

    story = models.ForeignKey(
        Story, verbose_name=_("story"), on_delete=models.PROTECT, related_name="photos", editable=False
    )
    file = models.FileField(_("file"), upload_to="stories/photos/", editable=False)

    objects = StoryPhotoQuerySet.as_manager()

    class Meta(PictureFile.Meta):
        verbose_name = _("photo of a story")
        verbose_name_plural = _("photos of stories")
