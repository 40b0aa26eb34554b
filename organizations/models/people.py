"""Persons, their other names, and the ways to reach them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nakhon_network import privacy_policy
from nakhon_network.lib.model_fields import CleanCharField, CleanTextField, SortKeyField
from nakhon_network.lib.names import full_name, person_sort_key
from nakhon_network.lib.phones import format_phone
from nakhon_network.lib.thai_text import loose_key, search_key
from organizations import access
from organizations.models.named import NamedQuerySet
from organizations.models.posts import Appointment, Post
from organizations.models.privacy import Tellable, due_day


class PersonQuerySet(NamedQuerySet):
    """Words about sets of persons."""

    def standing(self):
        """Without those that were merged into another."""
        return self.filter(merged_into__isnull=True)

    def visible_to(self, user):
        """Oneself, everyone with a post (now or before) in one's areas, those above, and shared post holders.

        Province staff also see persons who never held a post; others see those whom they entered.
        """
        reach = access.of(user)
        if not reach.is_member:
            return self.filter(pk=reach.person_id) if reach.person_id else self.none()
        today = timezone.localdate()
        held = Appointment.objects.filter(reach.posts(prefix="post__"))
        in_force = Appointment.objects.in_force(today)
        above = in_force.filter(reach.posts_above(prefix="post__"))
        shared = in_force.filter(post__role__holder_is_shared=True)
        postless = models.Q(~models.Exists(Appointment.objects.filter(person=models.OuterRef("pk"))))
        if not reach.is_staff:
            postless &= models.Q(created_by=reach.user_id)
        # Sets that are read once, and no join: a join would repeat persons, and telling them apart costs a sort of all.
        found = models.Q(pk=reach.person_id) | postless
        for appointments in (held, above, shared):
            found |= models.Q(pk__in=appointments.values("person"))
        return self.filter(found)

    def looked_after_by(self, user):
        """Whom the user may change: as `access.may_edit_person`, for many; oneself left out.

        Everyone whose every post, today or soon, the user may fill; of those without one whom the user entered, or all.
        """
        reach = access.of(user)
        if not reach.is_above_tambon:
            return self.none()
        held = Appointment.objects.not_ended(timezone.localdate())
        mine = held.filter(reach.posts(prefix="post__", below=True))
        others = held.exclude(pk__in=mine.values("pk")).filter(person=models.OuterRef("pk"))
        here = models.Q(pk__in=mine.values("person"))
        postless = models.Q(~models.Exists(held.filter(person=models.OuterRef("pk"))))
        if not reach.is_staff:
            postless &= models.Q(created_by=reach.user_id)
        return self.filter(here & ~models.Exists(others) | postless).exclude(pk=reach.person_id)

    def held_back(self):
        """Those whose contacts are held back."""
        return self.filter(held_at__isnull=False)

    def known_to(self, user):
        """Those one may see, and everyone who ever held a post one may see: whose names one reads in a history."""
        held = Appointment.objects.filter(post__in=Post.objects.visible_to(user))
        seen = Person.objects.visible_to(user)
        return self.filter(models.Q(pk__in=held.values("person")) | models.Q(pk__in=seen.values("pk")))

    def holding(self, post):
        """Holders of a post today."""
        return self.filter(pk__in=Appointment.objects.in_force(timezone.localdate()).filter(post=post).values("person"))

    def reached_by(self, pk: int):
        """The record with that key, or the one it was merged into."""
        return self.filter(models.Q(pk=pk) | models.Q(person__pk=pk)).distinct()

    def with_what_tells_apart(self):
        """What helps to tell two bearers of one name apart: the account, who entered it, other names, contacts."""
        return self.select_related("user", "created_by__person").prefetch_related("aliases", "contacts")

    def sharing_a_name(self):
        """Standing persons whose name somebody else reads the same."""
        twice = self.standing().values("name_key").annotate(count=models.Count("pk")).filter(count__gt=1)
        return self.standing().filter(name_key__in=twice.values("name_key"))

    def with_what_waits(self):
        """Whether anybody can reach each (`is_reachable`) and whether any records share a name (`are_twins`)."""
        contacts = Contact.objects.filter(person=models.OuterRef("pk"))
        return self.annotate(
            is_reachable=models.Exists(contacts), are_twins=models.Exists(Person.objects.sharing_a_name())
        )

    def with_posts_on(self, day, *, viewer):
        """Appointments in force on `day` to posts the viewer may see, as `held` on each person: one more query."""
        held = Appointment.objects.in_force(day).visible_to(viewer).with_areas()
        return self.prefetch_related(models.Prefetch("appointments", queryset=held, to_attr="held"))

    def with_knowledge(self):
        """What each knows, with the themes in their order: one more query."""
        known = Person._meta.get_field("knowledge").related_model.objects.with_theme()
        return self.prefetch_related(models.Prefetch("knowledge", queryset=known))

    def of_that_name(self, *, first_name: str, last_name: str):
        """Persons one of whose names reads the same, prefix and spelling slips aside."""
        wanted = loose_key(f"{first_name} {last_name}")
        if not wanted:
            return self.none()
        # `loose_key` holds the name, the nickname and the other names, each on a line of its own.
        first, last = models.Q(loose_key__startswith=f"{wanted}\n"), models.Q(loose_key__endswith=f"\n{wanted}")
        between = models.Q(loose_key__contains=f"\n{wanted}\n")
        return self.standing().filter(models.Q(name_key=wanted) | first | last | between)


class Person(models.Model):
    """Someone the network knows. Two persons may share a name; they are merged only by a person, with a trail."""

    prefix = CleanCharField(_("prefix"), max_length=40, blank=True, help_text=_("Such as นาย, นาง, นางสาว."))
    first_name = CleanCharField(_("first name"), max_length=100)
    last_name = CleanCharField(_("last name"), max_length=100, blank=True)
    nickname = CleanCharField(_("nickname"), max_length=60, blank=True)
    form_of_address = CleanCharField(
        _("form of address"),
        max_length=20,
        blank=True,
        help_text=_("Such as คุณ, อ., น้อง; not a legal prefix."),
    )
    note = CleanTextField(_("note"), max_length=1000, blank=True)
    merged_into = models.ForeignKey(
        "self", verbose_name=_("merged into"), on_delete=models.PROTECT, null=True, blank=True, editable=False
    )
    created_at = models.DateTimeField(_("entered at"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    notice_version = models.CharField(_("notice shown"), max_length=10, blank=True, editable=False)
    held_at = models.DateTimeField(_("contacts held back since"), null=True, editable=False)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    held_reason = CleanCharField(_("why contacts are held back"), max_length=300, blank=True, editable=False)
    sort_key = SortKeyField()
    search_key = models.TextField(editable=False)
    loose_key = models.TextField(editable=False)
    name_key = models.CharField(max_length=255, editable=False, db_index=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        indexes = [models.Index(fields=["sort_key"], name="person_in_thai_order")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True) | ~models.Q(merged_into=models.F("pk")),
                name="person_not_merged_into_self",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Prefix, first and last name as official papers write them."""
        return full_name(self.prefix, self.first_name, self.last_name)

    @staticmethod
    def reading(text: str) -> str:
        """How a typed text is compared with names: the strict form."""
        return search_key(text)

    def refresh_keys(self) -> None:
        """Compute the keys from all names; call again after the aliases changed."""
        names = [f"{self.first_name} {self.last_name}", self.nickname]
        if self.pk:
            names += [alias.name for alias in self.aliases.all()]
        self.sort_key = person_sort_key(self.first_name, self.last_name)
        self.search_key = "\n".join(search_key(name) for name in names if name.strip())
        self.loose_key = "\n".join(loose_key(name) for name in names if name.strip())
        self.name_key = loose_key(names[0])

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with fresh keys."""
        self.refresh_keys()
        super().save(*args, **kwargs)

    def merged_records(self):
        """Records that were merged into this one; a later merge keeps them one step away."""
        return list(Person.objects.filter(merged_into=self))

    def get_absolute_url(self) -> str:
        """The person's page."""
        return reverse("person_page", args=[self.pk])


class Alias(models.Model):
    """Another name of a person: a former name, a spelling, a monk's name."""

    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="aliases")
    name = CleanCharField(_("other name"), max_length=200)

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="alias_once")]

    def __str__(self) -> str:
        return self.name


class ContactQuerySet(models.QuerySet):
    """Words about sets of contacts."""

    def visible_to(self, user):
        """Contacts this user may read.

        One's own; those shared with the network for whoever holds a post; and the ones for coordinators when the
        person has a post in the user's areas or in the areas above them. Those of people who left all their posts are
        read by province staff. Nobody else's, none of a person whose contacts are held back, none without signing in.
        """
        reach = access.of(user)
        if not reach.is_member:
            return self.filter(person_id=reach.person_id) if reach.person_id else self.none()
        shared = models.Q(visibility__in=[Contact.Visibility.NETWORK, Contact.Visibility.PUBLIC])
        today = timezone.localdate()
        in_force = Appointment.objects.in_force(today)
        working = tuple(level for level in access.Authority if level != access.Authority.READ)
        below = in_force.filter(reach.posts(prefix="post__", authorities=working))
        above = in_force.filter(reach.posts_above(prefix="post__"))
        in_line = models.Q(person__in=below.values("person")) | models.Q(person__in=above.values("person"))
        held = Appointment.objects.filter(person=models.OuterRef("person"))
        entered = models.Q(~models.Exists(held), person__created_by=reach.user_id)
        left = models.Q(~models.Exists(held.not_ended(today)))
        found = models.Q(person__held_at__isnull=True) & (shared | in_line | (left if reach.is_staff else entered))
        return self.filter(models.Q(person_id=reach.person_id) | found)

    def with_number(self, digits: str):
        """Telephones whose number holds the digits."""
        return self.filter(kind=Contact.Kind.PHONE, value__contains=digits)

    def looked_after_by(self, user):
        """Those of people whom the user may change."""
        return self.filter(person__in=Person.objects.looked_after_by(user).values("pk"))

    def in_care_of(self, user):
        """One's own, and those of people whom the user may change."""
        own = access.of(user).person_id
        mine = Person.objects.looked_after_by(user)
        return self.filter(models.Q(person_id=own) | models.Q(person__in=mine.values("pk")))

    def to_tell(self):
        """Typed in by somebody else, and the person was not told yet; kept back and erased ones need no word."""
        own = models.Q(consent=Contact.Consent.SELF) | models.Q(created_by__person=models.F("person"))
        return self.filter(told_on__isnull=True, person__held_at__isnull=True).exclude(own)

    def to_confirm(self, moment):
        """Confirmed before `moment`."""
        return self.filter(confirmed_at__lt=moment, person__held_at__isnull=True)

    def with_person(self):
        """The person in the same query."""
        return self.select_related("person", "created_by__person")


class Contact(Tellable):
    """One way to reach a person, and who may see it."""

    class Kind(models.TextChoices):
        """What the value is."""

        PHONE = "phone", _("telephone")
        LINE = "line", _("LINE")
        EMAIL = "email", _("e-mail")
        OTHER = "other", _("other")

    class Visibility(models.TextChoices):
        """Who may see a contact."""

        COORDINATORS = "coordinators", _("coordinators in the same line of work")
        NETWORK = "network", _("everyone in the network")
        PUBLIC = "public", _("may be published")

    class Consent(models.TextChoices):
        """How the person agreed that the network keeps and shows it."""

        NOT_ASKED = "not_asked", _("not asked yet")
        SPOKEN = "spoken", _("said so")
        WRITTEN = "written", _("signed or wrote it")
        SELF = "self", _("entered it themselves")

    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.PHONE)
    value = CleanCharField(_("number or address"), max_length=200)
    extension = models.CharField(_("extension"), max_length=10, blank=True)
    visibility = models.CharField(
        _("who may see it"), max_length=15, choices=Visibility, default=Visibility.COORDINATORS
    )
    consent = models.CharField(_("consent"), max_length=10, choices=Consent, default=Consent.NOT_ASKED)
    consent_at = models.DateTimeField(_("consent recorded at"), null=True, blank=True, editable=False)
    consent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("consent recorded by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
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

    notice_version = models.CharField(_("notice shown"), max_length=10, blank=True, editable=False)
    created_at = models.DateTimeField(_("entered at"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "value"],
                name="contact_once",
                violation_error_message=_("This person already has that contact."),
            ),
            models.CheckConstraint(
                condition=models.Q(visibility="coordinators") | ~models.Q(consent="not_asked"),
                name="shared_contact_needs_consent",
                violation_error_message=_("Ask the person first: a contact is shared only with their consent."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.shown_value}"

    @property
    def shown_value(self) -> str:
        """The value as people write it: telephones in groups, with their extension."""
        return format_phone(self.value, extension=self.extension) if self.kind == self.Kind.PHONE else self.value

    @staticmethod
    def confirmed_too_long_ago() -> datetime:
        """Contacts confirmed before this moment should be asked for again: a year ago."""
        return timezone.now() - privacy_policy.CONFIRM_AFTER

    @property
    def tell_by(self) -> date:
        """The last day to tell the person that it is kept."""
        return due_day(self.created_at)
