"""Photos and other files of a meeting, each with its own visibility."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.core.files.base import File
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models.meetings import Meeting, Visibility
from nakhon_network.lib.model_fields import CleanCharField
from organizations import access
from organizations.access import Level


class FileQuerySet(models.QuerySet):
    """Words about files of meetings."""

    def visible_to(self, user):
        """Kept ones of meetings one may read, as far as their own visibility goes; all for who manages."""
        reach = access.of(user)
        found = models.Q(visibility=Visibility.PUBLIC)
        if reach.is_member:
            found |= models.Q(visibility=Visibility.NETWORK)
        manages = reach.managed(Level.PROVINCE, prefix="meeting__province__")
        return self.kept().filter(manages | found & models.Q(meeting__in=Meeting.objects.visible_to(user)))

    def of_meeting(self, meeting: Meeting):
        """Those of one meeting."""
        return self.filter(meeting=meeting)

    def with_meeting(self):
        """The meeting and its province in the same query."""
        return self.select_related("meeting__province")

    def kept(self):
        """Without those that were taken away."""
        return self.filter(removed_at__isnull=True)


class MeetingFile(models.Model):
    """What a photo and an attachment share: a file under a random name, and what it was called."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    original_name = models.CharField(_("name of the file"), max_length=255, blank=True, editable=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0, editable=False)
    uploaded_at = models.DateTimeField(_("uploaded at"), default=timezone.now, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    removed_at = models.DateTimeField(_("removed at"), null=True, editable=False)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = FileQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["position", "uploaded_at", "pk"]

    def __str__(self) -> str:
        return self.original_name


class FileVisibility(models.TextChoices):
    """Who sees a photo or a file, never more than who may read the meeting."""

    HIDDEN = "draft", _("hidden: only who keeps the record")
    NETWORK = "network", _("the network")
    PUBLIC = "public", _("everybody")


class PictureFile(MeetingFile):
    """What photos of different things share: a picture written anew, without what the camera noted.

    A model of its own for each kind of thing names the column that leads to its owner, and by which address it is seen.
    """

    owner_name: ClassVar[str] = ""
    photo_address: ClassVar[str] = ""

    file = models.FileField(_("file"), upload_to="meetings/photos/", editable=False)
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    caption = CleanCharField(_("caption"), max_length=300, blank=True)
    visibility = models.CharField(_("who may see it"), max_length=10, choices=FileVisibility, default="network")

    class Meta(MeetingFile.Meta):
        abstract = True

    @property
    def owner(self) -> Any:
        """The thing it is a photo of."""
        return getattr(self, self.owner_name)

    @property
    def small_name(self) -> str:
        """Where the small picture is kept, beside the large one."""
        folder, _slash, name = str(self.file.name).rpartition("/")
        return f"{folder}/small/{name}"

    def open_file(self, *, small: bool) -> File:
        """The picture, or the small one where there is one."""
        storage = self.file.storage
        name = self.small_name if small and storage.exists(self.small_name) else str(self.file.name)
        return storage.open(name, "rb")

    def get_absolute_url(self) -> str:
        """The picture itself."""
        return reverse(self.photo_address, args=[self.pk])


class MeetingPhoto(PictureFile):
    """A picture of a meeting."""

    owner_name, photo_address = "meeting", "meeting_photo"

    meeting = models.ForeignKey(
        Meeting, verbose_name=_("meeting"), on_delete=models.PROTECT, related_name="photos", editable=False
    )

    class Meta(PictureFile.Meta):
        verbose_name = _("photo of a meeting")
        verbose_name_plural = _("photos of meetings")


class Attachment(MeetingFile):
    """A document of a meeting: the programme, a paper, a recording's transcript."""

    class Kind(models.TextChoices):
        """What the document is."""

        AGENDA = "agenda", _("agenda or programme")
        DOCUMENT = "document", _("document of the meeting")
        OTHER = "other", _("other")

    meeting = models.ForeignKey(
        Meeting, verbose_name=_("meeting"), on_delete=models.PROTECT, related_name="attachments", editable=False
    )
    file = models.FileField(_("file"), upload_to="meetings/files/", editable=False)
    size = models.PositiveIntegerField(_("size in bytes"), editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.DOCUMENT)
    title = CleanCharField(_("title"), max_length=200, blank=True)
    visibility = models.CharField(_("who may see it"), max_length=10, choices=FileVisibility, default="network")

    class Meta(MeetingFile.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    @property
    def name(self) -> str:
        """Its title, or the name of the file."""
        return self.title or self.original_name

    def get_absolute_url(self) -> str:
        """The document itself."""
        return reverse("attachment", args=[self.pk])
