"""Addresses of places, people, posts and accounts. Codes are ASCII digits: anything else is simply not there."""

from django.urls import path, re_path
from django.views.generic import RedirectView

from organizations.views import accounts, areas, directory, exchange, focus, merging, people, posts, privacy, zones

PROVINCE = r"^provinces/(?P<code>[0-9]{2})/"
DISTRICT = r"^districts/(?P<code>[0-9]{4})/"
CONTACT = r"^organization-contacts/(?P<pk>[0-9]{1,18})/"
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
    path("organizations/", directory.organization_list, name="organization_list"),
    path("organizations/add/", directory.organization_add, name="organization_add"),
    path("organizations/duplicates/", merging.organization_duplicates, name="organization_duplicates"),
    path("organizations/<int:pk>/", directory.organization_page, name="organization_page"),
    path("organizations/<int:pk>/edit/", directory.organization_edit, name="organization_edit"),
    path("organizations/<int:pk>/agree/", directory.organization_agree, name="organization_agree"),
    path("organizations/<int:pk>/twin/", merging.organization_twin, name="organization_twin"),
    path("organizations/<int:pk>/merge/<int:other>/", merging.organization_merge, name="organization_merge"),
    path("organizations/<int:pk>/offers/add/", exchange.offer_add, name="offer_add"),
    path("organizations/<int:pk>/needs/add/", exchange.need_add, name="need_add"),
    path("organizations/<int:pk>/relations/add/", exchange.relation_add, name="relation_add"),
    path("organizations/<int:pk>/contacts/add/", exchange.organization_contact_add, name="organization_contact_add"),
    path("offers/<int:pk>/edit/", exchange.offer_edit, name="offer_edit"),
    path("offers/<int:pk>/remove/", exchange.offer_remove, name="offer_remove"),
    path("needs/<int:pk>/edit/", exchange.need_edit, name="need_edit"),
    path("needs/<int:pk>/remove/", exchange.need_remove, name="need_remove"),
    path("relations/<int:pk>/edit/", exchange.relation_edit, name="relation_edit"),
    path("relations/<int:pk>/remove/", exchange.relation_remove, name="relation_remove"),
    re_path(CONTACT + "edit/$", exchange.organization_contact_edit, name="organization_contact_edit"),
    re_path(CONTACT + "confirm/$", exchange.organization_contact_confirm, name="organization_contact_confirm"),
    re_path(CONTACT + "remove/$", exchange.organization_contact_remove, name="organization_contact_remove"),
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
