"""Addresses of meetings: the record, its decisions and tasks, who came, minutes, discussion, calendar."""

from django.urls import path, re_path

from meetings.views import attendance, calendars, discussion, goals, meetings, register, resolutions, tasks

urlpatterns = [
    path("meetings/", meetings.meeting_list, name="meeting_list"),
    re_path(r"^provinces/(?P<code>[0-9]{2})/meetings/add/$", meetings.meeting_add, name="meeting_add"),
    path("meetings/<int:pk>/", meetings.meeting_page, name="meeting_page"),
    path("meetings/<int:pk>/edit/", meetings.meeting_edit, name="meeting_edit"),
    path("meetings/<int:pk>/calendar.ics", calendars.meeting_calendar, name="meeting_calendar"),
    path("questions/", discussion.question_list, name="question_list"),
    path("meetings/<int:pk>/comments/add/", discussion.comment_add, name="comment_add"),
    path("questions/<int:pk>/answer/", discussion.question_answer, name="question_answer"),
    path("questions/<int:pk>/settle/", discussion.question_settle, name="question_settle"),
    path("comments/<int:pk>/remove/", discussion.comment_remove, name="comment_remove"),
    path("meetings/<int:pk>/goals/add/", goals.goal_add, name="goal_add"),
    path("goals/<int:pk>/edit/", goals.goal_edit, name="goal_edit"),
    path("goals/<int:pk>/move/", goals.goal_move, name="goal_move"),
    path("goals/<int:pk>/remove/", goals.goal_remove, name="goal_remove"),
    path("meetings/<int:pk>/resolutions/add/", resolutions.resolution_add, name="resolution_add"),
    path("resolutions/<int:pk>/", resolutions.resolution_page, name="resolution_page"),
    path("resolutions/<int:pk>/edit/", resolutions.resolution_edit, name="resolution_edit"),
    path("resolutions/<int:pk>/withdraw/", resolutions.resolution_withdraw, name="resolution_withdraw"),
    path("resolutions/<int:pk>/appointments/", resolutions.resolution_appointments, name="resolution_appointments"),
    path("meetings/<int:pk>/tasks/add/", tasks.task_add, name="task_add"),
    path("tasks/", register.task_list, name="task_list"),
    path("tasks/<int:pk>/", tasks.task_page, name="task_page"),
    path("tasks/<int:pk>/edit/", tasks.task_edit, name="task_edit"),
    path("tasks/<int:pk>/report/", tasks.task_report, name="task_report"),
    path("tasks/<int:pk>/finish/", tasks.task_finish, name="task_finish"),
    path("tasks/<int:pk>/drop/", tasks.task_drop, name="task_drop"),
    path("tasks/<int:pk>/reopen/", tasks.task_reopen, name="task_reopen"),
    path("meetings/<int:pk>/attendance/", attendance.attendance_edit, name="attendance_edit"),
    path("meetings/<int:pk>/attendance/mark/", attendance.attendance_mark, name="attendance_mark"),
    path("meetings/<int:pk>/attendance/arrange/", attendance.attendance_arrange, name="attendance_arrange"),
    path("meetings/<int:pk>/expected-posts/", attendance.expected_posts_edit, name="expected_posts_edit"),
    path("meetings/<int:pk>/sign-in-sheet/", attendance.sign_in_sheet, name="sign_in_sheet"),
    path("attendance/<int:pk>/", attendance.attendance_line, name="attendance_line"),
    path("attendance/<int:pk>/remove/", attendance.attendance_remove, name="attendance_remove"),
]
