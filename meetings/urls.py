"""Addresses of meetings: the record, its decisions and tasks, who came, minutes, discussion, calendar."""

from django.urls import path, re_path

from meetings.views import discussion, meetings

urlpatterns = [
    path("meetings/", meetings.meeting_list, name="meeting_list"),
    re_path(r"^provinces/(?P<code>[0-9]{2})/meetings/add/$", meetings.meeting_add, name="meeting_add"),
    path("meetings/<int:pk>/", meetings.meeting_page, name="meeting_page"),
    path("meetings/<int:pk>/edit/", meetings.meeting_edit, name="meeting_edit"),
    path("questions/", discussion.question_list, name="question_list"),
    path("meetings/<int:pk>/comments/add/", discussion.comment_add, name="comment_add"),
    path("questions/<int:pk>/answer/", discussion.question_answer, name="question_answer"),
    path("questions/<int:pk>/settle/", discussion.question_settle, name="question_settle"),
    path("comments/<int:pk>/remove/", discussion.comment_remove, name="comment_remove"),
]
