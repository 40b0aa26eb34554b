"""Forms of a learning forum: its host and who speaks there, its review, a lesson, and what the list is narrowed to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.forms.asking import NEW, NamesMixin, which_box
from meetings.forms.attendance import name_and_organization
from meetings.models import Forum, Lesson
from nakhon_network.lib.form_fields import ThaiCharField
from nakhon_network.lib.names import split_name
from organizations.models import Organization, Person, Theme, User

MOST_SPEAKERS = 40
LONGEST = 200
PROPOSED = 30
MOST_ALIKE = 5
# The parts of the form as they stand on the page: heading, boxes.
GROUPS = (
    (gettext_lazy("Who is at home there, and what it is about"), ("host_name", "host_name_which", "themes")),
    (gettext_lazy("People who know"), ("speakers", "people")),
)


def _revision(*, required: bool = False) -> forms.IntegerField:
    """What the person saw; required where every other box may stay empty, so that nothing is emptied by accident."""
    return forms.IntegerField(widget=forms.HiddenInput, required=required, min_value=0, max_value=2_000_000_000)


class ForumForm(NamesMixin, forms.Form):
    """Host, themes, and who speaks on what, one a line; persons of the directory with these names are offered."""

    host_name = ThaiCharField(
        label=gettext_lazy("Host network"),
        max_length=LONGEST,
        required=False,
        help_text=gettext_lazy("Whose work is learnt from. Empty: who convened the meeting is at home there."),
        widget=forms.TextInput(attrs={"list": "hosts", "autocomplete": "off"}),
    )
    host_name_which = which_box(gettext_lazy("Which organization is meant"))
    themes = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Themes"),
        queryset=Theme.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    speakers = ThaiCharField(
        label=gettext_lazy("Names and what they speak on, one a line"),
        max_length=MOST_SPEAKERS * LONGEST,
        required=False,
        multiline=True,
        help_text=gettext_lazy("Such as นายสมชาย ใจดี · การทำบัญชีครัวเรือน."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    people = forms.MultipleChoiceField(
        label=gettext_lazy("These are persons of the directory"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Tick only whom you know to be the same person."),
    )
    revision = _revision(required=True)

    asked_for = ("host_name_which", "people")

    def __init__(self, *args: Any, forum: Forum, user: User, **kwargs: Any) -> None:
        speakers = list(forum.speakers.with_people()) if forum.pk else []
        initial = {
            "host_name": forum.host.name if forum.host else "",
            "themes": [theme.pk for theme in forum.themes.all()] if forum.pk else [],
            "speakers": "\n".join(str(one) for one in speakers),
            "people": [str(one.person_id) for one in speakers if one.person_id],
            "revision": forum.revision,
        }
        super().__init__(*args, **({"initial": initial} | kwargs))
        self.forum = forum
        self.host: Organization | None = None
        self.new_host = ""
        self.fields["themes"].queryset = Theme.objects.in_order()
        if not self.fields["themes"].queryset.exists():
            del self.fields["themes"]
        self.alike = {str(person.pk): (name, person) for name, person in _alike([one.name for one in speakers], user)}
        self.alike |= {str(one.person.pk): (one.name, one.person) for one in speakers if one.person}
        if self.alike:
            self.fields["people"].choices = [(key, person.name) for key, (_name, person) in self.alike.items()]
        else:
            del self.fields["people"]

    @property
    def groups(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """(heading, boxes) of each part; hidden boxes stand in their part."""
        for heading, names in GROUPS:
            yield str(heading), [self[name] for name in names if name in self.fields]

    @property
    def host_names(self) -> Iterable[str]:
        """Organizations that convened or hosted meetings before, proposed while one types."""
        province = self.forum.meeting.province
        standing = Organization.objects.standing()
        hosts = standing.filter(meetings__province=province) | standing.filter(
            forums_hosted__meeting__province=province
        )
        return hosts.distinct().in_thai_order().values_list("name", flat=True)[:PROPOSED]

    def clean_speakers(self) -> list[tuple[str, str]]:
        """(name, topic) of each line; a name once. Refuses too many, and a line that is too long."""
        lines = [name_and_organization(line) for line in self.cleaned_data["speakers"].splitlines() if line.strip()]
        found = {name: topic for name, topic in lines if name}
        if len(found) > MOST_SPEAKERS:
            raise forms.ValidationError(_("At most %(count)s people.") % {"count": MOST_SPEAKERS})
        if any(len(text) > LONGEST for pair in found.items() for text in pair):
            raise forms.ValidationError(_("Please use at most 200 letters for a name, and as many for what it is on."))
        return list(found.items())

    def clean(self) -> dict[str, Any]:
        """The host is found by name."""
        cleaned = super().clean() or self.cleaned_data
        typed = cleaned.get("host_name", "")
        if typed:
            standing = Organization.objects.standing()
            found = self.choose(
                "host_name",
                exact=list(standing.called(typed)[:PROPOSED]),
                near=list(standing.matching(typed).in_thai_order()[:PROPOSED]),
                unknown=_("No organization called “%(name)s” is known.") % {"name": typed},
                offer=_("Add “%(name)s” to the organizations") % {"name": typed},
            )
            self.new_host = typed if found == NEW else ""
            self.host = found if isinstance(found, Organization) else None
        return cleaned

    def known_people(self) -> dict[str, Person]:
        """Name → the person of the directory, as ticked."""
        return dict(map(self.alike.__getitem__, self.cleaned_data.get("people", ())))


def _alike(names: list[str], user: User) -> Iterator[tuple[str, Person]]:
    """(name, person of the directory of that name), those the user may see."""
    for name in names:
        parts = split_name(name)
        people = Person.objects.visible_to(user).of_that_name(first_name=parts.first, last_name=parts.last)
        for person in people[:MOST_ALIKE]:
            yield name, person


class ReviewForm(forms.ModelForm):
    """The four prompts of an after action review."""

    revision = _revision(required=True)

    class Meta:
        model = Forum
        fields = list(Forum.PROMPTS)
        widgets = {name: forms.Textarea(attrs={"rows": 4}) for name in Forum.PROMPTS}
        help_texts = {
            "intended": gettext_lazy("What people wanted to get from the forum."),
            "happened": gettext_lazy("What came out, as it was seen."),
            "difference": gettext_lazy("What helped, and what stood in the way."),
            "next_time": gettext_lazy("What to keep and what to do differently."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["revision"].initial = self.instance.revision


class LessonForm(forms.ModelForm):
    """One thing that was learnt."""

    revision = _revision()

    class Meta:
        model = Lesson
        fields = ["text", "said_by", "reach"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["revision"].initial = self.instance.revision
        choices = self.fields["reach"].choices
        self.fields["reach"].choices = [("", _("not known")), *((value, label) for value, label in choices if value)]


class ForumsForm(forms.Form):
    """Theme, host and year; what is not offered narrows nothing."""

    show_optional = False

    theme = forms.ChoiceField(label=gettext_lazy("Theme"), required=False)
    host = forms.ChoiceField(label=gettext_lazy("Host network"), required=False)
    year = forms.ChoiceField(label=gettext_lazy("Year"), required=False)

    def __init__(self, *args: Any, hosts: Iterable[Organization], years: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hosts = {str(host.pk): host for host in hosts}
        themes = [(theme.pk, theme.name) for theme in Theme.objects.in_order()]
        self.fields["theme"].choices = [("", _("all themes")), *themes]
        self.fields["host"].choices = [("", _("all hosts")), *((key, str(host)) for key, host in self.hosts.items())]
        self.fields["year"].choices = [("", _("all years")), *((str(year), str(year + 543)) for year in years)]

    def wanted(self) -> tuple[str, Organization | None, int | None]:
        """(theme, host, Gregorian year) that was asked for, as far as it is offered."""
        self.is_valid()
        typed = self.cleaned_data
        year = typed.get("year")
        return typed.get("theme") or "", self.hosts.get(typed.get("host") or ""), int(year) if year else None
