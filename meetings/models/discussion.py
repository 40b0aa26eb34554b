"""What people ask and say about a thing: here about a meeting; apps above say it of theirs with the same base.

No network address is kept with it.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models.meetings import Meeting
from nakhon_network.lib.model_fields import CleanCharField, CleanTextField
from organizations.models import District, Zone


class Kind(models.TextChoices):
    """What it is."""

    QUESTION = "question", _("question")
    ANSWER = "answer", _("answer")
    THANKS = "thanks", _("thanks")
    REMARK = "remark", _("remark")


class QuestionState(models.TextChoices):
    """What became of a question."""

    OPEN = "open", _("not answered yet")
    ELSEWHERE = "elsewhere", _("answered elsewhere")
    ANSWERED = "answered", _("answered")
    ACCEPTED = "accepted", _("answer accepted")


class SaidQuerySet(models.QuerySet):
    """Words about sets of things said, whatever they are about."""

    def kept(self):
        """Without what was taken away."""
        return self.filter(removed_at__isnull=True)

    def standing(self):
        """Without what was taken away, and without answers to a question that was."""
        return self.kept().exclude(question__removed_at__isnull=False)

    def questions(self):
        """Only questions."""
        return self.filter(kind=Kind.QUESTION)

    def unanswered(self):
        """Questions nobody answered yet."""
        return self.questions().filter(state=QuestionState.OPEN)

    def in_state(self, state: str):
        """Questions of one state; all for an empty text."""
        return self.filter(state=state) if state else self

    def of_keys(self, keys):
        """Those with the given keys."""
        return self.filter(pk__in=keys)

    def answering(self, question: Said):
        """Answers to one question."""
        return self.filter(question=question.pk)

    def with_people(self):
        """Who wrote it, and what it is about with its area, in the same query."""
        return self.select_related("written_by__person", *self.model.about_paths)


class Said(models.Model):
    """A question, an answer to one, thanks, or a remark. Only a question has a state, so that silence shows.

    A model of its own for each kind of thing names in `about_names` the columns that lead to it, one of them filled;
    what it is about has these by `comments`, and says whose record it is by `is_kept_by`.
    """

    Kind = Kind
    State = QuestionState
    about_names: ClassVar[tuple[str, ...]] = ()
    # What leads to the thing and its area, for one query.
    about_paths: ClassVar[tuple[str, ...]] = ()
    # Names of the addresses where one is answered, settled and taken away.
    answer_address: ClassVar[str] = ""
    settle_address: ClassVar[str] = ""
    remove_address: ClassVar[str] = ""

    question = models.ForeignKey(
        "self", verbose_name=_("question"), on_delete=models.PROTECT, null=True, blank=True, related_name="answers"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.REMARK)
    state = models.CharField(_("state"), max_length=10, choices=QuestionState, blank=True, editable=False)
    where_answered = CleanCharField(_("where it was answered"), max_length=300, blank=True)
    text = CleanTextField(_("text"), max_length=3000)
    author_name = CleanCharField(
        _("said by"), max_length=200, blank=True, help_text=_("Only when written down for somebody else.")
    )
    written_at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    removed_at = models.DateTimeField(_("removed at"), null=True, editable=False)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = SaidQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def about(self) -> Any:
        """The thing it is about."""
        return next(thing for name in self.about_names if (thing := getattr(self, name)) is not None)

    @property
    def may_name_others(self) -> bool:
        """Whether visitors too read a name that was written down for somebody else."""
        return bool(getattr(self.about, "source_url", ""))

    def get_absolute_url(self) -> str:
        """Where it stands on the page of what it is about."""
        return f"{self.about.get_absolute_url()}#comment-{self.pk}"


def said_rules(*, state: str, answers: str) -> list[models.BaseConstraint]:
    """Only questions have a state, only answers belong to a question; under the names the table gives them."""
    return [
        models.CheckConstraint(
            condition=models.Q(kind="question", question=None) & ~models.Q(state="")
            | ~models.Q(kind="question") & models.Q(state=""),
            name=state,
        ),
        models.CheckConstraint(condition=models.Q(question=None) | models.Q(kind="answer"), name=answers),
    ]


class CommentQuerySet(SaidQuerySet):
    """Words about sets of comments."""

    def visible_to(self, user):
        """Those of meetings one may read, without what was taken away."""
        return self.standing().filter(meeting__in=Meeting.objects.visible_to(user))

    def in_zone(self, zone: Zone):
        """Those of meetings held in a zone."""
        return self.filter(meeting__venue_tambon__district__zone=zone)

    def in_district(self, district: District):
        """Those of meetings held in a district."""
        return self.filter(meeting__venue_tambon__district=district)


class Comment(Said):
    """Something said about a meeting."""

    about_names = ("meeting",)
    about_paths = ("meeting__province",)
    answer_address, settle_address, remove_address = "question_answer", "question_settle", "comment_remove"

    meeting = models.ForeignKey(
        Meeting, verbose_name=_("meeting"), on_delete=models.PROTECT, related_name="comments", editable=False
    )

    objects = CommentQuerySet.as_manager()

    class Meta(Said.Meta):
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = said_rules(state="only_questions_have_a_state", answers="only_answers_belong_to_a_question")
