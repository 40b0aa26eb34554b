"""Meetings, their goals, resolutions, tasks and minutes. Its models arrive with the meeting record."""
