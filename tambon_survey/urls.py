"""Addresses of the survey: rounds, a tambon's form, its review, the zone's report."""

from django.urls import path

from tambon_survey.views import entry, photos

urlpatterns = [
    path("submissions/<int:pk>/entry/", entry.submission_entry, name="submission_entry"),
    path("submissions/<int:pk>/save/", entry.submission_save, name="submission_save"),
    path("submissions/<int:pk>/activities/<uuid:row>/photos/", photos.activity_photos, name="activity_photos"),
    path("photos/<uuid:pk>/", photos.activity_photo, name="activity_photo"),
    path("photos/<uuid:pk>/remove/", photos.activity_photo_remove, name="activity_photo_remove"),
]
