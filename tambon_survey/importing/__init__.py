"""Spreadsheets back in: a file is checked and read, its rows are matched and planned, and only then written."""
