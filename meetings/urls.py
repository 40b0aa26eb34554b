"""Addresses of meetings: the record, its decisions and tasks, who came, minutes, discussion, calendar."""

from django.urls import path, re_path

from meetings.views import meetings

urlpatterns = [
    path("meetings/", meetings.meeting_list, name="meeting_list"),
    re_path(r"^provinces/(?P<code>[0-9]{2})/meetings/add/$", meetings.meeting_add, name="meeting_add"),
    path("meetings/<int:pk>/", meetings.meeting_page, name="meeting_page"),
    path("meetings/<int:pk>/edit/", meetings.meeting_edit, name="meeting_edit"),
]
