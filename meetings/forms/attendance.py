"""Forms about who came: one tap for an expected seat, several names at once, one line in detail."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import Attendance, Meeting
from nakhon_network.lib.form_fields import ThaiCharField, ThaiIntegerField
from nakhon_network.lib.names import full_name, split_name
from organizations.forms.posts import PersonChoiceField
from organizations.models import Person, Post, Role, User

LONGEST = 200
MOST_NAMES = 300
MOST_BLANK = 200
# What stands before a name in a numbered list, and what parts a name from its organization.
_NUMBER = re.compile(r"^[\s•*–-]*(?:[0-9๐-๙]{1,3}\s*[.)]\s*)?")
_BETWEEN = re.compile(r"\s*[·|,;\t]\s*|\s+[-–—/]\s+")


def name_and_organization(line: str) -> tuple[str, str]:
    """`นาย สมชาย ใจดี · กลุ่มออมทรัพย์` in its two parts; without prefix spaces and list numbers."""
    name, _gap, organization = _parted(_NUMBER.sub("", line, count=1))
    parts = split_name(name)
    if parts.prefix:
        name = full_name(parts.prefix, parts.first, parts.last)
    return name.strip(), organization.strip()


def _parted(text: str) -> tuple[str, str, str]:
    found = _BETWEEN.search(text)
    return (text[: found.start()], found[0], text[found.end() :]) if found else (text, "", "")


class MarkForm(forms.Form):
    """What is said of one expected seat; `seat` is a key of `expected.Seat`."""

    MARKS = ("present", "absent", "substitute", "clear")
    seat = forms.RegexField(regex=r"\A[0-9]{1,18}-[0-9]{1,18}(-[0-9]{1,18})?\Z")
    mark = forms.ChoiceField(choices=[(one, one) for one in MARKS])
    reason = ThaiCharField(max_length=LONGEST, required=False)
    name = ThaiCharField(max_length=LONGEST, required=False)

    def clean(self) -> dict[str, Any]:
        """A substitute has a name."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("mark") == "substitute" and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", _("Write down who stood in."))
        return cleaned

    def sentence(self) -> str:
        """What is wrong, for the row that was tapped."""
        for name in ("reason", "name"):
            if name in self.errors:
                return str(self.errors[name][0])
        return _("Please reload the page and tap again.")


class NamesForm(forms.Form):
    """Several names for one list, one a line."""

    asked_for = ("another",)
    roll = forms.ChoiceField(
        label=gettext_lazy("List"),
        choices=Attendance.Roll.choices,
        initial=Attendance.Roll.ATTENDING,
        widget=forms.RadioSelect,
    )
    names = ThaiCharField(
        label=gettext_lazy("Names, one a line"),
        multiline=True,
        max_length=MOST_NAMES * LONGEST,
        help_text=gettext_lazy("Prefix, first and last name · organization, e.g. นายสมชาย ใจดี · กลุ่มออมทรัพย์บ้านนา."),
    )
    another = forms.BooleanField(label=gettext_lazy("These are other people of the same name"), required=False)

    def __init__(self, *args: Any, asks_another: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_another and not self.data.get("another"):
            self.fields["another"].widget = forms.HiddenInput()

    def clean_names(self) -> list[tuple[str, str]]:
        """(name, organization) of each line; refuses too many, and a line that is too long."""
        found = [name_and_organization(line) for line in self.cleaned_data["names"].split("\n") if line.strip()]
        found = [(name, organization) for name, organization in found if name]
        if not found:
            raise forms.ValidationError(_("Please write at least one name."))
        if len(found) > MOST_NAMES:
            raise forms.ValidationError(_("Please write at most %(count)s names at once.") % {"count": MOST_NAMES})
        for pair in found:
            if max(map(len, pair)) > LONGEST:
                text = max(pair, key=len)[:30]
                raise forms.ValidationError(
                    _("Please use at most %(count)s letters for a name: %(text)s…") % {"count": LONGEST, "text": text}
                )
        return found


class LineForm(forms.ModelForm):
    """One line of the lists. Only boxes that differ from what was shown are written: two who write do not collide."""

    person = PersonChoiceField(
        label=gettext_lazy("Person in the directory"),
        queryset=Person.objects.none(),
        required=False,
        blank=True,
        widget=forms.RadioSelect,
        empty_label=gettext_lazy("None of these"),
    )

    class Meta:
        model = Attendance
        fields = ["roll", "reason", "name", "organization_name", "post", "is_substitute", "duty", "person"]
        widgets = {"roll": forms.RadioSelect, "duty": forms.RadioSelect}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        line = self.instance
        posts = Post.objects.filter(meetings_expected_at=line.meeting_id) | Post.objects.filter(pk=line.post_id)
        self.fields["post"].queryset = posts.distinct().with_areas()
        self.fields["post"].empty_label = _("no post of the network")
        self.fields["roll"].choices = Attendance.Roll.choices
        self.fields["duty"].choices = [("", _("none")), *Attendance.Duty.choices]
        parts = split_name(line.name)
        people = Person.objects.visible_to(user).of_that_name(first_name=parts.first, last_name=parts.last)
        offered = [*people.values_list("pk", flat=True)[:10], line.person_id]
        self.fields["person"].queryset = Person.objects.filter(pk__in=[pk for pk in offered if pk])
        if not any(offered):
            del self.fields["person"]
        for field in self.fields.values():
            field.show_hidden_initial = True

    def clean(self) -> dict[str, Any]:
        """Who stands in stands in for a post."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("is_substitute") and not cleaned.get("post") and "post" not in self.errors:
            self.add_error("post", _("Choose the post this person stood in for."))
        return cleaned

    def changes(self) -> dict[str, Any]:
        """The boxes that the person changed."""
        return {name: self.cleaned_data[name] for name in self.changed_data}


class ExpectForm(forms.Form):
    """Which posts of one role are expected: all, none, or some of them."""

    role = forms.ModelChoiceField(queryset=Role.objects.none())
    which = forms.ChoiceField(choices=[(one, one) for one in ("all", "none", "these")])
    posts = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of_province = Post.objects.of_province(meeting.province)
        self.fields["role"].queryset = Role.objects.filter(pk__in=self.of_province.values("role"))
        self.fields["posts"].choices = [(str(pk), pk) for pk in self.of_province.values_list("pk", flat=True)]

    def chosen(self) -> list[Post]:
        """The posts that are expected of this role from now on."""
        of_role = self.of_province.filter(role=self.cleaned_data["role"])
        if self.cleaned_data["which"] == "these":
            of_role = of_role.filter(pk__in=self.cleaned_data["posts"])
        return [] if self.cleaned_data["which"] == "none" else list(of_role)


class SheetForm(forms.Form):
    """How many blank rows a sign-in sheet has."""

    show_optional = False
    blank = ThaiIntegerField(label=gettext_lazy("Blank rows"), max_value=MOST_BLANK, required=False)
