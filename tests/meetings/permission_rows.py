"""The meetings' rows of the permission table (tests/test_permissions.py says how to read them), and their objects.

A draft is what only staff reads; its title holds the name that must not leak.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from meetings.models import AgendaItem, AgendaTemplate, Goal, Meeting, MeetingLink
from tests.factories import make_attachment, make_meeting, make_post, make_resolution, make_task
from tests.meetings import rows_afterwards, rows_attendance, rows_learning, rows_minutes

#                                              anon nobo memb tamb tam2 dist zon2 zon3 staf
ROWS_OF_RECORD: list[tuple[str, str, str, str]] = [
    ("meeting_list", "-", "safe",             "200  200  200  200  200  200  200  200  200"),
    ("meeting_add", "p", "edit",              "302  404  404  404  404  404  404  404  200"),
    ("meeting_page", "draft meeting", "safe", "404  404  404  404  404  404  404  404  200"),
    ("meeting_page", "network meeting", "safe", "404 404 200 200  200  200  200  200  200"),
    ("meeting_page", "public meeting", "safe", "200 200  200  200  200  200  200  200  200"),
    ("meeting_edit", "draft meeting", "edit", "302  404  404  404  404  404  404  404  200"),
    ("meeting_edit", "network meeting", "edit", "302 404 403 403  403  403  403  403  200"),
    ("meeting_edit", "public meeting", "edit", "302 403  403  403  403  403  403  403  200"),
    ("meeting_history", "draft meeting", "safe", "302 404 404 404 404 404 404 404 200"),
    ("meeting_history", "network meeting", "safe", "302 404 403 403 403 403 403 403 200"),
]  # fmt: skip
#                                              anon nobo memb tamb tam2 dist zon2 zon3 staf
ROWS_OF_AGENDA_AND_PAPERS: list[tuple[str, str, str, str]] = [
    ("meeting_links", "draft meeting", "edit", "302 404 404 404 404 404 404 404 200"),
    ("meeting_links", "network meeting", "edit", "302 404 403 403 403 403 403 403 200"),
    ("meeting_next", "draft meeting", "edit", "302 404 404 404 404 404 404 404 200"),
    ("meeting_next", "network meeting", "edit", "302 404 403 403 403 403 403 403 200"),
    ("agenda_edit", "draft meeting", "safe",  "302 404 404 404 404 404 404 404 200"),
    ("agenda_edit", "network meeting", "safe", "302 404 403 403 403 403 403 403 200"),
    ("agenda_edit", "public meeting", "safe", "302 403 403 403 403 403 403 403 200"),
    ("agenda_item_add", "draft meeting", "edit", "302 404 404 404 404 404 404 404 200"),
    ("agenda_item_add", "network meeting", "edit", "302 404 403 403 403 403 403 403 200"),
    ("agenda_item_edit", "draft item", "edit", "302 404 404 404 404 404 404 404 200"),
    ("agenda_item_edit", "network item", "edit", "302 404 403 403 403 403 403 403 200"),
    ("attachments", "draft meeting", "edit",  "302 404 404 404 404 404 404 404 200"),
    ("attachments", "network meeting", "edit", "302 404 403 403 403 403 403 403 200"),
    ("attachments", "public meeting", "edit", "302 403 403 403 403 403 403 403 200"),
    ("attachment", "draft paper", "safe",     "404 404 404 404 404 404 404 404 200"),
    ("attachment", "hidden paper", "safe",    "404 404 404 404 404 404 404 404 200"),
    ("attachment", "network paper", "safe",   "404 404 200 200 200 200 200 200 200"),
    ("attachment", "public paper", "safe",    "200 200 200 200 200 200 200 200 200"),
    ("attachment_edit", "draft paper", "edit", "302 404 404 404 404 404 404 404 200"),
    ("attachment_edit", "public paper", "edit", "302 403 403 403 403 403 403 403 200"),
    ("agenda_apply", "draft meeting", "post", "302 404 404 404 404 404 404 404 302"),
    ("agenda_apply", "network meeting", "post", "302 404 403 403 403 403 403 403 302"),
    ("agenda_item_move", "draft item", "post", "302 404 404 404 404 404 404 404 302"),
    ("agenda_item_move", "network item", "post", "302 404 403 403 403 403 403 403 302"),
    ("agenda_item_remove", "draft item", "post", "302 404 404 404 404 404 404 404 302"),
    ("agenda_item_remove", "network item", "post", "302 404 403 403 403 403 403 403 302"),
    ("meeting_link_remove", "draft link", "post", "302 404 404 404 404 404 404 404 302"),
    ("meeting_link_remove", "network link", "post", "302 404 403 403 403 403 403 403 302"),
    ("attachment_remove", "draft paper", "post", "302 404 404 404 404 404 404 404 302"),
    ("attachment_remove", "public paper", "post", "302 403 403 403 403 403 403 403 302"),
    ("agenda_template_list", "-", "safe",     "302 403 403 403 403 403 403 403 200"),
    ("agenda_template_add", "-", "edit",      "302 403 403 403 403 403 403 403 200"),
    ("agenda_template_edit", "agenda template", "edit", "302 404 404 404 404 404 404 404 200"),
]  # fmt: skip
#                                              anon nobo memb tamb tam2 dist zon2 zon3 staf
ROWS_OF_DECISIONS: list[tuple[str, str, str, str]] = [
    ("goal_add", "draft meeting", "edit",     "302  404  404  404  404  404  404  404  200"),
    ("goal_add", "network meeting", "edit",   "302  404  403  403  403  403  403  403  200"),
    ("goal_edit", "draft goal", "edit",       "302  404  404  404  404  404  404  404  200"),
    ("goal_edit", "network goal", "edit",     "302  404  403  403  403  403  403  403  200"),
    ("goal_move", "network goal", "post",     "302  404  403  403  403  403  403  403  302"),
    ("goal_remove", "draft goal", "post",     "302  404  404  404  404  404  404  404  302"),
    ("goal_remove", "network goal", "post",   "302  404  403  403  403  403  403  403  302"),
    ("resolution_add", "draft meeting", "edit", "302 404 404 404  404  404  404  404  200"),
    ("resolution_add", "network meeting", "edit", "302 404 403 403 403 403  403  403  200"),
    ("resolution_page", "draft resolution", "safe", "404 404 404 404 404 404 404 404  200"),
    ("resolution_page", "network resolution", "safe", "404 404 200 200 200 200 200 200 200"),
    ("resolution_page", "public resolution", "safe", "200 200 200 200 200 200 200 200 200"),
    ("resolution_edit", "draft resolution", "edit", "302 404 404 404 404 404 404 404  200"),
    ("resolution_edit", "network resolution", "edit", "302 404 403 403 403 403 403 403 200"),
    ("resolution_withdraw", "draft resolution", "edit", "302 404 404 404 404 404 404 404 200"),
    ("resolution_withdraw", "network resolution", "edit", "302 404 403 403 403 403 403 403 200"),
    ("resolution_appointments", "draft resolution", "edit", "302 404 404 404 404 404 404 404 200"),
    ("resolution_appointments", "network resolution", "edit", "302 404 403 403 403 403 403 403 200"),
    ("task_list", "-", "safe",                "302  200  200  200  200  200  200  200  200"),
    ("task_add", "draft meeting", "edit",     "302  404  404  404  404  404  404  404  200"),
    ("task_add", "network meeting", "edit",   "302  404  403  403  403  403  403  403  200"),
    ("task_page", "draft task", "safe",       "302  404  404  404  404  404  404  404  200"),
    ("task_page", "2 draft task", "safe",     "302  404  404  404  404  404  200  404  200"),
    ("task_page", "network task", "safe",     "302  404  200  200  200  200  200  200  200"),
    ("task_page", "public task", "safe",      "302  200  200  200  200  200  200  200  200"),
    ("task_edit", "draft task", "edit",       "302  404  404  404  404  404  404  404  200"),
    ("task_edit", "network task", "edit",     "302  404  403  403  403  403  403  403  200"),
    ("task_report", "2 draft task", "edit",   "302  404  404  404  404  404  200  404  200"),
    ("task_report", "network task", "edit",   "302  404  403  403  403  403  403  200  200"),
    ("task_report", "public task", "edit",    "302  403  403  403  403  403  403  403  200"),
    ("task_finish", "2 draft task", "edit",   "302  404  404  404  404  404  200  404  200"),
    ("task_finish", "network task", "edit",   "302  404  403  403  403  403  403  200  200"),
    ("task_drop", "2 draft task", "edit",     "302  404  404  404  404  404  403  404  200"),
    ("task_drop", "network task", "edit",     "302  404  403  403  403  403  403  403  200"),
    ("task_reopen", "2 draft task", "edit",   "302  404  404  404  404  404  403  404  200"),
    ("task_reopen", "network task", "edit",   "302  404  403  403  403  403  403  403  200"),
]  # fmt: skip
ROWS = [
    *ROWS_OF_RECORD,
    *ROWS_OF_AGENDA_AND_PAPERS,
    *ROWS_OF_DECISIONS,
    *rows_afterwards.ROWS,
    *rows_attendance.ROWS,
    *rows_minutes.ROWS,
    *rows_learning.ROWS,
]


def objects_of_decisions(meetings: dict[str, Meeting], places: SimpleNamespace, *, hidden: str) -> dict[str, list[Any]]:
    """A goal, a resolution and a task of each meeting; the network's task is zone 3's, "2 draft task" is zone 2's."""
    found: dict[str, list[Any]] = {}
    for name, meeting in meetings.items():
        words = hidden if name == "draft" else "ที่อ่านได้"
        goal = Goal.objects.create(meeting=meeting, position=1, title=f"เป้าหมาย{words}")
        resolution = make_resolution(meeting, text=f"มติ{words}")
        post = {"post": make_post("zone-representative", places.zone3)} if name == "network" else {}
        task = make_task(meeting, resolution=resolution, text="งาน", **post)
        for kind, one in (("goal", goal), ("resolution", resolution), ("task", task)):
            found[f"{name} {kind}"] = [one.pk]
    own = make_task(meetings["draft"], text="งาน", post=make_post("zone-representative", places.zone2))
    return found | {"2 draft task": [own.pk]}


def objects(cast: SimpleNamespace, places: SimpleNamespace, *, hidden: str = "คนซ่อน") -> dict[str, list[Any]]:
    """What all these rows are asked with: one meeting of each visibility, and what belongs to them."""
    draft, network, public = (
        make_meeting(places.province, title=title, visibility=visibility)
        for title, visibility in ((f"ร่างของ{hidden}", "draft"), ("ของเครือข่าย", "network"), ("เปิดเผย", "public"))
    )
    meetings = {"draft": draft, "network": network, "public": public}
    found: dict[str, list[Any]] = {"agenda template": [AgendaTemplate.objects.default().pk]}
    for word, meeting in meetings.items():
        item = AgendaItem.objects.create(meeting=meeting, position=1, section="other", title=meeting.title)
        found |= {f"{word} meeting": [meeting.pk], f"{word} item": [item.pk]}
        found[f"{word} paper"] = [make_attachment(meeting, visibility="public").pk]
    found["hidden paper"] = [make_attachment(public, visibility="draft").pk]
    found["network paper"] = [make_attachment(public, visibility="network").pk]
    link = MeetingLink.objects.create(earlier=draft, later=public)
    found["draft link"] = [draft.pk, link.pk]
    stub = make_meeting(places.province, title="ก่อนหน้า")
    found["network link"] = [network.pk, MeetingLink.objects.create(earlier=stub, later=network).pk]
    found |= rows_afterwards.objects(cast, meetings, hidden=hidden)
    found |= rows_attendance.objects(draft, network, public, hidden=hidden)
    found |= rows_minutes.objects(cast, meetings, hidden=hidden)
    found |= rows_learning.objects(places.province, hidden=hidden)
    return found | objects_of_decisions(meetings, places, hidden=hidden)
