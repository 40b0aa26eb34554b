"""The four rosters of a submission. Keys are UUIDs made where a row is born: a browser, an import, a carry-over."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.model_fields import CleanCharField, PartialDateField
from organizations.models import Contact, Organization, Person
from organizations.models.privacy import Tellable
from tambon_survey.answers import FIELDS
from tambon_survey.models.activities import Activity
from tambon_survey.models.roster_rows import RosterQuerySet, RosterRow
from tambon_survey.models.submissions import Submission, Topic
from tambon_survey.models.written_names import BodyNamingQuerySet, NamesBody, index_by_body

# Stands in place of a telephone or LINE that is held back.
HELD_BACK = _("held back")


class SupportQuerySet(BodyNamingQuerySet):
    """Words about sets of supporting agencies."""


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


class Coordinator(RosterRow, Tellable):
    """แกนประสาน: somebody the tambon names as its core."""

    topic = Topic.COORDINATORS
    answers = FIELDS["coordinators"]
    record, record_named_in = "person", "name"

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


class Support(NamesBody, RosterRow):
    """หน่วยงานสนับสนุน: a body that helps the tambon."""

    topic = Topic.AGENCIES
    answers = FIELDS["agencies"]
    record, record_named_in = "organization", "name"
    keys = ("body_key",)

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
        db_index=False,  # the index by body begins with it
        related_name="supports",
    )

    objects = SupportQuerySet.as_manager()

    class Meta:
        verbose_name = _("supporting agency")
        verbose_name_plural = _("supporting agencies")
        indexes = [
            models.Index(fields=["submission", "position"], name="support_in_order"),
            index_by_body("support_by_body"),
        ]

    def refresh_keys(self) -> None:
        """The key of the agency's name."""
        self.body_key = self.body_key_now()


ROSTERS: dict[Topic, type[RosterRow]] = {model.topic: model for model in (Coordinator, Activity, TeamMember, Support)}
