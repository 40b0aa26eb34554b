"""Addresses of the survey: rounds, a tambon's form, its review, the zone's report."""

from django.urls import path, re_path

from tambon_survey.views import boards, entry, expected, notices, photos, reports, review, rounds, submissions

urlpatterns = [
    path("rounds/", rounds.round_list, name="round_list"),
    re_path(r"^provinces/(?P<code>[0-9]{2})/rounds/add/$", rounds.round_add, name="round_add"),
    path("rounds/<int:pk>/", boards.round_page, name="round_page"),
    path("rounds/<int:pk>/zones/<int:zone>/", boards.zone_board, name="zone_board"),
    path("notices/", notices.notice_list, name="notice_list"),
    path("notices/read/", notices.notices_read, name="notices_read"),
    path("notices/<int:pk>/open/", notices.notice_open, name="notice_open"),
    path("rounds/<int:pk>/edit/", rounds.round_edit, name="round_edit"),
    path("rounds/<int:pk>/open/", rounds.round_open, name="round_open"),
    path("rounds/<int:pk>/expected/", expected.round_expected, name="round_expected"),
    path("rounds/<int:pk>/expected/add/", expected.expected_add, name="expected_add"),
    path("submissions/<int:pk>/drop/", expected.expected_drop, name="expected_drop"),
    path("submissions/<int:pk>/extend/", expected.submission_extend, name="submission_extend"),
    path("submissions/<int:pk>/", submissions.submission_page, name="submission_page"),
    path("submissions/<int:pk>/entry/", entry.submission_entry, name="submission_entry"),
    path("submissions/<int:pk>/save/", entry.submission_save, name="submission_save"),
    path("submissions/<int:pk>/activities/<uuid:row>/photos/", photos.activity_photos, name="activity_photos"),
    path("photos/<uuid:pk>/", photos.activity_photo, name="activity_photo"),
    path("photos/<uuid:pk>/remove/", photos.activity_photo_remove, name="activity_photo_remove"),
    path("submissions/<int:pk>/saves/<int:save>/restore/", entry.submission_restore, name="submission_restore"),
    path("submissions/<int:pk>/history/", submissions.submission_history, name="submission_history"),
    path("submissions/<int:pk>/submit/", submissions.submission_submit, name="submission_submit"),
    path("submissions/<int:pk>/review/", review.submission_review, name="submission_review"),
    path("submissions/<int:pk>/return/", review.submission_return, name="submission_return"),
    path("submissions/<int:pk>/approve/", review.submission_approve, name="submission_approve"),
    path("submissions/<int:pk>/accept/", review.submission_accept, name="submission_accept"),
    path("submissions/<int:pk>/reopen/", review.submission_reopen, name="submission_reopen"),
    path("rounds/<int:pk>/zones/<int:zone>/report/", reports.zone_report, name="zone_report"),
]
