"""Fragments of meetings that pages of areas show."""
