"""Roles, the posts they make in areas, and who holds them when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.model_fields import BoundedDateField, CleanCharField, date_bounds_constraint
from organizations import access
from organizations.access import Authority, Level
from organizations.models.areas import District, Province, Tambon, Zone

if TYPE_CHECKING:
    from organizations.models.areas import Area


class Role(models.Model):
    """A kind of post: at which level, with how many seats, and what its holder may do. Composition is data."""

    code = models.SlugField(_("code"), max_length=40, primary_key=True)
    name_th = CleanCharField(_("Thai name"), max_length=100)
    name_en = CleanCharField(_("English name"), max_length=100)
    level = models.CharField(_("level"), max_length=10, choices=Level)
    authority = models.CharField(_("authority"), max_length=12, choices=Authority)
    seats = models.PositiveSmallIntegerField(
        _("seats"), null=True, blank=True, help_text=_("Seats of each post; empty: no limit.")
    )
    is_expected = models.BooleanField(
        _("expected in every area"), default=True, help_text=_("Every area of the level should have one.")
    )
    holder_is_shared = models.BooleanField(
        _("holder shown to the whole network"),
        default=False,
        help_text=_("Everyone with a post may see who holds it; contacts keep their own visibility."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["order", "code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(seats__isnull=True) | models.Q(seats__gt=0), name="role_has_seats"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return self.name_en if get_language() == "en" else self.name_th


class PostQuerySet(models.QuerySet):
    """Words about sets of posts."""

    def with_areas(self):
        """Role and the whole line of areas in the same query."""
        return self.select_related("role", "province", "zone__province", "district__zone", "tambon__district__zone")

    def visible_to(self, user):
        """Posts of one's areas, of the areas above them, and those whose holder the network shares."""
        reach = access.of(user)
        if not reach.is_member:
            return self.none()
        shared = models.Q(role__holder_is_shared=True)
        return self.filter(reach.posts() | reach.posts_above() | shared)

    def shared(self):
        """Posts whose holder the network shares."""
        return self.filter(role__holder_is_shared=True)

    def in_chart_order(self):
        """By role, then by area; those of one role lie on one level."""
        return self.order_by("role__order", "role_id", "zone__number", "district_id", "tambon_id", "pk")

    def in_the_chart(self):
        """Expected posts, and others whose holder the network shares."""
        return self.filter(models.Q(role__is_expected=True) | models.Q(role__holder_is_shared=True))

    def expected(self):
        """Posts that every area of their level should have filled."""
        return self.filter(role__is_expected=True)

    def at_level(self, level: Level):
        """Posts of one level."""
        return self.filter(role__level=level)

    def of_province(self, province: Province):
        """Posts of a province at every level."""
        return self.filter(
            models.Q(province=province)
            | models.Q(zone__province=province)
            | models.Q(district__province=province)
            | models.Q(tambon__district__province=province)
        )

    def in_zone(self, zone: Zone):
        """Posts of a zone, its districts and their tambon."""
        return self.filter(models.Q(zone=zone) | models.Q(district__zone=zone) | models.Q(tambon__district__zone=zone))

    def in_district(self, district: District):
        """Posts of a district and its tambon."""
        return self.filter(models.Q(district=district) | models.Q(tambon__district=district))

    def of_key(self, key: int | None):
        """The one with that key; none for None."""
        return self.filter(pk=key)

    def in_line_of(self, area: Area):
        """Posts of an area and of those it lies in, the lowest first, whose holders work for it."""
        found = models.Q(pk__in=[])
        for level, key in area.lineage():
            found |= models.Q(**{level: key})
        lowest = models.Case(
            *(models.When(role__level=level, then=at) for at, level in enumerate(reversed(list(Level)))), default=4
        )
        return self.filter(found, access.working()).order_by(lowest, "role__order", "pk")

    def in_tambon(self, tambon: Tambon):
        """Posts of one tambon."""
        return self.filter(tambon=tambon)

    def make_expected(self, areas: Iterable[Area]) -> int:
        """Make the missing posts that every area of that level should have; `areas` share a level. Returns how many."""
        areas = list(areas)
        if not areas:
            return 0
        level = areas[0].level
        made = 0
        for role in Role.objects.filter(level=level).filter(
            models.Q(is_expected=True) | models.Q(level=Level.PROVINCE)
        ):
            known = set(self.filter(role=role, **{f"{level}__in": areas}).values_list(level, flat=True))
            missing = [area for area in areas if area.pk not in known]
            self.bulk_create(Post(role=role, seats=role.seats, **{level: area}) for area in missing)
            made += len(missing)
        return made

    def with_holders_on(self, day: date):
        """Appointments in force on `day`, with persons, as `holders` on each post: one more query."""
        held = Appointment.objects.in_force(day).select_related("person").order_by("starts_on", "pk")
        return self.prefetch_related(models.Prefetch("appointments", queryset=held, to_attr="holders"))

    def with_number_held_on(self, day: date):
        """How many hold each on `day`, as `held`, in the same query."""
        of_post = Appointment.objects.in_force(day).filter(post=models.OuterRef("pk")).order_by().values("post")
        number = models.Subquery(of_post.annotate(number=models.Count("pk")).values("number"))
        return self.annotate(held=Coalesce(number, 0))


class Post(models.Model):
    """A role in one area: two seats of ตัวแทนโซน in zone 3."""

    role = models.ForeignKey(Role, verbose_name=_("role"), on_delete=models.PROTECT, related_name="posts")
    province = models.ForeignKey(
        Province,
        verbose_name=_("province"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="posts",
    )
    zone = models.ForeignKey(
        Zone, verbose_name=_("zone"), on_delete=models.PROTECT, null=True, blank=True, related_name="posts"
    )
    district = models.ForeignKey(
        District,
        verbose_name=_("district"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="posts",
    )
    tambon = models.ForeignKey(
        Tambon,
        verbose_name=_("tambon"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="posts",
    )
    seats = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True, help_text=_("Empty: no limit."))

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(province__isnull=False, zone=None, district=None, tambon=None)
                | models.Q(province=None, zone__isnull=False, district=None, tambon=None)
                | models.Q(province=None, zone=None, district__isnull=False, tambon=None)
                | models.Q(province=None, zone=None, district=None, tambon__isnull=False),
                name="post_has_one_area",
                violation_error_message=_("A post belongs to exactly one area."),
            ),
            *(
                models.UniqueConstraint(fields=["role", level], name=f"post_once_in_{level}")
                for level in ("province", "zone", "district", "tambon")
            ),
            models.CheckConstraint(
                condition=models.Q(seats__isnull=True) | models.Q(seats__gt=0), name="post_has_seats"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def area(self) -> Area:
        """The area of the post, whichever its level is."""
        return self.province or self.zone or self.district or self.tambon

    @property
    def zone_of_area(self) -> int | None:
        """Key of the zone the post's area is, or lies in."""
        district = self.district or (self.tambon.district if self.tambon else None)
        return self.zone_id or (district.zone_id if district else None)

    @property
    def vacancies(self) -> int:
        """Seats nobody holds; a post without a limit counts as one seat. Needs `with_holders_on`."""
        return max((self.seats or 1) - len(self.holders), 0)

    @property
    def title(self) -> str:
        """ตัวแทนโซน · โซน 3 ลุ่มน้ำปากพนัง."""
        return gettext("%(role)s, %(area)s") % {"role": self.role.name, "area": self.area.full_name}

    def get_absolute_url(self) -> str:
        """The post's page."""
        return reverse("post_page", args=[self.pk])


class AppointmentQuerySet(models.QuerySet):
    """Words about sets of appointments."""

    def in_force(self, day: date):
        """Those that hold `day`: from the day they start up to, not including, the day they end."""
        return self.filter(models.Q(ends_on__isnull=True) | models.Q(ends_on__gt=day), starts_on__lte=day)

    def not_ended(self, day: date):
        """In force on `day` or still to start."""
        return self.filter(models.Q(ends_on__isnull=True) | models.Q(ends_on__gt=day))

    def of_keys(self, keys: Iterable[int]):
        """Those with one of the keys."""
        return self.filter(pk__in=list(keys))

    def within(self, area: Area):
        """Those to posts of the area and of the areas in it."""
        found = models.Q(pk__in=[])
        for level in Level:
            inside = access.within(area.level, area.pk, level=level, prefix=f"post__{level}__")
            found |= inside & models.Q(post__role__level=level)
        return self.filter(found)

    def of_persons(self, persons):
        """Those of a set of persons."""
        return self.filter(person__in=persons)

    def latest_first(self):
        """By the day they start, the last first."""
        return self.order_by("-starts_on", "-pk")

    def with_resolutions(self, *, viewer):
        """The resolutions that made each, as `decided_by`, of meetings the viewer may read: one more query."""
        resolutions = Appointment._meta.get_field("resolutions").related_model.objects
        found = resolutions.visible_to(viewer).with_facts()
        return self.prefetch_related(models.Prefetch("resolutions", queryset=found, to_attr="decided_by"))

    def managing(self, area: Area):
        """Those whose holders manage `area`."""
        return self.filter(access.managing(prefix="post__"), **{f"post__{area.level}": area})

    def reviewing(self, area: Area):
        """Those whose holders review what comes from below `area`."""
        return self.filter(access.reviewing(prefix="post__"), **{f"post__{area.level}": area})

    def with_areas(self):
        """Post, role and the whole line of areas in the same query."""
        return self.select_related(
            "post__role",
            "post__province",
            "post__zone__province",
            "post__district__zone",
            "post__tambon__district__zone",
        )

    def visible_to(self, user):
        """Appointments to posts one may see, and one's own."""
        reach = access.of(user)
        posts = Post.objects.visible_to(user)
        return self.filter(models.Q(post__in=posts) | models.Q(person=reach.person_id, person__isnull=False))


class Appointment(models.Model):
    """A person in a post, from `starts_on` up to, not including, `ends_on`."""

    person = models.ForeignKey(
        "organizations.Person",
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="appointments",
    )
    post = models.ForeignKey(Post, verbose_name=_("post"), on_delete=models.PROTECT, related_name="appointments")
    starts_on = BoundedDateField(_("from"), help_text=_("First day in the post."))
    ends_on = BoundedDateField(
        _("left on"),
        null=True,
        blank=True,
        help_text=_("First day no longer in the post; empty: still in it."),
    )
    source = CleanCharField(_("source"), max_length=300, help_text=_("The meeting or letter that says so."))
    end_reason = CleanCharField(_("why it ended"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("entered at"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "post"],
                condition=models.Q(ends_on__isnull=True),
                name="person_in_post_once",
                violation_error_message=_("This person already holds the post."),
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="appointment_ends_after_start",
                violation_error_message=_("An appointment cannot end before it starts."),
            ),
            date_bounds_constraint("starts_on"),
            date_bounds_constraint("ends_on"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.post}"

    def holds(self, day: date) -> bool:
        """Whether the appointment is in force on `day`."""
        return self.starts_on <= day and (self.ends_on is None or self.ends_on > day)
