"""The four rosters of a submission. Keys are UUIDs made where a row is born: a browser, an import, a carry-over."""

from __future__ import annotations

import uuid
from functools import cache
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.model_fields import CleanCharField, CleanTextField, PartialDateField
from nakhon_network.lib.prepared import Prepared, Slot
from nakhon_network.lib.thai_dates import PartialDate
from nakhon_network.lib.thai_text import loose_key, search_key
from organizations import access
from organizations.access import Level
from organizations.models import Contact, Help, Organization, Person, Tambon, User, Zone
from organizations.models.privacy import Tellable
from tambon_survey.answers import FIELDS, Row
from tambon_survey.models.submissions import State, Submission, Topic

# Stands in place of a telephone or LINE that is held back.
HELD_BACK = _("held back")


class Standing(models.TextChoices):
    """Where a row comes from, and whether somebody looked at it in this round."""

    NEW = "new", _("new")
    CARRIED = "carried", _("from the last round, to be checked")
    CONFIRMED = "confirmed", _("confirmed")
    CHANGED = "changed", _("changed")


class RosterQuerySet(models.QuerySet):
    """Words about sets of roster rows."""

    def kept(self):
        """Without those that were removed."""
        return self.filter(is_removed=False)

    def counted(self):
        """Answers of this round that say who or what they are about; what came from the last round counts once it was
        looked at."""
        return self.kept().exclude(standing=Standing.CARRIED).exclude(**{self.model.answers[0]: ""})

    def of_submission(self, submission: Submission):
        """Those of one form."""
        return self.filter(submission=submission)

    def of_key(self, key: uuid.UUID | None):
        """The one with that key, or none."""
        return self.filter(pk=key)

    def in_order(self):
        """As the tambon arranged them."""
        return self.order_by("position", "id")

    def visible_to(self, user):
        """Rows of the tambon one works for."""
        return self.filter(access.of(user).areas(Level.TAMBON, prefix="submission__tambon__"))

    def within(self, area: Tambon | Zone):
        """Rows of a tambon, or of the tambon of a zone, of what is still expected."""
        path = "submission__tambon" if isinstance(area, Tambon) else "submission__tambon__district__zone"
        return self.filter(**{path: area}, submission__dropped_at__isnull=True)

    def of_round(self, survey_round):
        """Rows of what a round still expects."""
        return self.filter(submission__round=survey_round, submission__dropped_at__isnull=True)

    def with_areas(self):
        """Round, tambon and what it lies in, in the same query."""
        district = "submission__tambon__district"
        return self.select_related("submission__round", f"{district}__zone", f"{district}__province")


class ReadAlong(models.Func):
    """A column that is compared where a row is read anyhow, so that SQLite does not go by its index."""

    template = "+%(expressions)s"
    arity = 1


class ActivityQuerySet(RosterQuerySet):
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


class SupportQuerySet(RosterQuerySet):
    """Words about sets of supporting agencies."""

    def of_agency(self, agency: Organization):
        """Those of one agency, the newest round first."""
        rows = self.kept().filter(organization=agency)
        return rows.order_by("-submission__round__opens_at", "submission__tambon__sort_key", "position", "id")

    def without_record(self):
        """Named in an approved survey, not yet in the directory."""
        return self.kept().filter(submission__state__in=[State.APPROVED, State.ACCEPTED], organization__isnull=True)


class CoordinatorQuerySet(RosterQuerySet):
    """Words about sets of core coordinators."""

    def to_tell(self):
        """Named with a way to reach them in what was sent, and not told of it yet; who sent it about oneself aside."""
        sent = self.kept().filter(submission__submitted_at__isnull=False, submission__dropped_at__isnull=True)
        reachable = sent.exclude(phone="", line="").filter(told_on__isnull=True)
        own = models.Q(person__isnull=False, person=models.F("submission__submitted_by__person"))
        return reachable.exclude(own).exclude(person__held_at__isnull=False)

    def held_keys(self) -> set[str]:
        """Keys of the rows of people whose contacts are held back, and of the rows they were carried from."""
        held = self.filter(person__held_at__isnull=False).values_list("pk", "carried_from")
        return {str(key) for pair in held for key in pair if key}

    def shared(self):
        """Those who agreed that the network shares how to reach them, and did not take that back on their record."""
        record = Contact.objects.filter(person=models.OuterRef("person"))
        same = models.Q(value=models.OuterRef("phone")) | models.Q(value=models.OuterRef("line"))
        withdrawn = record.filter(same, visibility=Contact.Visibility.COORDINATORS)
        return self.filter(may_share=True, person__held_at__isnull=True).exclude(models.Exists(withdrawn))

    def with_reach_in_words(self):
        """`shown_phone`, `shown_line`: how to reach each, or a word in its place where that is held back."""
        held = models.Q(person__held_at__isnull=False)
        word = models.Value(str(HELD_BACK))
        return self.annotate(
            **{
                f"shown_{name}": models.Case(
                    models.When(held & ~models.Q(**{name: ""}), then=word),
                    default=name,
                    output_field=models.CharField(),
                )
                for name in ("phone", "line")
            }
        )

    def with_places(self):
        """Submission, tambon and the areas it lies in, in the same query."""
        return self.select_related("submission__round", "submission__tambon__district__zone", "person")


class RosterRow(models.Model):
    """What the rows of the four rosters share. A removed row stays, so that it can be restored."""

    topic: ClassVar[Topic]
    # What a person fills in, in the order of the screen; the first is the row's name, without which it is no row.
    answers: ClassVar[tuple[str, ...]]
    # The column that leads to the network's own record of who or what the row names; "" where there is none.
    record: ClassVar[str] = ""
    # Columns computed from the answers by `refresh_keys`; bulk writers must call it and write them.
    keys: ClassVar[tuple[str, ...]] = ()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    standing = models.CharField(_("standing"), max_length=10, choices=Standing, default=Standing.NEW, editable=False)
    carried_from = models.UUIDField(_("row of the last round"), null=True, editable=False)
    is_removed = models.BooleanField(_("removed"), default=False, editable=False)

    objects = RosterQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(getattr(self, self.answers[0]))

    def refresh_keys(self) -> None:
        """Compute the columns named in `keys`; a roster that is not searched has none."""

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with fresh keys."""
        self.refresh_keys()
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, *self.keys}
        super().save(*args, **kwargs)

    @classmethod
    def values_of(cls, submission: int) -> tuple[Row, ...]:
        """The kept rows of a submission in order, as rules and snapshots read them; no model instance is made."""
        return tuple(
            Row(
                id=str(key),
                values=dict(zip(cls.answers, map(plain, cells), strict=True)),
                standing=standing,
                carried_from=str(carried) if carried else None,
            )
            for key, standing, carried, *cells in _kept_rows(cls).rows(submission=submission)
        )

    def as_value(self) -> Row:
        """The row as rules and snapshots read it."""
        return Row(
            id=str(self.pk),
            values={name: plain(getattr(self, name)) for name in self.answers},
            standing=self.standing,
            carried_from=str(self.carried_from) if self.carried_from else None,
        )


@cache
def _kept_rows(model: type[RosterRow]) -> Prepared:
    names = ("id", "standing", "carried_from", *model.answers)
    return Prepared(lambda: model.objects.filter(submission=Slot("submission")).kept().in_order().values_list(*names))


def plain(value: Any) -> Any:
    """A cell as JSON can hold it: a partial date as ISO text, everything else as it is."""
    return value.to_iso() if isinstance(value, PartialDate) else value


class Coordinator(RosterRow, Tellable):
    """แกนประสาน: somebody the tambon names as its core."""

    topic = Topic.COORDINATORS
    answers = FIELDS["coordinators"]
    record = "person"

    submission = models.ForeignKey(
        Submission, verbose_name=_("submission"), on_delete=models.PROTECT, related_name="coordinators"
    )
    name = CleanCharField(_("name and surname"), max_length=150)
    role = CleanCharField(_("role in the community"), max_length=150, blank=True, help_text=_("Such as village head."))
    phone = models.CharField(_("telephone"), max_length=15, blank=True)
    line = CleanCharField(_("LINE"), max_length=60, blank=True)
    may_share = models.BooleanField(
        _("agrees that the network shares this contact"),
        default=False,
        help_text=_("Ask first. Without it only the people who look after this tambon see the contact."),
    )
    person = models.ForeignKey(
        Person,
        verbose_name=_("record in the network"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="named_as_coordinator",
    )

    objects = CoordinatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("core coordinator")
        verbose_name_plural = _("core coordinators")
        indexes = [models.Index(fields=["submission", "position"], name="coordinator_in_order")]


class Activity(RosterRow):
    """กิจกรรมเด่น: what a tambon does well and could build on."""

    topic = Topic.ACTIVITIES
    answers = FIELDS["activities"]
    keys = ("search_key", "loose_key")

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
        ]

    def refresh_keys(self) -> None:
        """What it is found by: its title and the group behind it; nothing once it was removed."""
        names = [name for name in (self.title, self.group) if name and not self.is_removed]
        self.search_key = "\n".join(search_key(name) for name in names)
        self.loose_key = "\n".join(loose_key(name) for name in names)

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


class TeamMember(RosterRow):
    """คณะทำงาน: somebody in the tambon's working team."""

    topic = Topic.TEAM
    answers = FIELDS["team"]

    submission = models.ForeignKey(
        Submission, verbose_name=_("submission"), on_delete=models.PROTECT, related_name="team"
    )
    name = CleanCharField(_("name and surname"), max_length=150)
    role = CleanCharField(_("role in the team"), max_length=150, blank=True, help_text=_("Such as chair, treasurer."))
    duty = CleanCharField(_("what they look after"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("team member")
        verbose_name_plural = _("team members")
        indexes = [models.Index(fields=["submission", "position"], name="team_member_in_order")]


class Sector(models.TextChoices):
    """What kind of body an agency is."""

    GOVERNMENT = "government", _("government")
    NON_GOVERNMENT = "non_government", _("non-government")
    INDEPENDENT = "independent", _("independent body")
    OTHER = "other", _("other")


class Support(RosterRow):
    """หน่วยงานสนับสนุน: a body that helps the tambon."""

    topic = Topic.AGENCIES
    answers = FIELDS["agencies"]
    record = "organization"

    submission = models.ForeignKey(
        Submission, verbose_name=_("submission"), on_delete=models.PROTECT, related_name="agencies"
    )
    name = CleanCharField(_("agency"), max_length=200)
    sector = models.CharField(_("sector"), max_length=15, choices=Sector, blank=True)
    kind = CleanCharField(_("kind of support"), max_length=300, blank=True, help_text=_("Such as money, training."))
    since = PartialDateField(_("since"), blank=True, help_text=_("A year is enough, such as 2549."))
    contact = CleanCharField(_("whom to ask there"), max_length=200, blank=True)
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("record in the network"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="supports",
    )

    objects = SupportQuerySet.as_manager()

    class Meta:
        verbose_name = _("supporting agency")
        verbose_name_plural = _("supporting agencies")
        indexes = [models.Index(fields=["submission", "position"], name="support_in_order")]


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


ROSTERS: dict[Topic, type[RosterRow]] = {model.topic: model for model in (Coordinator, Activity, TeamMember, Support)}
