"""What the directory knows of a body: what it offers and needs, how to reach it, and how bodies stand to each other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.model_fields import BoundedDateField, CleanCharField, CleanTextField, date_bounds_constraint
from nakhon_network.lib.phones import format_phone
from organizations import access
from organizations.models.organizations import Organization
from organizations.models.people import Contact, Person
from organizations.models.themes import Theme, help_field


class DatedQuerySet(models.QuerySet):
    """Words about rows that hold from a day to a day, either of which may be open."""

    def visible_to(self, user):
        """The directory is read by whoever holds a post."""
        return self if access.of(user).is_member else self.none()

    def in_force(self, day: date):
        """Those that hold on `day`: begun, and not ended before it."""
        begun = models.Q(starts_on__isnull=True) | models.Q(starts_on__lte=day)
        return self.filter(begun, models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=day))

    def of_help(self, kind: str):
        """Those of one kind of help."""
        return self.filter(kind=kind)

    def latest_first(self):
        """Those without an end first, with their themes."""
        return self.prefetch_related("themes").order_by(models.F("ends_on").desc(nulls_first=True), "pk")


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


class RelationQuerySet(DatedQuerySet):
    """Words about sets of relations."""

    def around(self, organization: Organization):
        """Those that begin or end at the body, with both ends read."""
        either = models.Q(organization=organization) | models.Q(other=organization)
        return self.filter(either).select_related("organization", "other").order_by("kind", "pk")

    def with_other(self):
        """Both ends in the same query."""
        return self.select_related("organization", "other")

    def overlapping(self, other: Relation):
        """Those that hold on a day on which `other` holds too."""
        found = self.exclude(pk=other.pk)
        if other.starts_on:
            found = found.filter(models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=other.starts_on))
        if other.ends_on:
            found = found.filter(models.Q(starts_on__isnull=True) | models.Q(starts_on__lte=other.ends_on))
        return found


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

    objects = RelationQuerySet.as_manager()

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

    def words(self, *, onward: bool) -> str:
        """What stands before the name of the other end, read from the first end (`onward`) or from the second."""
        back = {self.Kind.MEMBER_OF: _("has as a member"), self.Kind.SUPPORTS: _("is supported by")}
        return str(self.get_kind_display() if onward else back.get(self.Kind(self.kind), self.get_kind_display()))


class OrganizationContactQuerySet(models.QuerySet):
    """Words about sets of contacts of organizations."""

    def visible_to(self, user):
        """Those shared with the network for whoever holds a post; the others for who keeps the record."""
        reach = access.of(user)
        if not reach.is_member:
            return self.none()
        shared = models.Q(visibility__in=[Contact.Visibility.NETWORK, Contact.Visibility.PUBLIC])
        kept = Organization.objects.changeable_by(user).values("pk")
        return self.filter(shared | models.Q(organization__in=kept))

    def of(self, organization: Organization):
        """Those of one body."""
        return self.filter(organization=organization)


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

    objects = OrganizationContactQuerySet.as_manager()

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


class KnowledgeQuerySet(models.QuerySet):
    """Words about what people know."""

    def with_theme(self):
        """In the order of the themes, each with its theme in the same query."""
        return self.select_related("theme").order_by("theme__order", "theme")


class Knowledge(models.Model):
    """ผู้รู้: a person knows a theme, in words of what they can teach or be asked about."""

    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="knowledge")
    theme = models.ForeignKey(Theme, verbose_name=_("theme"), on_delete=models.PROTECT, related_name="knowledge")
    text = CleanCharField(_("what they know"), max_length=300, blank=True)

    objects = KnowledgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("knowledge of a person")
        verbose_name_plural = _("knowledge of persons")
        ordering = ["theme", "pk"]
        constraints = [models.UniqueConstraint(fields=["person", "theme"], name="knowledge_once")]

    def __str__(self) -> str:
        return f"{self.person} · {self.theme}"


def knowledge_told(known: Mapping[Theme, str]) -> dict[str, str]:
    """What a person knows as the history tells it, in the order of the themes: name, and the words in brackets."""
    ordered = sorted(known.items(), key=lambda one: (one[0].order, one[0].code))
    words = (f"{theme.name_th} ({text})" if text else theme.name_th for theme, text in ordered)
    return {"knowledge": " · ".join(words)}
