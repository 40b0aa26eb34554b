"""Home is the next thing to do; the frame of every page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meetings.home import my_tasks, overdue_tasks
from meetings.models.discussion import QuestionState
from nakhon_network import style_samples, telling
from nakhon_network.lib.marks import fill, mark, split
from organizations import access
from organizations.models import District, FocusTambon, Person, Post, Province, Tambon, User, Zone
from organizations.models.areas import Area
from organizations.overview import Overview, overview, post_counts
from organizations.views.areas import province_page
from tambon_survey.boards import current_round
from tambon_survey.home import survey_home
from tambon_survey.models import Notice
from tambon_survey.questions import number_waiting

NOTICES = "bell"
# Label, icon, address; an entry may hold links in place of an address.
_Link = tuple[str, str, str]
_Entry = tuple[str, str, "str | tuple[_Link, ...]"]


@dataclass(frozen=True)
class NavLink:
    """One entry of the main menu: a page, or a group of `links` (then without an address of its own)."""

    label: str
    url: str
    icon: str
    is_current: bool
    links: tuple[NavLink, ...] = ()


@dataclass(frozen=True)
class NextThing:
    """Something that waits for the person: a sentence, where to do it, and the verb on its button."""

    text: str
    url: str
    verb: str
    icon: str


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """What every page is drawn in; worked out only when a template asks."""
    return {"frame": SimpleLazyObject(lambda: _frame(request))}


def _frame(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    language = get_language() or ""
    nav = _nav(request, access.of(user), language) if signed_in else ()
    typed = request.GET.get("q", "") if request.path == reverse("search") else ""
    values = {
        "label": user.label if signed_in else "",
        "here": request.get_full_path(),
        "typed": typed,
        "token": get_token(request),
    }
    return {
        "network_name": _network_name(),
        "header": fill(_header(nav, signed_in, language), {name: escape(value) for name, value in values.items()}),
    }


def _network_name() -> str:
    return _("Nakhon Si Thammarat People's Network")


@lru_cache(maxsize=256)
def _header(nav: tuple[NavLink, ...], signed_in: bool, language: str) -> list[str]:
    """The head of a page with marks where the account, the address and the token stand."""
    other = "th" if language == "en" else "en"
    context = {
        "network_name": _network_name(),
        "nav": nav,
        "user_label": mark("label") if signed_in else "",
        "typed": mark("typed"),
        "here": mark("here"),
        "other_language": {"code": other, "label": "English" if other == "en" else "ไทย"},
        "csrf_token": mark("token"),
    }
    return split(render_to_string("components/site_header.html", context))


def _nav(request: HttpRequest, reach: access.Access, language: str) -> tuple[NavLink, ...]:
    works = bool(reach.provinces())
    entries = _entries(language, settings.HOME_PROVINCE, reach.is_member, works, reach.is_staff)
    return tuple(_nav_link(request, *entry) for entry in entries)


def _nav_link(request: HttpRequest, label: str, icon: str, leads_to: str | tuple[_Link, ...]) -> NavLink:
    if isinstance(leads_to, str):
        label = _notices_label(request.user) if icon == NOTICES else label
        return NavLink(label, leads_to, icon, is_current=request.path == leads_to)
    links = tuple(_nav_link(request, *link) for link in leads_to)
    return NavLink(label, "", icon, is_current=any(one.is_current for one in links), links=links)


@lru_cache(maxsize=32)
def _entries(_language: str, province: str, is_member: bool, works: bool, is_staff: bool) -> list[_Entry]:
    """What somebody's menu holds: pages, and groups of pages that one opens less often."""
    entries: list[_Entry] = [
        (_("Home"), "house", reverse("home")),
        (_("Meetings"), "calendar-days", reverse("meeting_list")),
    ]
    if is_member:
        entries.append((_("Tasks"), "list-checks", reverse("task_list")))
        if works:
            entries.append((_("Survey rounds"), "clipboard-list", reverse("round_list")))
        known: list[_Link] = [
            (_("Province"), "map", reverse("province_page", args=[province])),
            (_("Who does what"), "network", reverse("organization_chart", args=[province])),
            (_("People"), "users", reverse("person_list")),
            (_("Organizations"), "building-2", reverse("organization_list")),
        ]
        if works:
            known.append((_("Introductions"), "handshake", reverse("introduction_list")))
        if is_staff:
            known += [
                (_("Zones"), "layers", reverse("zone_editor", args=[province])),
                (_("Focus tambon"), "target", reverse("focus_list", args=[province])),
                (_("Personal data"), "shield-check", reverse("privacy_office")),
            ]
        entries.append((_("The network"), "waypoints", tuple(known)))
    entries.append((_("Learning"), "book-open", (
        (_("Stories and learning media"), "book-open", reverse("story_list")),
        (_("Learning forums"), "messages-square", reverse("forum_list")),
        (_("Questions without an answer"), "circle-question-mark", reverse("question_list")),
    )))  # fmt: skip
    if is_member:
        entries.append((_("Notices"), NOTICES, reverse("notice_list")))
    return entries


def _notices_label(user: User) -> str:
    unread = Notice.objects.count_unread(user)
    return _("Notices (%(count)s new)") % {"count": unread} if unread else _("Notices")


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The public overview for visitors; for everyone else their area and what waits for them there."""
    reach = access.of(request.user)
    if not request.user.is_authenticated:
        return province_page(request, code=settings.HOME_PROVINCE)
    today, now = timezone.localdate(), timezone.now()
    survey_round = current_round(request.user, now=now) if reach.home_area() else None
    area = _own_area(reach, known=survey_round.province if survey_round else None)
    context: dict[str, Any] = {
        "area": area,
        "is_member": reach.is_member,
        "things": [],
        "home_province": settings.HOME_PROVINCE,
    }
    if area is not None:
        context["tasks"] = my_tasks(request.user, today=today)
        context["survey"] = survey_home(request.user, area, survey_round, now=now)
    if isinstance(area, Province):
        context["overview"] = seen = overview(area, on=today, viewer=request.user)
        context["counts"] = post_counts(area, on=today, viewer=request.user, focus=seen.focus)
        waits = _waits(request.user, area, today=today)
        context["things"] = [
            *_overdue_things(waits),
            *_question_things(waits, area),
            *_privacy_things(waits),
            *_province_things(area, seen, waits),
            *_things(waits),
        ]
    elif area is not None:
        context["posts"] = _posts_in(area, user=request.user)
        waits = _waits(request.user, area, today=today)
        context["things"] = [*_things(waits), *_question_things(waits, area), *_privacy_things(waits)]
    return render(request, "nakhon_network/home.html", context)


def _own_area(reach: access.Access, *, known: Province | None) -> Any:
    """The highest area one works for; a province that was read already is not read again."""
    found = reach.home_area()
    if found is None:
        return None
    level, key = found
    if known is not None and (level, key) == (known.level, known.pk):
        return known
    model: Any = {"province": Province, "zone": Zone, "district": District, "tambon": Tambon}[level]
    related = {
        "zone": ["province"],
        "district": ["zone", "province"],
        "tambon": ["district__zone", "district__province"],
    }
    return get_object_or_404(model.objects.select_related(*related.get(level, [])), pk=key)


def _posts_in(area: Any, *, user: User) -> list[Post]:
    """The posts of an area and below, focus tambon only, holders read; those with an empty seat first."""
    posts = Post.objects.visible_to(user).expected()
    if isinstance(area, Province):
        posts = posts.of_province(area)
    elif isinstance(area, Zone):
        posts = posts.in_zone(area)
    elif isinstance(area, District):
        posts = posts.in_district(area)
    else:
        posts = posts.in_tambon(area)
    today = timezone.localdate()
    focus = set(FocusTambon.objects.in_force(today).values_list("tambon_id", flat=True))
    found = [
        post for post in posts.with_areas().with_holders_on(today) if post.tambon_id is None or post.tambon_id in focus
    ]
    return sorted(found, key=lambda post: (not post.vacancies, bytes(post.area.sort_key)))


def _things(waits: Any) -> list[NextThing]:
    things = []
    if not waits.is_reachable:
        text = _("Nobody can reach you yet: your record has no telephone number.")
        url = reverse("contact_add", args=[waits.pk])
        things.append(NextThing(text, url, _("Add my telephone number"), "phone"))
    return things


def _privacy_things(waits: Any) -> list[NextThing]:
    """People to tell, contacts to ask for again, a breach whose clock runs."""
    things = []
    if late := waits.untold:
        text = ngettext(
            "%(count)s person should have been told by now that their contact is kept.",
            "%(count)s people should have been told by now that their contact is kept.",
            late,
        )
        things.append(NextThing(text % {"count": late}, reverse("tell_list"), _("Tell them"), "message-circle"))
    if old := waits.unconfirmed:
        text = ngettext(
            "%(count)s contact was not confirmed for a year.", "%(count)s contacts were not confirmed for a year.", old
        )
        things.append(NextThing(text % {"count": old}, reverse("recheck_list"), _("Ask again"), "phone"))
    if waits.breach:
        url = reverse("breach_edit", args=[waits.breach])
        things.append(
            NextThing(_("A data breach is to be reported within 72 hours."), url, _("Open the case"), "siren")
        )
    return things


def _waits(user: User, area: Area, *, today: date) -> Any:
    """The user's own record with all that waits for them, in one query."""
    people = telling.with_duties(Person.objects.with_what_waits(), user, today=today)
    people = people.annotate(overdue=overdue_tasks(user, today=today))
    if not isinstance(area, Tambon):
        people = people.annotate(unanswered=number_waiting(user, area))
    return people.get(pk=user.person_id)


def _overdue_things(waits: Any) -> list[NextThing]:
    late = waits.overdue
    if not late:
        return []
    text = ngettext("%(count)s task of a meeting is overdue.", "%(count)s tasks of meetings are overdue.", late)
    url = f"{reverse('task_list')}?overdue=on"
    return [NextThing(text % {"count": late}, url, _("See which tasks"), "calendar-clock")]


def _question_things(waits: Any, area: Area) -> list[NextThing]:
    """Questions of the area that nobody answered; a tambon's coordinator sees them where they were asked."""
    silent = getattr(waits, "unanswered", 0)
    if not silent:
        return []
    text = ngettext("%(count)s question waits for an answer.", "%(count)s questions wait for an answer.", silent)
    place = {"zone": f"z{area.pk}", "district": str(area.pk)}.get(area.level, "")
    url = f"{reverse('question_list')}?{urlencode({'state': QuestionState.OPEN.value, 'place': place})}"
    return [NextThing(text % {"count": silent}, url, _("Read the questions"), "circle-question-mark")]


def _province_things(province: Province, seen: Overview, waits: Any) -> list[NextThing]:
    things = []
    if province.zones_confirmed_at is None:
        text = _("Which district belongs to which zone is still an assumption.")
        things.append(NextThing(text, reverse("zone_editor", args=[province.pk]), _("Check the zones"), "layers"))
    if seen.has_sample:
        text = _("The list of focus tambon is a sample, not the real one.")
        url = reverse("focus_list", args=[province.pk])
        things.append(NextThing(text, url, _("Choose the focus tambon"), "target"))
    elif not seen.focus_count:
        text = _("No focus tambon has been chosen yet.")
        url = reverse("focus_list", args=[province.pk])
        things.append(NextThing(text, url, _("Choose the focus tambon"), "target"))
    if waits.are_twins:
        text = _("Some records have the same name: one person twice, or two persons?")
        things.append(NextThing(text, reverse("person_duplicates"), _("Look at the names"), "users"))
    return things


@login_not_required
@require_safe
def style_guide(request: HttpRequest) -> HttpResponse:
    """Every component with content of real length; in the development profile only."""
    return render(request, "style_guide.html", style_samples.samples())
