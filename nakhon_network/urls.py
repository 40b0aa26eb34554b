"""Every address of the site; what is asked most, the saves of a form, is looked for first."""

from allauth.socialaccount.views import login_error
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from nakhon_network import calendars, health, home, privacy
from nakhon_network.open_data import views as opening
from nakhon_network.search import views as searching

urlpatterns = [
    path("", home.home, name="home"),
    path("", include("tambon_survey.urls")),
    path("search/", searching.search, name="search"),
    path("privacy/", privacy.privacy_page, name="privacy_page"),
    path("privacy/tell/", privacy.tell_list, name="tell_list"),
    path("privacy/mine/", privacy.my_data, name="my_data"),
    path("privacy/mine/file/", privacy.my_data_file, name="my_data_file"),
    path("privacy/office/", privacy.privacy_office, name="privacy_office"),
    path("people/<int:pk>/data/", privacy.person_data, name="person_data"),
    path("people/<int:pk>/erase/", privacy.person_erase, name="person_erase"),
    path("coordinators/<uuid:pk>/erase/", privacy.coordinator_erase, name="coordinator_erase"),
    path("api/v1/", opening.open_data, name="open_data"),
    path("api/v1/<str:kind>.<str:suffix>", opening.open_data_list, name="open_data_list"),
    path("api/v1/<str:kind>/<str:key>.json", opening.open_data_one, name="open_data_one"),
    path("", include("organizations.urls")),
    path("", include("meetings.urls")),
    path("calendar/<slug:secret>.ics", calendars.calendar_feed, name="calendar_feed"),
    path("account/calendar/", calendars.calendar_settings, name="calendar_settings"),
    path("account/calendar/renew/", calendars.calendar_renew, name="calendar_renew"),
    path("account/calendar/revoke/", calendars.calendar_revoke, name="calendar_revoke"),
    # The package asks a visitor whose sign-in with LINE failed to sign in first, and so never says that it failed.
    path("account/3rdparty/login/error/", login_not_required(login_error), name="socialaccount_login_error"),
    path("account/", include("allauth.urls")),
    path("language/", login_not_required(set_language), name="set_language"),
    path("admin/", admin.site.urls),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
if settings.DEBUG:
    urlpatterns.append(path("style/", home.style_guide, name="style_guide"))

handler400 = "nakhon_network.errors.too_large"
handler500 = "nakhon_network.errors.server_error"
