"""Uploads far beyond every limit: read to their end, so that the rest of the form is kept, but not stored."""

from __future__ import annotations

from django.core.files.uploadhandler import FileUploadHandler

# Beyond what any form takes, so that the form still sees that the file was too large.
MOST_KEPT = 35 * 1024 * 1024


class BoundedUploadHandler(FileUploadHandler):
    """First of the handlers: passes a file on as far as MOST_KEPT bytes and drops the rest."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """The piece for the handlers after this one, or None."""
        return raw_data if start < MOST_KEPT else None

    def file_complete(self, file_size: int) -> None:
        """The file is another handler's."""
        return
