"""Addresses of places, people, posts and accounts. Codes are ASCII digits: anything else is simply not there."""

from django.urls import path, re_path
from django.views.generic import RedirectView

from organizations.views import accounts, areas, focus, people, posts, privacy, zones

PROVINCE = r"^provinces/(?P<code>[0-9]{2})/"
DISTRICT = r"^districts/(?P<code>[0-9]{4})/"
TAMBON = r"^tambons/(?P<code>[0-9]{6})/"

urlpatterns = [
    re_path(PROVINCE + "$", areas.province_page, name="province_page"),
    re_path(PROVINCE + "zones/$", zones.zone_editor, name="zone_editor"),
    re_path(PROVINCE + "zones/add/$", zones.zone_add, name="zone_add"),
    re_path(PROVINCE + "zones/confirm/$", zones.zones_confirm, name="zones_confirm"),
    re_path(PROVINCE + "focus/$", focus.focus_list, name="focus_list"),
    re_path(PROVINCE + "chart/$", posts.organization_chart, name="organization_chart"),
    path("zones/<int:pk>/", areas.zone_page, name="zone_page"),
    path("zones/<int:pk>/edit/", zones.zone_edit, name="zone_edit"),
    re_path(DISTRICT + "$", areas.district_page, name="district_page"),
    re_path(DISTRICT + "move/$", zones.district_move, name="district_move"),
    re_path(TAMBON + "$", areas.tambon_page, name="tambon_page"),
    re_path(TAMBON + "choose/$", focus.focus_choose, name="focus_choose"),
    re_path(TAMBON + "drop/$", focus.focus_drop, name="focus_drop"),
    path("people/", people.person_list, name="person_list"),
    path("people/add/", people.person_add, name="person_add"),
    path("people/duplicates/", people.person_duplicates, name="person_duplicates"),
    path("people/<int:pk>/", people.person_page, name="person_page"),
    path("people/<int:pk>/edit/", people.person_edit, name="person_edit"),
    path("people/<int:pk>/merge/<int:other>/", people.person_merge, name="person_merge"),
    path("people/<int:pk>/contacts/add/", people.contact_add, name="contact_add"),
    path("contacts/<int:pk>/edit/", people.contact_edit, name="contact_edit"),
    path("contacts/<int:pk>/remove/", people.contact_remove, name="contact_remove"),
    path("contacts/<int:pk>/withdraw/", people.consent_withdraw, name="consent_withdraw"),
    path("people/<int:pk>/tell/", privacy.person_tell, name="person_tell"),
    path("people/<int:pk>/hold/", privacy.person_hold, name="person_hold"),
    path("contacts/recheck/", privacy.recheck_list, name="recheck_list"),
    path("contacts/<int:pk>/confirm/", privacy.contact_confirm, name="contact_confirm"),
    re_path(PROVINCE + "breaches/$", privacy.breach_list, name="breach_list"),
    re_path(PROVINCE + "breaches/add/$", privacy.breach_add, name="breach_add"),
    path("breaches/<int:pk>/", privacy.breach_edit, name="breach_edit"),
    path("breaches/<int:pk>/report/", privacy.breach_report, name="breach_report"),
    path("breaches/<int:pk>/close/", privacy.breach_close, name="breach_close"),
    path("posts/<int:pk>/", posts.post_page, name="post_page"),
    path("posts/<int:pk>/appoint/", posts.post_appoint, name="post_appoint"),
    path("posts/<int:pk>/invite/", accounts.invitation_issue, name="invitation_issue"),
    path("appointments/<int:pk>/end/", posts.appointment_end, name="appointment_end"),
    path("invitations/<int:pk>/", accounts.invitation_page, name="invitation_page"),
    path("invitations/<int:pk>/revoke/", accounts.invitation_revoke, name="invitation_revoke"),
    path("join/<str:token>/", accounts.invitation_accept, name="invitation_accept"),
    path("account/", accounts.account_page, name="account_page"),
    path("account/details/", accounts.account_edit, name="account_edit"),
    # The sign-in package keeps several e-mails and confirms them; here an account has one, changed in one place.
    re_path(r"^account/(?:confirm-email/(?:[-:\w]+/)?|email/)$", RedirectView.as_view(pattern_name="account_edit")),
]
