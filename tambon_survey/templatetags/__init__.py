"""Fragments of the survey that pages of areas show."""
