"""Forms of tasks: what is to be done, by whom, until when; what came of it."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from meetings.actions.tasks import EveryoneWhoAttended, EveryPost, Order, Receiver
from meetings.models import Meeting, Reach, Task
from nakhon_network.lib.form_fields import DateWarningsMixin, ThaiCharField
from nakhon_network.lib.thai_text import loose_key
from organizations.models import Organization, Person, Post, Role, User

ONE, ATTENDED = "one", "attended"
MOST_FOUND = 12


class TaskForm(DateWarningsMixin, forms.ModelForm):
    """What is to be done, and until when."""

    class Meta:
        model = Task
        fields = ["resolution", "text", "due_on", "due_meeting", "is_urgent"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, meeting: Meeting | None, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.meeting = meeting
        self.user = user
        if meeting is None:
            for name in ("resolution", "due_meeting"):
                del self.fields[name]
            return
        self.fields["resolution"].queryset = meeting.resolutions.standing().select_related("meeting")
        self.fields["resolution"].empty_label = _("none: from the meeting itself")
        later = Q(held_on="") | Q(held_on__gte=meeting.held_on.to_iso() if meeting.held_on else "")
        meetings = Meeting.objects.visible_to(user).filter(later, province=meeting.province).exclude(pk=meeting.pk)
        self.fields["due_meeting"].queryset = meetings.newest_first()
        self.fields["due_meeting"].empty_label = _("none")
        self.fields["due_on"].help_text = _("Or choose a meeting below.")

    def clean_due_on(self) -> Any:
        """Not before the meeting that gives the work."""
        day = self.cleaned_data["due_on"]
        meeting = self.instance.meeting
        if day and meeting is not None and meeting.day and day < meeting.day:
            raise ValidationError(_("This day lies before the meeting. Please check the year."))
        return day


class GiveForm(TaskForm):
    """The same, and who is given the work: everyone of a kind, or one post, person or organization by name."""

    to = forms.ChoiceField(label=gettext_lazy("Who is given the work"), widget=forms.RadioSelect)
    name = ThaiCharField(
        label=gettext_lazy("Name of the post, person or organization"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Only for one of them: a part of the name is enough."),
    )
    found = forms.ChoiceField(
        label=gettext_lazy("Which of these is meant?"), required=False, widget=forms.RadioSelect, choices=()
    )
    order = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ["text", "to", "name", "found", "due_on", "due_meeting", "is_urgent", "resolution", "order"]
    asked_for = ("name", "found")

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        self.meeting = meeting
        super().__init__(*args, meeting=meeting, **kwargs)
        self.roles = {role.code: role for role in _roles_of(self.meeting)}
        self.fields["to"].choices = [
            *((f"role:{role.code}", _every(role)) for role in self.roles.values()),
            (ATTENDED, _("everyone who attended this meeting")),
            (ONE, _("one post, person or organization, by name")),
        ]
        self.fields["order"].initial = uuid.uuid4
        self.offered = self._offered() if self.is_bound and self.data.get("to") == ONE else {}
        self.fields["found"].choices = [(key, label) for key, (label, _thing) in self.offered.items()]
        if len(self.offered) < 2:
            del self.fields["found"]

    def _offered(self) -> dict[str, tuple[str, Receiver]]:
        """Key → (label, thing) of what the typed name may mean; a few at most."""
        try:
            typed = self.fields["name"].clean(self.data.get("name", ""))
        except ValidationError:
            return {}
        wanted = loose_key(typed)
        if not wanted:
            return {}
        posts = Post.objects.visible_to(self.user).of_province(self.meeting.province).with_areas()
        people = Person.objects.visible_to(self.user).standing().matching(typed).in_thai_order()
        people = people.with_posts_on(timezone.localdate(), viewer=self.user)
        bodies = Organization.objects.standing().matching(typed).in_thai_order()
        things: list[tuple[str, Any]] = [
            *(("post", post) for post in posts if wanted in loose_key(post.title)),
            *(("person", person) for person in people[:MOST_FOUND]),
            *(("organization", body) for body in bodies[:MOST_FOUND]),
        ]
        return {f"{kind}:{one.pk}": (_label(one), one) for kind, one in things[:MOST_FOUND]}

    def clean(self) -> dict[str, Any]:
        """Whoever is meant becomes `receiver`."""
        cleaned = super().clean() or self.cleaned_data
        to = cleaned.get("to", "")
        if to == ATTENDED:
            cleaned["receiver"] = EveryoneWhoAttended()
        elif to == ONE:
            cleaned["receiver"] = self._one(cleaned)
        elif to:
            cleaned["receiver"] = EveryPost(self.roles[to.removeprefix("role:")])
        return cleaned

    def _one(self, cleaned: dict[str, Any]) -> Receiver | None:
        things = [thing for _label, thing in self.offered.values()]
        if len(things) == 1:
            return things[0]
        if "name" in self.errors or "found" in self.errors:
            return None
        if not cleaned.get("name"):
            self.add_error("name", _("Type a part of the name."))
        elif not things:
            self.add_error("name", _("Nothing of that name is on record. Try a shorter part, or record it first."))
        elif cleaned.get("found"):
            return self.offered[cleaned["found"]][1]
        else:
            self.add_error("found", _("Several have this name: choose one, or type more of it."))
        return None

    def to_order(self) -> Order:
        """What the action needs."""
        data = self.cleaned_data
        names = ("text", "resolution", "due_on", "due_meeting", "is_urgent")
        return Order(key=data["order"], **{name: data[name] for name in names})


def _roles_of(meeting: Meeting) -> Any:
    """Roles with posts in the province, and how many tasks one order to all of them makes, as `tasks`."""
    posts = Post.objects.of_province(meeting.province)
    return (
        Role.objects.filter(posts__in=posts)
        .annotate(tasks=Sum(Coalesce("posts__seats", 1)))
        .order_by(F("order"), "code")
    )


def _label(thing: Any) -> str:
    """Its name; for a person with the posts held, which tell the bearers of one name apart."""
    return " · ".join([str(thing), *(appointment.post.title for appointment in getattr(thing, "held", []))])


def _every(role: Any) -> str:
    tasks = ngettext("%(count)s task", "%(count)s tasks", role.tasks) % {"count": role.tasks}
    return _("every %(role)s (%(tasks)s)") % {"role": role.name, "tasks": tasks}


class ReportForm(forms.Form):
    """What happened with a task."""

    text = ThaiCharField(
        label=gettext_lazy("How far is it?"), multiline=True, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


class FinishForm(forms.Form):
    """What came of a task, and how far down it is felt."""

    outcome = ThaiCharField(
        label=gettext_lazy("What came of it"), multiline=True, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    reach = forms.ChoiceField(
        label=gettext_lazy("How far does the result reach?"),
        choices=Reach.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("The furthest of these where somebody feels it today."),
    )
