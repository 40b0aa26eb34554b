"""The agenda of a meeting, and its goals."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meetings.models.meetings import Meeting
from nakhon_network.lib.model_fields import CleanCharField, CleanTextField
from organizations import access


class Section(models.TextChoices):
    """What an agenda item is for; the official form has one of each."""

    INFORM = "inform", _("matters to be informed of")
    ADOPT = "adopt", _("adopting minutes")
    ARISING = "arising", _("matters arising")
    CONSIDER = "consider", _("matters to be considered")
    OTHER = "other", _("other matters")


# The official form of minutes (Office of the Prime Minister, 2526 BE): section, heading.
OFFICIAL_ITEMS = (
    (Section.INFORM, "เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ"),
    (Section.ADOPT, "เรื่องรับรองรายงานการประชุม"),
    (Section.ARISING, "เรื่องสืบเนื่อง"),
    (Section.CONSIDER, "เรื่องเสนอให้ที่ประชุมพิจารณา"),
    (Section.OTHER, "เรื่องอื่น ๆ"),
)


class AgendaTemplateQuerySet(models.QuerySet):
    """Words about sets of agenda templates."""

    def visible_to(self, user):
        """All for who manages a province; none for others."""
        return self if access.of(user).is_staff else self.none()

    def default(self):
        """The one that is used unless another is chosen; the official form is written down at its first use."""
        known = self.order_by("-is_default", "pk").first()
        if known is not None:
            return known
        made = self.create(name="แบบรายงานการประชุมห้าวาระ", is_default=True)
        for position, (section, title) in enumerate(OFFICIAL_ITEMS, start=1):
            made.items.create(position=position, section=section, title=title)
        return made


class AgendaTemplate(models.Model):
    """The items that agendas of a body start with. The official form of five items is the default."""

    name = CleanCharField(_("name"), max_length=100, unique=True)
    is_default = models.BooleanField(_("used unless another is chosen"), default=False)

    objects = AgendaTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("agenda template")
        verbose_name_plural = _("agenda templates")
        ordering = ["-is_default", "pk"]

    def __str__(self) -> str:
        return self.name


class AgendaTemplateItem(models.Model):
    """One item of a template."""

    template = models.ForeignKey(
        AgendaTemplate, verbose_name=_("agenda template"), on_delete=models.CASCADE, related_name="items"
    )
    position = models.PositiveSmallIntegerField(_("position"))
    section = models.CharField(_("what it is for"), max_length=10, choices=Section)
    title = CleanCharField(_("title"), max_length=200)

    class Meta:
        verbose_name = _("item of an agenda template")
        verbose_name_plural = _("items of agenda templates")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["template", "position"], name="template_item_position_once")]

    def __str__(self) -> str:
        return self.title


class AgendaItemQuerySet(models.QuerySet):
    """Words about sets of agenda items."""

    def visible_to(self, user):
        """Those of meetings one may read, with the meeting in the same query."""
        seen = Meeting.objects.visible_to(user)
        return self.filter(meeting__in=seen).select_related("meeting__province", "parent")

    def headings(self):
        """The numbered items themselves, without the matters under them."""
        return self.filter(parent=None)


class AgendaItem(models.Model):
    """An item of a meeting's agenda (`parent` empty), or a matter under one: ๑ and ๑.๑."""

    class Outcome(models.TextChoices):
        """The verb of what the meeting did with it."""

        ACKNOWLEDGED = "acknowledged", pgettext_lazy("the meeting", "acknowledged")
        ADOPTED = "adopted", pgettext_lazy("the meeting", "adopted")
        AGREED = "agreed", pgettext_lazy("the meeting", "agreed")
        APPROVED = "approved", pgettext_lazy("the meeting", "approved")

    meeting = models.ForeignKey(Meeting, verbose_name=_("meeting"), on_delete=models.PROTECT, related_name="agenda")
    parent = models.ForeignKey(
        "self", verbose_name=_("under"), on_delete=models.PROTECT, null=True, blank=True, related_name="matters"
    )
    position = models.PositiveSmallIntegerField(_("position"))
    section = models.CharField(_("what it is for"), max_length=10, choices=Section)
    title = CleanCharField(_("title"), max_length=200)
    discussion = CleanTextField(_("discussion"), max_length=10000, blank=True)
    outcome = models.CharField(_("the meeting"), max_length=12, choices=Outcome, blank=True)
    outcome_text = CleanTextField(_("outcome in words"), max_length=2000, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title


class GoalQuerySet(models.QuerySet):
    """Words about sets of goals."""

    def visible_to(self, user):
        """Those of meetings one may read."""
        return self.filter(meeting__in=Meeting.objects.visible_to(user))

    def with_facts(self):
        """Meeting and province in the same query."""
        return self.select_related("meeting__province")


class Goal(models.Model):
    """What a meeting is to reach, in order. Without a resolution it has none yet, and says so."""

    meeting = models.ForeignKey(Meeting, verbose_name=_("meeting"), on_delete=models.PROTECT, related_name="goals")
    position = models.PositiveSmallIntegerField(_("position"))
    title = CleanCharField(_("goal"), max_length=300)
    discussion = CleanTextField(_("discussion"), max_length=10000, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = GoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title

    def has_resolution(self) -> bool:
        """Whether a resolution hangs on it, a withdrawn one too. One query."""
        return self.resolutions.exists()
