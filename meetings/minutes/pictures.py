"""Photos as small pictures for the annex of the files: two beside each other on a page, no more."""

from __future__ import annotations

import io
from collections.abc import Iterable

from PIL import Image

from meetings.models import MeetingPhoto

LONGEST_SIDE = 400  # a quarter of the longest side that photos are kept with, so the decoder does the work
QUALITY = 70


def small_pictures(photos: Iterable[MeetingPhoto]) -> dict[str, bytes]:
    """Key of the photo → JPEG; one whose file is lost or broken is left out, its caption still prints."""
    found = {}
    for photo in photos:
        try:
            found[str(photo.pk)] = _small(photo)
        except (OSError, ValueError, SyntaxError):
            continue
    return found


def _small(photo: MeetingPhoto) -> bytes:
    with photo.file.open("rb") as kept, Image.open(kept, formats=("JPEG",)) as picture:
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        written = io.BytesIO()
        picture.convert("RGB").save(written, "JPEG", quality=QUALITY)
    return written.getvalue()
