"""Forms of the chain: a meeting linked by its name, and the next one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.forms.asking import NEW, NamesMixin, SureMixin, which_box
from meetings.models import Meeting, MeetingLink
from nakhon_network.lib.form_fields import PartialDateField, ThaiCharField
from nakhon_network.lib.thai_text import loose_key
from organizations.models import User

LONGEST_TITLE = 200
BEFORE, AFTER = "before", "after"
PROPOSED = 60


class LinkForm(NamesMixin, SureMixin, forms.Form):
    """Another meeting, typed by name or day, and what it is to this one. `other`: the meeting, or NEW for a stub."""

    side = forms.ChoiceField(
        label=gettext_lazy("The other meeting came"),
        choices=[(BEFORE, gettext_lazy("before this one")), (AFTER, gettext_lazy("after this one"))],
        widget=forms.RadioSelect,
        initial=BEFORE,
    )
    kind = forms.ChoiceField(label=gettext_lazy("The later one"), choices=MeetingLink.Kind.choices)
    meeting = ThaiCharField(
        label=gettext_lazy("The other meeting"),
        max_length=LONGEST_TITLE,
        help_text=gettext_lazy("A part of its title or its day. One that is not written down yet can be added."),
        widget=forms.TextInput(attrs={"list": "meetings", "autocomplete": "off"}),
    )
    meeting_which = which_box(gettext_lazy("Which meeting is meant"))
    asked_for = ("sure", "meeting_which")

    def __init__(self, *args: Any, meeting: Meeting, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.this = meeting
        self.other: Any = None
        seen = Meeting.objects.visible_to(user).of_province(meeting.province)
        self.seen = seen.other_than(meeting).newest_first()

    @property
    def proposed(self) -> Iterable[str]:
        """Names proposed while one types: the newest meetings."""
        return [str(one) for one in self.seen[:PROPOSED]]

    def clean(self) -> dict[str, Any]:
        """The meeting meant; the days must fit its side, or somebody says that they do."""
        cleaned = super().clean() or self.cleaned_data
        typed = cleaned.get("meeting", "")
        if typed:
            wanted = loose_key(typed)
            known = list(self.seen)
            self.other = self.choose(
                "meeting",
                exact=[one for one in known if wanted in (loose_key(str(one)), loose_key(one.title))],
                near=[one for one in known if wanted and wanted in loose_key(str(one))],
                unknown=_("No meeting called “%(name)s” is written down.") % {"name": typed},
                offer=_("Write “%(name)s” down as a meeting whose day is not known") % {"name": typed},
            )
        if isinstance(self.other, Meeting) and not self.errors:
            self.ask_about(self._doubts(before=cleaned["side"] == BEFORE))
        return cleaned

    @property
    def is_new(self) -> bool:
        """Whether a stub is to be written down."""
        return self.other == NEW

    def _doubts(self, *, before: bool) -> list[str]:
        earlier, later = (self.other, self.this) if before else (self.this, self.other)
        if earlier.held_on and later.held_on and later.held_on < earlier.held_on:
            facts = {"earlier": earlier, "later": later}
            return [_("By its day “%(later)s” was held before “%(earlier)s”. Which came first?") % facts]
        return []


class NextForm(forms.Form):
    """Name and day of the next meeting."""

    title = ThaiCharField(label=gettext_lazy("Title of the next meeting"), max_length=LONGEST_TITLE)
    held_on = PartialDateField(
        label=gettext_lazy("Day"),
        required=False,
        help_text=gettext_lazy("25 ธ.ค. 2549, or only ธ.ค. 2549 or 2549; empty when it is not known."),
    )
