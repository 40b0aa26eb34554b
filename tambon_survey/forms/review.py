"""Forms of sending, judging and reporting."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nakhon_network.lib.form_fields import BuddhistDateField, DateWarningsMixin, ThaiCharField
from tambon_survey.answers import Answers
from tambon_survey.models import Point, Submission, Topic, ZoneReport

BLANK_POINTS = 5
DAYS_TO_MEND = 7


def _several_lines(rows: int = 2) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class SubmitForm(forms.Form):
    """What was done about each point the answers were sent back with; nothing when there is none."""

    show_optional = False

    def __init__(self, *args: Any, points: Iterable[Point], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.points = list(points)
        for at, point in enumerate(self.points, 1):
            self.fields[f"reply_{point.pk}"] = forms.ChoiceField(
                label=_("Point %(number)s: what did you do?") % {"number": at},
                choices=Point.Reply.choices,
                widget=forms.RadioSelect,
                error_messages={"required": _("Please choose: mended or explained?")},
            )
            self.fields[f"text_{point.pk}"] = ThaiCharField(
                label=_("Point %(number)s: in a sentence") % {"number": at},
                help_text=_("Needed when you explain instead of mending."),
                required=False,
                max_length=1000,
                multiline=True,
                widget=_several_lines(),
            )

    def asked(self) -> list[tuple[Point, Any, Any]]:
        """Each point with its two boxes."""
        return [(point, self[f"reply_{point.pk}"], self[f"text_{point.pk}"]) for point in self.points]

    def clean(self) -> dict[str, Any]:
        """An explanation needs its sentence."""
        cleaned = super().clean() or self.cleaned_data
        for point in self.points:
            explained = cleaned.get(f"reply_{point.pk}") == Point.Reply.EXPLAINED
            if explained and not cleaned.get(f"text_{point.pk}") and f"text_{point.pk}" not in self.errors:
                self.add_error(f"text_{point.pk}", _("Please write a sentence that explains it."))
        return cleaned

    @property
    def replies(self) -> dict[int, tuple[str, str]]:
        """Key of each point → (reply, explanation)."""
        return {
            point.pk: (self.cleaned_data[f"reply_{point.pk}"], self.cleaned_data[f"text_{point.pk}"])
            for point in self.points
        }


class ReturnForm(DateWarningsMixin, forms.Form):
    """Up to five points, each about a topic or one of the rows that were sent, and the day to mend them by."""

    show_optional = False

    def __init__(self, *args: Any, sent: Answers, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        choices = _places(sent)
        for at in range(1, BLANK_POINTS + 1):
            number = {"number": at}
            self.fields[f"place_{at}"] = forms.ChoiceField(
                label=_("Point %(number)s: about") % number, choices=choices, required=False
            )
            self.fields[f"text_{at}"] = ThaiCharField(
                label=_("Point %(number)s: what should be mended?") % number,
                required=False,
                max_length=1000,
                multiline=True,
                widget=_several_lines(),
            )
        self.fields["fix_by"] = BuddhistDateField(
            label=_("Mend by"),
            help_text=_("The last day on which the tambon may send it again."),
            initial=today + timedelta(days=DAYS_TO_MEND),
        )

    def boxes(self) -> list[tuple[Any, Any]]:
        """The two boxes of each point."""
        return [(self[f"place_{at}"], self[f"text_{at}"]) for at in range(1, BLANK_POINTS + 1)]

    def clean_fix_by(self) -> date:
        """No day that has passed."""
        day: date = self.cleaned_data["fix_by"]
        if day < self.today:
            raise forms.ValidationError(_("This day has passed: please choose today or a later day."))
        return day

    def clean(self) -> dict[str, Any]:
        """Each point says what it is about and what should be mended; there is at least one."""
        cleaned = super().clean() or self.cleaned_data
        begun = [at for at in range(1, BLANK_POINTS + 1) if cleaned.get(f"place_{at}") or cleaned.get(f"text_{at}")]
        for at in begun:
            if not cleaned.get(f"place_{at}") and f"place_{at}" not in self.errors:
                self.add_error(f"place_{at}", _("Please choose what this point is about."))
            if not cleaned.get(f"text_{at}") and f"text_{at}" not in self.errors:
                self.add_error(f"text_{at}", _("Please write what should be mended."))
        if not begun and not self.errors:
            self.add_error("text_1", _("Please write at least one point: what should be mended?"))
        return cleaned

    @property
    def points(self) -> list[tuple[str, str | None, str]]:
        """The points as (topic, row or None, text)."""
        found = []
        for at in range(1, BLANK_POINTS + 1):
            topic, _colon, row = self.cleaned_data[f"place_{at}"].partition(":")
            if topic:
                found.append((topic, row or None, self.cleaned_data[f"text_{at}"]))
        return found


def _places(sent: Answers) -> list[tuple[str, Any]]:
    """A topic as a whole, or one of its rows, by topic."""
    groups: list[tuple[str, Any]] = [("", _("Choose…"))]
    for topic in sent:
        label = str(Topic(topic.topic).label)
        rows = [(f"{topic.topic}:{row.id}", topic.name_of(row)) for row in topic.rows]
        groups.append((label, [(topic.topic, _("%(topic)s as a whole") % {"topic": label}), *rows]))
    return groups


class ReopenForm(forms.Form):
    """Why a decision is taken back."""

    reason = ThaiCharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("One sentence; everybody who works for the tambon reads it."),
    )


class ZoneReportForm(forms.ModelForm):
    """The zone's summary, and a sentence for each missing tambon."""

    show_optional = False

    class Meta:
        model = ZoneReport
        fields = ["summary"]
        widgets = {"summary": forms.Textarea(attrs={"rows": 8})}

    def __init__(self, *args: Any, missing: Iterable[Submission], known: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.missing = {one.pk: one for one in missing}
        for key, one in self.missing.items():
            self.fields[f"missing_{key}"] = ThaiCharField(
                label=_("Why %(tambon)s is missing") % {"tambon": one.tambon.full_name},
                required=False,
                max_length=1000,
                multiline=True,
                widget=_several_lines(),
                initial=known.get(key, ""),
            )

    def box_of(self, submission: Submission) -> Any:
        """The box of one missing tambon; None for one that is not missing."""
        return self[f"missing_{submission.pk}"] if submission.pk in self.missing else None

    def require_all(self) -> bool:
        """For sending: a summary, and a sentence for each missing tambon."""
        for name in ("summary", *(f"missing_{key}" for key in self.missing)):
            if name not in self.errors and not self.cleaned_data.get(name):
                self.add_error(name, _("Please fill in this box before the report is sent."))
        return not self.errors

    @property
    def explanations(self) -> dict[int, str]:
        """Key of each missing submission → what was written."""
        return {key: self.cleaned_data[f"missing_{key}"] for key in self.missing}
