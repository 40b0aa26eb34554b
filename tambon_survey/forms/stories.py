"""Forms of the shelf: a story, why it is taken down, and what the shelf is narrowed to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.forms.asking import NamesMixin, which_box
from meetings.forms.meetings import LONGEST_TAG, MOST_TAGS
from meetings.forms.places import find_tambons, shown
from meetings.models import Meeting, Visibility
from nakhon_network.lib.form_fields import SearchField, ThaiCharField
from organizations import access
from organizations.access import Level
from organizations.forms.keeping import SentOnceMixin
from organizations.models import Tambon, Theme, User
from tambon_survey.models import Activity, Story

MOST_MEETINGS = 100
MOST_ACTIVITIES = 60
# The parts of the form as they stand on the page: heading, boxes.
GROUPS = (
    (gettext_lazy("What it tells"), ("kind", "title", "text", "happened_on")),
    (gettext_lazy("Where it comes from"), ("source_url", "licence", "credit")),
    (gettext_lazy("Where it belongs"), (
        "tambon_name", "tambon_name_which", "activity", "meeting", "themes", "tags")),
    (gettext_lazy("Who may read it"), ("visibility",)),
)  # fmt: skip


class WebAddressField(forms.URLField):
    """An address that begins with https:// or http://; nothing else is a link here."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def to_python(self, value: Any) -> str:
        """The beginning in small letters, as the database compares it."""
        text = super().to_python(value) or ""
        scheme, gap, rest = text.partition("://")
        return f"{scheme.lower()}{gap}{rest}"


class StoryForm(SentOnceMixin, NamesMixin, forms.ModelForm):
    """A story of a tambon one works for, or of the province for who manages it."""

    tambon_name = ThaiCharField(
        label=gettext_lazy("Tambon"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Type the name, with the district where several tambon share it."),
        widget=forms.TextInput(attrs={"list": "tambons", "autocomplete": "off"}),
    )
    tambon_name_which = which_box(gettext_lazy("Which tambon is meant"))
    source_url = WebAddressField(
        label=gettext_lazy("Address of the source"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy("Begins with https:// or http://."),
    )
    themes = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Themes"),
        queryset=Theme.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    tags = ThaiCharField(
        label=gettext_lazy("Tags"),
        max_length=1000,
        required=False,
        help_text=gettext_lazy("Words or phrases, parted by commas."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2_000_000_000)

    asked_for = ("tambon_name_which",)

    class Meta:
        model = Story
        fields = [
            "kind", "title", "text", "happened_on", "source_url", "licence", "credit", "activity", "meeting",
            "themes", "visibility",
        ]  # fmt: skip
        widgets = {
            "kind": forms.RadioSelect,
            "text": forms.Textarea(attrs={"rows": 12}),
            "visibility": forms.RadioSelect,
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        story = self.instance
        self.user = user
        own = Tambon.objects.filter(access.of(user).areas(Level.TAMBON), district__province=story.province)
        self.tambons = list(own.with_areas().in_thai_order())
        self.fields["themes"].queryset = Theme.objects.in_order()
        if not self.fields["themes"].queryset.exists():
            del self.fields["themes"]
        self.fields["activity"].queryset = self._activities()
        self.fields["activity"].empty_label = _("none of these")
        if not self.fields["activity"].queryset.exists():
            del self.fields["activity"]
        self.fields["meeting"].queryset = self._meetings()
        self.fields["meeting"].empty_label = _("no meeting")
        self.fields["visibility"].help_text = _(
            "Who represents the zone, and the provincial team, may show it to everybody."
        )
        self.initial["revision"] = story.revision
        self.fields["revision"].required = story.pk is not None
        if story.tambon:
            self.initial["tambon_name"] = shown(story.tambon)
        if story.pk:
            self.initial["tags"] = ", ".join(tag.name for tag in story.tags.all())

    @property
    def groups(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """(heading, boxes) of each part; hidden boxes stand in their part."""
        for heading, names in GROUPS:
            yield str(heading), [self[name] for name in names if name in self.fields]

    @property
    def tambon_names(self) -> list[str]:
        """Proposed while one types."""
        return [shown(tambon) for tambon in self.tambons]

    def _activities(self) -> Any:
        """Those of the story's tambon as last surveyed, and the one it tells of."""
        found = Activity.objects.visible_to(self.user).kept().filter(submission__tambon=self.instance.tambon_id)
        newest = found.order_by("-submission__round__opens_at", "position", "id").values("pk")[:MOST_ACTIVITIES]
        return Activity.objects.filter(pk__in=[*(one["pk"] for one in newest), self.instance.activity_id])

    def _meetings(self) -> Any:
        """The newest that one may read, and the one it tells of."""
        newest = Meeting.objects.visible_to(self.user).of_province(self.instance.province).newest_first()
        keys = newest.values_list("pk", flat=True)[:MOST_MEETINGS]
        return Meeting.objects.filter(pk__in=[*keys, self.instance.meeting_id]).newest_first()

    def clean_tags(self) -> list[str]:
        """The tags one by one; refuses one that is too long, or too many."""
        names = [part.strip() for part in self.cleaned_data["tags"].split(",") if part.strip()]
        if len(names) > MOST_TAGS:
            raise forms.ValidationError(_("At most %(count)s tags.") % {"count": MOST_TAGS})
        if any(len(name) > LONGEST_TAG for name in names):
            raise forms.ValidationError(_("A tag holds at most %(count)s letters.") % {"count": LONGEST_TAG})
        return names

    def clean(self) -> dict[str, Any]:
        """The place is found by name, and agrees with the activity; a source has a licence, a link an address."""
        cleaned = super().clean() or self.cleaned_data
        self._find_place(cleaned.get("tambon_name", ""))
        activity = cleaned.get("activity")
        if activity is not None and activity.submission.tambon_id != self.instance.tambon_id:
            self.add_error("activity", _("This activity is of another tambon."))
        if cleaned.get("source_url") and not cleaned.get("licence"):
            self.add_error("licence", _("Say what others may do with the source; if you do not know: only linked to."))
        if cleaned.get("kind") == Story.Kind.LINK and not cleaned.get("source_url") and "source_url" not in self.errors:
            self.add_error("source_url", _("A link needs its address."))
        if not cleaned.get("text") and not cleaned.get("source_url") and not {"text", "source_url"} & set(self.errors):
            self.add_error("text", _("Tell it in a few words, or give the address where it stands."))
        wants_all = cleaned.get("visibility") == Visibility.PUBLIC
        if wants_all and not self.errors and not self.instance.may_be_published_by(self.user):
            self.add_error(
                "visibility", _("Save it for the network; your zone representative can then show it to everybody.")
            )
        return cleaned

    def _find_place(self, typed: str) -> None:
        if typed:
            exact, near = find_tambons(typed, self.tambons)
            unknown = _("No tambon you work for is called “%(name)s”. Please check the spelling.") % {"name": typed}
            found = self.choose("tambon_name", exact=exact, near=near, unknown=unknown, label_of=shown)
            self.instance.tambon = found if isinstance(found, Tambon) else None
        elif access.of(self.user).may_manage(self.instance.province):
            self.instance.tambon = None
        else:
            self.add_error("tambon_name", _("Type the tambon it belongs to."))


class ShelfForm(forms.Form):
    """What the shelf is narrowed to."""

    show_optional = False

    q = SearchField(label=gettext_lazy("Words in it"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    theme = forms.ChoiceField(label=gettext_lazy("Theme"), required=False)
    tambon = forms.ChoiceField(label=gettext_lazy("Tambon"), required=False)

    def __init__(self, *args: Any, tambons: list[Tambon], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("all kinds")), *Story.Kind.choices]
        themes = [(theme.pk, theme.name) for theme in Theme.objects.in_order()]
        self.fields["theme"].choices = [("", _("all themes")), *themes]
        self.fields["tambon"].choices = [("", _("all tambon")), *((one.pk, shown(one)) for one in tambons)]

    def wanted(self) -> dict[str, str]:
        """What was asked for, as far as it is offered."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}
