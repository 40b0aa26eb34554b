"""The rulebook of personal data."""
