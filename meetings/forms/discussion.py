"""Forms of a discussion: something said, an answer, what became of a question, why something is taken away."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.models.discussion import Kind
from meetings.models.discussion import QuestionState as State
from nakhon_network.lib.form_fields import ThaiCharField

KINDS = [(kind.value, kind.label) for kind in (Kind.QUESTION, Kind.THANKS, Kind.REMARK)]
LONGEST = 3000


class AnswerForm(forms.Form):
    """An answer; who keeps the record may write it down for somebody else."""

    text = ThaiCharField(label=_("Answer"), max_length=LONGEST, multiline=True)
    author_name = ThaiCharField(
        label=_("Said by"),
        max_length=200,
        required=False,
        help_text=_("Only when written down for somebody else, as the public source names them."),
    )

    def __init__(self, *args: Any, keeps: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["rows"] = 4
        if not keeps:
            del self.fields["author_name"]

    def said(self) -> dict[str, str]:
        """What the actions take, of a valid form."""
        return {name: value for name, value in self.cleaned_data.items() if value}


class CommentForm(AnswerForm):
    """A question, thanks or a remark about a thing."""

    kind = forms.ChoiceField(label=_("What it is"), choices=KINDS, initial=Kind.QUESTION, widget=forms.RadioSelect)
    text = ThaiCharField(label=_("What you want to say"), max_length=LONGEST, multiline=True)
    field_order = ["kind", "text", "author_name"]


class SettleForm(forms.Form):
    """What became of a question."""

    state = forms.ChoiceField(
        label=_("What became of the question"),
        choices=[
            (State.ACCEPTED, _("the answer here is accepted")),
            (State.ELSEWHERE, _("it was answered elsewhere")),
            (State.OPEN, _("it still waits for an answer")),
        ],
        widget=forms.RadioSelect,
    )
    where = ThaiCharField(
        label=_("Where it was answered"),
        max_length=300,
        required=False,
        help_text=_("Such as the page or the meeting; only when it was answered elsewhere."),
    )

    def __init__(self, *args: Any, has_answer: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_answer:
            field = self.fields["state"]
            field.choices = [one for one in field.choices if one[0] != State.ACCEPTED]


class RemoveForm(forms.Form):
    """Why a comment is taken away."""

    reason = ThaiCharField(
        label=_("Why it is taken away"), max_length=300, help_text=_("One sentence; it stays in the history.")
    )
