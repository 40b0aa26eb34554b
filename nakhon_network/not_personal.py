"""The other half of the policy file: fields that hold words, days or files, but nothing about a person.

`app.model` → names of its fields, in one text with spaces between. See `privacy_policy.py`.
"""

NOT_PERSONAL: dict[str, str] = {
    "organizations.province": "name_th name_en sort_key search_key loose_key code",
    "organizations.zone": "name_th name_en sort_key search_key loose_key",
    "organizations.district": "name_th name_en sort_key search_key loose_key code",
    "organizations.districtstatus": "kind since source",
    "organizations.tambon": "name_th name_en sort_key search_key loose_key code",
    "organizations.focustambon": "chosen_on chosen_reason dropped_on dropped_reason",
    "organizations.role": "code name_th name_en level authority",
    "organizations.organization": "name kind sort_key search_key loose_key",
    "organizations.person": "notice_version",
    "organizations.contact": "notice_version",
    "organizations.erasure": "kind key counts",
    "organizations.breach": "risk",
    "organizations.auditentry": "verb kind key",
    "organizations.auditsubject": "kind key",
    "meetings.series": "name numbering",
    "meetings.tag": "name key",
    "meetings.meeting": "kind format held_on ends_on source_url source_licence visibility sort_key",
    "meetings.meetinglink": "kind",
    "meetings.agendatemplate": "name",
    "meetings.agendatemplateitem": "section title",
    "meetings.agendaitem": "section outcome",
    "meetings.comment": "kind state",
    "meetings.meetingphoto": "visibility",
    "meetings.attachment": "kind visibility",
    "meetings.minutes": "state digits",
    "meetings.resolution": "strength",
    "meetings.task": "due_on state reach",
    "tambon_survey.round": "name ordered_by planning_meeting_on rule",
    "tambon_survey.importbatch": "state digest",
    "tambon_survey.rememberedcolumns": "signature meanings",
    "tambon_survey.notice": "kind",
    "tambon_survey.packet": "checksum",
    "tambon_survey.submission": (
        "state manner readiness fix_by coordinators_answer activities_answer team_answer agencies_answer "
        "coordinators_verdict activities_verdict team_verdict agencies_verdict"
    ),
    "tambon_survey.save": "section source notice_version",
    "tambon_survey.snapshot": "verdicts",
    "tambon_survey.step": "move from_state to_state fix_by",
    "tambon_survey.point": "topic reply",
    "tambon_survey.zonereport": "standing",
    "tambon_survey.coordinator": "standing",
    "tambon_survey.activity": "standing since",
    "tambon_survey.teammember": "standing",
    "tambon_survey.support": "standing sector since",
    # Tables of Django and of installed packages.
    "auth.permission": "name codename",
    "auth.group": "name",
    "contenttypes.contenttype": "app_label model",
    "socialaccount.socialapp": "provider provider_id name client_id secret key settings",
}
