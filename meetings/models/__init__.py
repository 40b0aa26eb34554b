"""The models of meetings."""

from meetings.models.agenda import AgendaItem, AgendaTemplate, AgendaTemplateItem, Goal, Section
from meetings.models.attendance import Attendance, Facilitation
from meetings.models.calendars import CalendarFeed
from meetings.models.degrees import Reach, Strength
from meetings.models.discussion import Comment
from meetings.models.files import Attachment, FileVisibility, MeetingPhoto
from meetings.models.learning import Forum, Lesson, Speaker
from meetings.models.meetings import Meeting, MeetingLink, Visibility
from meetings.models.minutes import Minutes
from meetings.models.resolutions import Resolution
from meetings.models.series import Series, Tag
from meetings.models.tasks import Task, TaskUpdate

__all__ = [
    "AgendaItem",
    "AgendaTemplate",
    "AgendaTemplateItem",
    "Attachment",
    "Attendance",
    "CalendarFeed",
    "Comment",
    "Facilitation",
    "FileVisibility",
    "Forum",
    "Goal",
    "Lesson",
    "Meeting",
    "MeetingLink",
    "MeetingPhoto",
    "Minutes",
    "Reach",
    "Resolution",
    "Section",
    "Series",
    "Speaker",
    "Strength",
    "Tag",
    "Task",
    "TaskUpdate",
    "Visibility",
]
