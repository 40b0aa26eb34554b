"""The pages that are looked at in a real browser: every address that draws one, with who looks (None: anybody).

The people are the demo's accounts; an argument with @ is the name of a key in `scenery.py`.
"""

from __future__ import annotations

from typing import NamedTuple


class Page(NamedTuple):
    """One address as one person sees it."""

    name: str
    arguments: tuple[str, ...] = ()
    who: str | None = None
    query: str = ""
    status: int = 200

    def __str__(self) -> str:
        return " ".join([self.name, *self.arguments, self.query, "as", self.who or "anybody"]).replace("  ", " ")


STAFF, ZONE, DISTRICT, TAMBON, MEMBER, CAREFUL = "province", "zone3", "district", "tambon", "member", "zone2"

HOMES = [Page("home", who=who) for who in (None, STAFF, ZONE, DISTRICT, TAMBON, MEMBER)]
AREAS = [
    Page("search", who=STAFF, query="q=บ้าน"),
    Page("search", who=ZONE, query="q=ไม่มีชื่อนี้"),
    Page("search", who=MEMBER),
    Page("province_page", ("80",), MEMBER),
    Page("province_page", ("80",), STAFF),
    Page("zone_page", ("@zone",), ZONE),
    Page("district_page", ("8003",), DISTRICT),
    Page("tambon_page", ("800304",), TAMBON),
    Page("tambon_page", ("@tambon-not-in-focus",), STAFF),
    Page("zone_editor", ("80",), STAFF),
    Page("zone_add", ("80",), STAFF),
    Page("zone_edit", ("@zone",), STAFF),
    Page("district_move", ("8003",), STAFF),
    Page("focus_list", ("80",), STAFF),
    Page("focus_list", ("80",), STAFF, "q=ท่า"),
    Page("focus_choose", ("@tambon-not-in-focus",), STAFF),
    Page("focus_drop", ("800304",), STAFF),
]
PEOPLE = [
    Page("organization_chart", ("80",), STAFF),
    Page("organization_chart", ("80",), MEMBER, "on=24/12/2549"),
    Page("person_list", (), STAFF),
    Page("person_list", (), ZONE, "q=ไม่มีชื่อนี้"),
    Page("person_add", (), DISTRICT),
    Page("person_duplicates", (), STAFF),
    Page("person_page", ("@tambon-person",), TAMBON),
    Page("person_page", ("@zone-person",), MEMBER),
    Page("person_page", ("@twice-1",), STAFF),
    Page("person_edit", ("@twice-1",), STAFF),
    Page("person_merge", ("@twice-1", "@twice-2"), STAFF),
    Page("contact_add", ("@tambon-person",), TAMBON),
    Page("contact_edit", ("@contact",), TAMBON),
    Page("contact_remove", ("@contact",), TAMBON),
    Page("post_page", ("@post",), TAMBON),
    Page("post_page", ("@vacant-post",), STAFF),
    Page("post_appoint", ("@vacant-post",), STAFF),
    Page("post_appoint", ("@vacant-post",), STAFF, "q=คนที่"),
    Page("appointment_end", ("@appointment",), DISTRICT),
    Page("invitation_issue", ("@post",), DISTRICT),
    Page("invitation_issue", ("@vacant-post",), STAFF, "q=คนที่"),
    Page("invitation_page", ("@invitation",), STAFF),
    Page("invitation_page", ("@used-invitation",), STAFF),
    Page("invitation_accept", ("an-open-link",)),
    Page("invitation_accept", ("an-open-link",), MEMBER),
    Page("invitation_accept", ("a-used-link",), status=410),
    Page("invitation_accept", ("a-revoked-link",), status=410),
    Page("invitation_accept", ("an-expired-link",), status=410),
    Page("invitation_accept", ("no-such-link",), status=404),
]
ACCOUNTS = [
    Page("account_login"),
    Page("account_login", (), None, "next=/people/"),
    Page("account_signup"),
    Page("account_inactive"),
    Page("account_reset_password"),
    Page("account_reset_password_done"),
    Page("account_reset_password_from_key", ("1", "no-such-key")),
    Page("account_reset_password_from_key_done"),
    Page("account_logout", (), TAMBON),
    Page("account_page", (), TAMBON),
    Page("account_page", (), CAREFUL),
    Page("account_edit", (), TAMBON),
    Page("account_change_password", (), TAMBON),
    Page("account_reauthenticate", (), TAMBON),
    Page("usersessions_list", (), TAMBON),
    Page("socialaccount_connections", (), TAMBON),
    Page("socialaccount_login_cancelled"),
    Page("socialaccount_login_error", (), TAMBON, status=401),
    Page("mfa_index", (), TAMBON),
    Page("mfa_index", (), CAREFUL),
    Page("mfa_activate_totp", (), TAMBON),
    Page("mfa_deactivate_totp", (), CAREFUL),
    Page("mfa_view_recovery_codes", (), CAREFUL),
    Page("mfa_generate_recovery_codes", (), CAREFUL),
    Page("mfa_list_webauthn", (), TAMBON),
    Page("mfa_list_webauthn", (), DISTRICT),
    Page("mfa_add_webauthn", (), TAMBON),
    Page("mfa_edit_webauthn", ("@passkey",), DISTRICT),
    Page("mfa_remove_webauthn", ("@passkey",), DISTRICT),
    Page("mfa_reauthenticate", (), CAREFUL),
]
SURVEY = [
    Page("home", who=CAREFUL),
    Page("round_list", (), STAFF),
    Page("round_list", (), TAMBON),
    Page("round_add", ("80",), STAFF),
    Page("round_edit", ("@round",), STAFF),
    Page("round_page", ("@round",), STAFF),
    Page("round_page", ("@round",), STAFF, "by=readiness"),
    Page("round_page", ("@round",), DISTRICT),
    Page("round_expected", ("@round",), STAFF),
    Page("expected_add", ("@round",), STAFF, "q=บ้าน"),
    Page("expected_drop", ("@own-form",), STAFF),
    Page("submission_extend", ("@own-form",), STAFF),
    Page("zone_board", ("@round", "@zone"), ZONE),
    Page("zone_report", ("@round", "@zone"), ZONE),
    Page("submission_page", ("@own-form",), TAMBON),
    Page("submission_page", ("@approved",), STAFF),
    Page("submission_entry", ("@own-form",), TAMBON),
    Page("submission_submit", ("@own-form",), TAMBON),
    Page("submission_history", ("@own-form",), TAMBON),
    Page("activity_photos", ("@own-form", "@own-activity"), TAMBON),
    Page("submission_review", ("@sent",), ZONE),
    Page("submission_return", ("@sent",), ZONE),
    Page("submission_reopen", ("@approved",), STAFF),
    Page("coordinator_appoint", ("@coordinator",), STAFF),
    Page("agency_list", (), STAFF),
    Page("agency_page", ("@agency",), STAFF),
    Page("agency_merge", ("@agency", "@agency-2"), STAFF),
    Page("agency_matrix", ("@round",), STAFF),
    Page("unsupported_list", ("@round",), STAFF),
    Page("notice_list", (), TAMBON),
    Page("notice_list", (), STAFF),
    Page("round_page", ("@first-round",), STAFF),
    Page("round_page", ("@round",), ZONE),
    Page("round_expected", ("@first-round",), STAFF),
    Page("round_edit", ("@planned",), STAFF),
    Page("zone_board", ("@round", "@zone2"), CAREFUL),
    Page("zone_board", ("@first-round", "@zone"), ZONE),
    Page("zone_report", ("@round", "@zone1"), STAFF),
    Page("zone_report", ("@first-round", "@zone"), ZONE),
    Page("submission_page", ("@own-form",), DISTRICT),
    Page("submission_page", ("@sent",), ZONE),
    Page("submission_page", ("@untouched",), STAFF),
    Page("submission_entry", ("@untouched",), STAFF),
    Page("submission_submit", ("@draft",), ZONE),
    Page("submission_review", ("@own-form",), CAREFUL),
    Page("submission_review", ("@approved",), STAFF),
    Page("submission_review", ("@untouched",), STAFF),
    Page("submission_history", ("@approved",), STAFF),
    Page("agency_matrix", ("@first-round",), CAREFUL),
    Page("agency_list", (), TAMBON),
]
MEETINGS = [
    Page("meeting_list"),
    Page("meeting_list", (), STAFF),
    Page("meeting_list", (), MEMBER, "q=ไม่มีชื่อนี้"),
    Page("meeting_add", ("80",), STAFF),
    Page("meeting_page", ("@meeting",)),
    Page("meeting_page", ("@meeting",), STAFF),
    Page("meeting_page", ("@meeting",), ZONE),
    Page("meeting_page", ("@draft-meeting",), STAFF),
    Page("meeting_edit", ("@meeting",), STAFF),
]
AFTERWARDS = [
    Page("question_list"),
    Page("question_list", (), STAFF),
    Page("comment_add", ("@meeting",), MEMBER),
    Page("comment_add", ("@meeting",), STAFF),
    Page("question_answer", ("@question",), ZONE),
    Page("question_settle", ("@question",), STAFF),
    Page("comment_remove", ("@question",), STAFF),
    Page("calendar_settings", (), TAMBON),
    Page("calendar_settings", (), MEMBER),
    Page("meeting_page", ("@planning-meeting",), STAFF),
    Page("meeting_page", ("@planning-meeting",), ZONE),
]
REFUSALS = [
    Page("round_page", ("@planned",), STAFF, status=404),
    Page("submission_entry", ("@own-form",), ZONE, status=404),
    Page("zone_editor", ("80",), TAMBON, status=404),
    Page("tambon_page", ("999999",), STAFF, status=404),
    Page("person_duplicates", (), DISTRICT, status=403),
]
PAGES = [*HOMES, *AREAS, *PEOPLE, *SURVEY, *MEETINGS, *AFTERWARDS, *ACCOUNTS, *REFUSALS]

# Addresses that draw no page here, and why.
NAMES_WITHOUT_PAGE = {
    "healthz": "for machines",
    "readyz": "for machines",
    "calendar_feed": "a file",
    "meeting_calendar": "a file",
    "calendar_renew": "a button on calendar_settings",
    "calendar_revoke": "the same",
    "set_language": "only sends back",
    "zones_confirm": "a button on the zone editor",
    "round_open": "a button on the page of a planned round",
    "submission_save": "where the sections of submission_entry are sent",
    "submission_restore": "a button on submission_history",
    "submission_approve": "a button on submission_review",
    "submission_accept": "the same",
    "activity_photo": "a picture",
    "activity_photo_remove": "a button on activity_photos",
    "agencies_name": "a button on the list of agencies",
    "notice_open": "a button on the list of notices",
    "notices_read": "the same",
    "consent_withdraw": "a button on the person's page",
    "invitation_revoke": "a button on the invitation's page",
    "mfa_download_recovery_codes": "a file",
    "mfa_login_webauthn": "for the script of the sign-in page",
    "mfa_reauthenticate_webauthn": "asks for a device that holds the passkey",
    "mfa_authenticate": "the second step of signing in; walked in test_accounts.py",
    "account_email": "sends on to account_edit",
    "account_confirm_email": "sends on to account_edit",
    "account_email_verification_sent": "sends on to account_edit",
    "account_set_password": "no account is without a password",
    "account_confirm_login_code": "sign-in by code is not offered",
    "socialaccount_signup": "an account comes from an invitation",
}
