"""What people ask and say about a story or an activity, by the rules of what they say about a meeting."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models.discussion import Said, SaidQuerySet, said_rules
from organizations.models import District, Zone
from tambon_survey.models.activities import Activity
from tambon_survey.models.stories import Story


class RemarkQuerySet(SaidQuerySet):
    """Words about sets of remarks."""

    def visible_to(self, user):
        """Those of stories and activities one may read, without what was taken away."""
        stories = models.Q(story__in=Story.objects.visible_to(user))
        activities = models.Q(activity__in=Activity.objects.visible_to(user).kept())
        return self.standing().filter(stories | activities)

    def on_stories(self):
        """Those about stories."""
        return self.filter(story__isnull=False)

    def on_activities(self):
        """Those about activities."""
        return self.filter(activity__isnull=False)

    def in_zone(self, zone: Zone):
        """Those about what belongs to a zone."""
        found = models.Q(story__tambon__district__zone=zone) | models.Q(
            activity__submission__tambon__district__zone=zone
        )
        return self.filter(found)

    def in_district(self, district: District):
        """Those about what belongs to a district."""
        found = models.Q(story__tambon__district=district) | models.Q(activity__submission__tambon__district=district)
        return self.filter(found)


class Remark(Said):
    """Something said about a story, or about an activity of a tambon."""

    about_names = ("story", "activity")
    about_paths = (
        "story__province",
        "story__tambon__district__province",
        "activity__submission__tambon__district__province",
    )
    answer_address, settle_address, remove_address = "remark_answer", "remark_settle", "remark_remove"

    story = models.ForeignKey(
        Story,
        verbose_name=_("story"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="comments",
        editable=False,
    )
    activity = models.ForeignKey(
        Activity,
        verbose_name=_("activity"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="comments",
        editable=False,
    )

    objects = RemarkQuerySet.as_manager()

    class Meta(Said.Meta):
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        constraints = [
            *said_rules(state="only_asking_remarks_have_a_state", answers="only_answering_remarks_have_a_question"),
            models.CheckConstraint(
                condition=models.Q(story__isnull=False, activity=None) | models.Q(story=None, activity__isnull=False),
                name="remark_about_one_thing",
            ),
        ]
