"""Who came: expected seats marked by one tap, names typed, the three lists put in order; and the sheet to sign."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetings.actions import attendance as actions
from meetings.expected import Seat, seats_of
from meetings.forms.attendance import ExpectForm, LineForm, MarkForm, NamesForm, SheetForm
from meetings.models import Attendance, Meeting
from meetings.rolls import rolls_of
from organizations import access
from organizations.models import Post
from organizations.problems import Refused
from organizations.views.answers import UNPROCESSABLE, done, page, refused, require

BLANK_ROWS = 20
CONFLICT = 409


@require_http_methods(["GET", "POST"])
def attendance_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about who came; POST writes names on a list."""
    meeting = _kept(request, pk)
    form = NamesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            lines = actions.add_names(
                meeting, roll=data["roll"], names=data["names"], another=data["another"], by=request.user
            )
        except actions.SameName as why:
            form = NamesForm(request.POST, asks_another=True)
            form.add_error("names", why.sentence)
        except Refused as why:
            form.add_error(None, why.sentence)
        else:
            return done(request, _("Names written down: %(count)s") % {"count": len(lines)}, _address(meeting))
    return page(request, "meetings/attendance_edit.html", _board(meeting) | {"form": form}, form=form)


@require_POST
def attendance_mark(request: HttpRequest, pk: int) -> HttpResponse:
    """One tap: what is said of one expected seat. htmx gets the row and the lists, a page without script the page."""
    meeting = _kept(request, pk)
    form, problem, status, line = MarkForm(request.POST), "", 200, None
    if not form.is_valid():
        problem, status = form.sentence(), UNPROCESSABLE
    else:
        try:
            line = _mark(meeting, form.cleaned_data, request)
        except Refused as why:
            problem, status = why.sentence, CONFLICT
    key = str(form.data.get("seat", ""))
    if not problem and not request.htmx:
        return redirect(f"{_address(meeting)}#seat-{key}")
    context = _board(meeting) | {"problem": problem, "marked": key}
    if not request.htmx:
        return render(request, "meetings/attendance_edit.html", context | {"form": NamesForm()}, status=status)
    context["seat"] = _tapped(context["seats"], key, line)
    return render(request, "meetings/parts/attendance_marked.html", context, status=status)


def _tapped(seats: list[Seat], key: str, line: Attendance | None) -> Seat | None:
    """The seat as it is after the tap: a vacant one has another key once somebody stood in, and back."""
    standing_in = [one for one in seats if line is not None and one.substitute == line]
    same = [one for one in seats if one.key == key]
    emptied = [one for one in seats if key.startswith(f"{one.key}-")]
    return next(iter([*standing_in, *same, *emptied]), None)


def _mark(meeting: Meeting, data: dict[str, Any], request: HttpRequest) -> Attendance | None:
    asked: dict[str, Any] = {"seat": data["seat"], "day": _day(meeting), "by": request.user}
    if data["mark"] == "clear":
        actions.clear(meeting, **asked)
        return None
    if data["mark"] == "substitute":
        return actions.send_substitute(meeting, name=data["name"], reason=data["reason"], **asked)
    return actions.mark(meeting, roll=data["mark"], reason=data["reason"], **asked)


@require_POST
def attendance_arrange(request: HttpRequest, pk: int) -> HttpResponse:
    """One line a place up or down."""
    meeting = _kept(request, pk)
    up = "up" in request.POST
    wanted = request.POST.get("up" if up else "down", "")
    if not wanted.isascii() or not wanted.isdecimal() or len(wanted) > 18:
        return redirect(_address(meeting))
    try:
        actions.move_line(meeting, pk=int(wanted), up=up, by=request.user)
    except Refused as why:
        return refused(request, why, _address(meeting))
    if request.htmx:
        return render(request, "meetings/parts/attendance_lists.html", _board(meeting))
    return redirect(f"{_address(meeting)}#line-{wanted}")


@require_http_methods(["GET", "POST"])
def attendance_line(request: HttpRequest, pk: int) -> HttpResponse:
    """One line: its list, name, post, duty and reason."""
    line = _line(request, pk)
    form = LineForm(request.POST or None, instance=line, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save_line(line, changes=form.changes(), by=request.user)
        except Refused as why:
            form.add_error(None, why.sentence)
        else:
            return done(request, _("Saved: %(name)s") % {"name": saved.name}, _address(line.meeting))
    return page(
        request, "meetings/attendance_line.html", {"form": form, "line": line, "meeting": line.meeting}, form=form
    )


@require_POST
def attendance_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a name off its list."""
    line = _line(request, pk)
    try:
        actions.remove_line(line, by=request.user)
    except Refused as why:
        return refused(request, why, _address(line.meeting))
    return done(request, _("Taken off the list: %(name)s") % {"name": line.name}, _address(line.meeting))


@require_http_methods(["GET", "POST"])
def expected_posts_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Which posts are expected, role by role."""
    meeting = _kept(request, pk)
    form = ExpectForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        role = form.cleaned_data["role"]
        here = f"{resolve_url('expected_posts_edit', meeting.pk)}#role-{role.pk}"
        try:
            actions.expect(meeting, role=role, posts=form.chosen(), by=request.user)
        except Refused as why:
            return refused(request, why, here)
        return done(request, _("Expected at the meeting: %(role)s") % {"role": role.name}, here)
    expected = set(meeting.expected_posts.values_list("pk", flat=True))
    roles: dict[Any, list[tuple[Post, bool]]] = {}
    for post in Post.objects.of_province(meeting.province).with_areas().in_chart_order():
        roles.setdefault(post.role, []).append((post, post.pk in expected))
    context = {
        "meeting": meeting,
        "roles": [(role, posts, sum(chosen for _post, chosen in posts)) for role, posts in roles.items()],
        "count": len(expected),
        "form": form,
    }
    return page(request, "meetings/expected_posts_edit.html", context, form=form)


@require_safe
def sign_in_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """A4 to sign: the expected seats, and blank rows for everybody else."""
    meeting = _kept(request, pk)
    form = SheetForm(request.GET if "blank" in request.GET else None, initial={"blank": BLANK_ROWS})
    blank = form.cleaned_data["blank"] if form.is_bound and form.is_valid() else None
    seats = seats_of(meeting, day=_day(meeting), lines=[])
    number = BLANK_ROWS if blank is None else blank
    context = {
        "meeting": meeting,
        "seats": seats,
        "blank": range(len(seats) + 1, len(seats) + number + 1),
        "form": form,
    }
    return page(request, "meetings/sign_in_sheet.html", context)


def _kept(request: HttpRequest, pk: int) -> Meeting:
    """The meeting, for who keeps its record."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).with_facts(), pk=pk)
    require(access.of(request.user).may_manage(meeting.province))
    return meeting


def _line(request: HttpRequest, pk: int) -> Attendance:
    lines = Attendance.objects.visible_to(request.user).with_facts().select_related("meeting__province")
    line = get_object_or_404(lines, pk=pk)
    require(access.of(request.user).may_manage(line.meeting.province))
    return line


def _day(meeting: Meeting) -> date:
    """The day whose holders are expected: that of the meeting, today when it is unknown."""
    return meeting.day or timezone.localdate()


def _address(meeting: Meeting) -> str:
    return resolve_url("attendance_edit", meeting.pk)


def _board(meeting: Meeting) -> dict[str, Any]:
    """The expected seats and the three lists as they stand."""
    lines = list(meeting.attendance.with_facts().in_print_order())
    seats = seats_of(meeting, day=_day(meeting), lines=lines)
    return {
        "meeting": meeting,
        "day": _day(meeting),
        "seats": seats,
        "settled": sum(seat.is_settled for seat in seats),
        "rolls": rolls_of(lines),
    }
