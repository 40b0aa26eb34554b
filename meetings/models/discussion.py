"""What people ask and say about a meeting afterwards. No network address is kept with it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models.meetings import Meeting
from nakhon_network.lib.model_fields import CleanCharField, CleanTextField


class CommentQuerySet(models.QuerySet):
    """Words about sets of comments."""

    def visible_to(self, user):
        """Those of meetings one may read, without what was taken away."""
        gone = models.Q(question__removed_at__isnull=False)
        return self.kept().exclude(gone).filter(meeting__in=Meeting.objects.visible_to(user))

    def kept(self):
        """Without what was taken away."""
        return self.filter(removed_at__isnull=True)

    def questions(self):
        """Only questions."""
        return self.filter(kind=Comment.Kind.QUESTION)

    def unanswered(self):
        """Questions nobody answered yet."""
        return self.questions().filter(state=Comment.State.OPEN)

    def waiting_first(self):
        """Those nobody answered first, and among these the one that waits longest; then the others, the last first."""
        is_open = models.Case(models.When(state=Comment.State.OPEN, then=0), default=1)
        age = models.Case(models.When(state=Comment.State.OPEN, then="written_at"))
        return self.order_by(is_open, age, "-written_at", "-pk")

    def with_people(self):
        """Who wrote it, and the meeting with its province, in the same query."""
        return self.select_related("written_by__person", "meeting__province")


class Comment(models.Model):
    """A question, an answer to one, thanks, or a remark. Only a question has a state, so that silence shows."""

    class Kind(models.TextChoices):
        """What it is."""

        QUESTION = "question", _("question")
        ANSWER = "answer", _("answer")
        THANKS = "thanks", _("thanks")
        REMARK = "remark", _("remark")

    class State(models.TextChoices):
        """What became of a question."""

        OPEN = "open", _("not answered yet")
        ELSEWHERE = "elsewhere", _("answered elsewhere")
        ANSWERED = "answered", _("answered")
        ACCEPTED = "accepted", _("answer accepted")

    meeting = models.ForeignKey(
        Meeting, verbose_name=_("meeting"), on_delete=models.PROTECT, related_name="comments", editable=False
    )
    question = models.ForeignKey(
        "self", verbose_name=_("question"), on_delete=models.PROTECT, null=True, blank=True, related_name="answers"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.REMARK)
    state = models.CharField(_("state"), max_length=10, choices=State, blank=True, editable=False)
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

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="question", question=None) & ~models.Q(state="")
                | ~models.Q(kind="question") & models.Q(state=""),
                name="only_questions_have_a_state",
            ),
            models.CheckConstraint(
                condition=models.Q(question=None) | models.Q(kind="answer"), name="only_answers_belong_to_a_question"
            ),
        ]

    def __str__(self) -> str:
        return self.text
