"""What the names of the first round mean, said one by one; some wait in the list, one was left alone."""

from __future__ import annotations

from organizations.models import Organization, User
from tambon_survey.actions.naming import decide_name, record_name
from tambon_survey.models import Activity, Support
from tambon_survey.suggesting import suggestions
from tambon_survey.unlinked import name_in

# These wait for somebody to look at them.
WAITING = ("วัด", "กศน.", "กลุ่มออมทรัพย์")
GROUPS = ("กลุ่มอาชีพบ้านคีรีวง", "ชาวสวนบ้านคีรีวง")
# Reads the same, or but for brackets, at home here or above.
SURE = 6
NO_BODY = "ผู้เรียนตำบลชะเมา"


def make_names_demo(*, by: User) -> None:
    """Offices and what is known already get their records; runs in the transaction of the survey's demo."""
    rows: dict[str, Support] = {}
    tambons: dict[str, set[str]] = {}
    for row in Support.objects.undecided().with_areas().in_order():
        if not row.name.startswith(WAITING):
            rows.setdefault(row.body_key, row)
            tambons.setdefault(row.body_key, set()).add(row.submission.tambon_id)
    for key, row in rows.items():
        _say(row, is_one_everywhere=len(tambons[key]) > 1, by=by)
    for group in Activity.objects.undecided().with_areas().in_order():
        if group.group in GROUPS:
            _say(group, is_one_everywhere=False, by=by)
        elif group.group == NO_BODY:
            decide_name(group, area=group.submission.tambon, organization=None, by=by)


def _say(row: Support | Activity, *, is_one_everywhere: bool, by: User) -> None:
    tambon = row.submission.tambon
    area = tambon.district.province if is_one_everywhere else tambon
    likeliest = next(iter(suggestions(row, by)), None)
    if likeliest is not None and likeliest.weight >= SURE:
        decide_name(row, area=area, organization=likeliest.organization, by=by)
        return
    kind = Organization.Kind.GROUP if isinstance(row, Activity) else _kind(row.sector)
    body = Organization(name=name_in(row), kind=kind, source=f"{row.submission.round.name} {tambon.full_name}")
    body.area = area
    record_name(row, area=area, organization=body, themes=[], by=by)


def _kind(sector: str) -> Organization.Kind:
    return Organization.Kind(sector) if sector in Organization.Kind.values else Organization.Kind.ORGANIZATION
