"""What the search box knows: one declaration for each kind of thing.

A new kind needs `search_key` and `loose_key` on its rows, `visible_to` on its queryset, and a `Group` at the end of
`GROUPS`. What `rows` gives is what the reader may find; nothing else scopes it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import Meeting, Resolution
from nakhon_network.search.words import Query
from nakhon_network.templatetags.thai import partial_date
from organizations.models import Contact, District, Organization, Person, Tambon, User, Zone
from tambon_survey.models import Activity, Story

Label = str | Promise


@dataclass(frozen=True)
class Text:
    """A text of a row in which words are looked for; `label` says which, nothing for the title."""

    label: Label
    of: Callable[[Any], str]


@dataclass(frozen=True)
class Group:
    """One kind of thing: where its rows come from, in which order, and what is shown of a hit."""

    key: str
    label: Label
    icon: str
    rows: Callable[[User], QuerySet[Any]]
    texts: tuple[Text, ...]
    under: Callable[[Any], str]
    order: tuple[str, ...] = ("sort_key", "pk")
    # Reads what title, texts and the line under it need, for the hits that are shown.
    full: Callable[[Any, User], QuerySet[Any]] = field(default=lambda rows, _user: rows)
    url: Callable[[Any], str] = field(default=lambda row: row.get_absolute_url())
    # Paths to areas whose names may answer for some of several words.
    beside: tuple[str, ...] = ()
    # Another reason why a row is found, and what the page calls it.
    others: Callable[[Query, User], Q | None] = field(default=lambda _query, _user: None)
    others_label: Label = ""
    by_name: bool = False
    # There is an index that begins with the loose key: very many hits are read in its order, and not all of them.
    capped: bool = False


def _joined(*texts: Any) -> str:
    return " · ".join(str(text) for text in texts if text)


def _by_phone(query: Query, user: User) -> Q | None:
    """Persons one of whose telephone numbers, of those the reader may see, holds the typed digits."""
    if not query.digits:
        return None
    return Q(pk__in=Contact.objects.visible_to(user).with_number(query.digits).values("person"))


def _place(district: District) -> str:
    return _joined(district.full_name, district.zone and district.zone.full_name)


def _home(organization: Organization) -> str:
    area = organization.area
    return _joined(organization.get_kind_display(), area and area.full_name)


def _other_names(person: Person) -> str:
    """As they stand in the key, which spares a query: the first line is the name, the nickname has its own place."""
    return _joined(*person.search_key.split("\n")[2 if person.nickname else 1 :])


def _posts(person: Person) -> str:
    return _joined(*(appointment.post.title for appointment in person.held))  # type: ignore[attr-defined]


def _where(activity: Activity) -> str:
    tambon = activity.submission.tambon
    return _joined(tambon.full_name, tambon.district.full_name, activity.submission.round.name)


def _held(meeting: Meeting) -> str:
    return _joined(meeting.get_kind_display(), partial_date(meeting.held_on) if meeting.held_on else "")


AREA_TEXTS = (Text("", lambda area: area.full_name), Text(gettext_lazy("English name"), lambda area: area.name_en))

GROUPS = (
    Group(
        key="tambon",
        label=gettext_lazy("Tambon"),
        icon="map-pin",
        rows=lambda user: Tambon.objects.visible_to(user),
        full=lambda rows, _user: rows.with_areas(),
        texts=AREA_TEXTS,
        under=lambda tambon: _place(tambon.district),
        beside=("district", "district__province"),
    ),
    Group(
        key="districts",
        label=gettext_lazy("Districts"),
        icon="map",
        rows=lambda user: District.objects.visible_to(user),
        full=lambda rows, _user: rows.select_related("province", "zone"),
        texts=AREA_TEXTS,
        under=lambda district: _joined(district.zone and district.zone.full_name),
        beside=("province",),
    ),
    Group(
        key="zones",
        label=gettext_lazy("Zones"),
        icon="layers",
        rows=lambda user: Zone.objects.visible_to(user),
        full=lambda rows, _user: rows.select_related("province"),
        texts=AREA_TEXTS,
        under=lambda zone: zone.province.full_name,
        order=("number", "pk"),
    ),
    Group(
        key="people",
        label=gettext_lazy("People"),
        icon="users",
        rows=lambda user: Person.objects.visible_to(user).standing(),
        full=lambda rows, user: rows.with_posts_on(timezone.localdate(), viewer=user),
        texts=(
            Text("", lambda person: person.name),
            Text(gettext_lazy("Nickname"), lambda person: person.nickname),
            Text(gettext_lazy("Other names"), _other_names),
        ),
        under=_posts,
        others=_by_phone,
        others_label=gettext_lazy("Found by the telephone number"),
        by_name=True,
    ),
    Group(
        key="organizations",
        label=gettext_lazy("Organizations"),
        icon="building-2",
        rows=lambda user: Organization.objects.visible_to(user).standing(),
        full=lambda rows, _user: rows.select_related("province", "zone", "district", "tambon"),
        texts=(
            Text("", lambda organization: organization.name),
            Text(gettext_lazy("Short name"), lambda organization: organization.short_name),
        ),
        under=_home,
        beside=("tambon", "district"),
        capped=True,
    ),
    Group(
        key="activities",
        label=gettext_lazy("Activities"),
        icon="sprout",
        rows=lambda user: Activity.objects.searched_by(user),
        full=lambda rows, _user: rows.with_areas(),
        texts=(
            Text("", lambda activity: activity.title),
            Text(gettext_lazy("Group"), lambda activity: activity.group),
        ),
        under=_where,
        order=("loose_key", "pk"),
        beside=("submission__tambon", "submission__tambon__district"),
        capped=True,
    ),
    Group(
        key="meetings",
        label=gettext_lazy("Meetings"),
        icon="calendar-days",
        rows=lambda user: Meeting.objects.visible_to(user),
        texts=(
            Text("", lambda meeting: meeting.title),
            Text(gettext_lazy("Meeting number"), lambda meeting: meeting.number_text),
            Text(gettext_lazy("Venue"), lambda meeting: meeting.venue),
        ),
        under=_held,
        order=("-held_on", "-pk"),
    ),
    Group(
        key="resolutions",
        label=gettext_lazy("Resolutions"),
        icon="gavel",
        rows=lambda user: Resolution.objects.visible_to(user).standing(),
        full=lambda rows, _user: rows.with_facts(),
        texts=(
            Text("", lambda resolution: _("Resolution %(reference)s") % {"reference": resolution.reference}),
            Text(gettext_lazy("Text of the resolution"), lambda resolution: resolution.text),
        ),
        under=lambda resolution: _joined(resolution.get_strength_display(), resolution.meeting.title),
        order=("-meeting__held_on", "-meeting", "number"),
    ),
    Group(
        key="stories",
        label=gettext_lazy("Stories"),
        icon="book-open",
        rows=lambda user: Story.objects.visible_to(user).kept(),
        full=lambda rows, _user: rows.with_facts(),
        texts=(
            Text("", lambda story: story.title),
            Text(gettext_lazy("Text of the story"), lambda story: story.text),
        ),
        under=lambda story: _joined(story.get_kind_display(), story.tambon and story.tambon.full_name),
    ),
)
