"""What the directory knows of a body: what it offers and needs, how to reach it, and how bodies stand to each other."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.model_fields import BoundedDateField, CleanCharField, CleanTextField, date_bounds_constraint
from nakhon_network.lib.phones import format_phone
from organizations.models.organizations import Organization
from organizations.models.people import Contact, Person
from organizations.models.themes import Theme, help_field


class DatedQuerySet(models.QuerySet):
    """Words about rows that hold from a day to a day, either of which may be open."""

    def in_force(self, day: date):
        """Those that hold on `day`: begun, and not ended before it."""
        begun = models.Q(starts_on__isnull=True) | models.Q(starts_on__lte=day)
        return self.filter(begun, models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=day))

    def of_help(self, kind: str):
        """Those of one kind of help."""
        return self.filter(kind=kind)


class Dated(models.Model):
    """From `starts_on` to `ends_on`, both included; empty: open."""

    starts_on = BoundedDateField(_("from"), null=True, blank=True)
    ends_on = BoundedDateField(_("until"), null=True, blank=True, help_text=_("The last day; empty: no end."))

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_on__isnull=True)
                | models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="%(class)s_ends_after_it_starts",
                violation_error_message=_("The last day must not lie before the first."),
            ),
            date_bounds_constraint("starts_on"),
            date_bounds_constraint("ends_on"),
        ]

    def holds(self, day: date) -> bool:
        """Whether it holds on `day`."""
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or day <= self.ends_on)


class Exchange(Dated):
    """What an offer and a need share."""

    kind = help_field()
    text = CleanCharField(_("what"), max_length=300)
    themes = models.ManyToManyField(Theme, verbose_name=_("themes"), blank=True, related_name="%(class)ss")

    class Meta(Dated.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.text


class Offer(Exchange):
    """What a body offers others, with its conditions. Without themes it is meant for any."""

    organization = models.ForeignKey(
        Organization, verbose_name=_("organization"), on_delete=models.PROTECT, related_name="offers"
    )
    conditions = CleanTextField(_("conditions"), max_length=1000, blank=True)

    class Meta(Exchange.Meta):
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        indexes = [models.Index(fields=["kind", "ends_on"], name="offer_by_help_and_day")]


class Need(Exchange):
    """What a body looks for."""

    organization = models.ForeignKey(
        Organization, verbose_name=_("organization"), on_delete=models.PROTECT, related_name="needs"
    )

    class Meta(Exchange.Meta):
        verbose_name = _("need")
        verbose_name_plural = _("needs")


class Relation(Dated):
    """How one body stands to another, for a time; read from both ends."""

    class Kind(models.TextChoices):
        """What the first is to the second."""

        MEMBER_OF = "member_of", _("is a member of")
        SUPPORTS = "supports", _("supports")
        WORKS_WITH = "works_with", _("works with")

    kind = models.CharField(_("relation"), max_length=12, choices=Kind)
    organization = models.ForeignKey(
        Organization, verbose_name=_("organization"), on_delete=models.PROTECT, related_name="relations"
    )
    other = models.ForeignKey(
        Organization, verbose_name=_("other organization"), on_delete=models.PROTECT, related_name="relations_back"
    )
    note = CleanCharField(_("note"), max_length=300, blank=True)

    class Meta(Dated.Meta):
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=~models.Q(organization=models.F("other")),
                name="relation_between_two",
                violation_error_message=_("A relation joins two different organizations."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.get_kind_display()} {self.other}"


class OrganizationContact(models.Model):
    """One way to reach a body, and who may see it. It may name the person to ask for."""

    organization = models.ForeignKey(
        Organization, verbose_name=_("organization"), on_delete=models.PROTECT, related_name="contacts"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Contact.Kind, default=Contact.Kind.PHONE)
    value = CleanCharField(_("number or address"), max_length=200)
    extension = models.CharField(_("extension"), max_length=10, blank=True)
    whom_to_ask = CleanCharField(_("whom to ask for"), max_length=200, blank=True)
    visibility = models.CharField(
        _("who may see it"), max_length=15, choices=Contact.Visibility, default=Contact.Visibility.COORDINATORS
    )
    confirmed_at = models.DateTimeField(_("last confirmed at"), default=timezone.now, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("last confirmed by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        verbose_name = _("contact of an organization")
        verbose_name_plural = _("contacts of organizations")
        ordering = ["kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "kind", "value"],
                name="organization_contact_once",
                violation_error_message=_("This organization already has that contact."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.value}"

    @property
    def shown_value(self) -> str:
        """The value as people write it: telephones in groups, with their extension."""
        phone = self.kind == Contact.Kind.PHONE
        return format_phone(self.value, extension=self.extension) if phone else self.value


class Knowledge(models.Model):
    """ผู้รู้: a person knows a theme, in words of what they can teach or be asked about."""

    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="knowledge")
    theme = models.ForeignKey(Theme, verbose_name=_("theme"), on_delete=models.PROTECT, related_name="knowledge")
    text = CleanCharField(_("what they know"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("knowledge of a person")
        verbose_name_plural = _("knowledge of persons")
        ordering = ["theme", "pk"]
        constraints = [models.UniqueConstraint(fields=["person", "theme"], name="knowledge_once")]

    def __str__(self) -> str:
        return f"{self.person} · {self.theme}"
