"""Photos as they are kept: decoded, turned upright, shrunk, and written anew without what the camera noted."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 25_000_000
LONGEST_SIDE = 1600
QUALITY = 82
SMALL_SIDE = 480
SMALL_QUALITY = 70
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


class PhotoProblem(ValueError):
    """The file cannot be kept as a photo; `message` is a sentence for the person."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Photo:
    """A picture ready to be stored: JPEG, width and height in pixels."""

    file: ContentFile[bytes]
    width: int
    height: int


def clean_photo(upload: BinaryIO, *, size: int) -> Photo:
    """The picture of an uploaded file of `size` bytes; PhotoProblem when it is none, too large or broken."""
    if size == 0:
        raise PhotoProblem(_("This file is empty. Please choose another photo."))
    if size > MOST_BYTES:
        raise PhotoProblem(_("This photo is larger than 10 MB. Please choose a smaller one."))
    try:
        picture = Image.open(upload, formats=FORMATS)
        if picture.width * picture.height > MOST_PIXELS:
            raise PhotoProblem(_("This photo has more than 25 million dots. Please make it smaller first."))
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is read no larger than it is needed
        upright = ImageOps.exif_transpose(picture).convert("RGB")
    except PhotoProblem:
        raise
    except (OSError, ValueError, SyntaxError, MemoryError, Image.DecompressionBombError):
        raise PhotoProblem(_("This file is not a photo. Please choose a JPEG, PNG or WebP picture.")) from None
    return _written(upright, side=LONGEST_SIDE, quality=QUALITY)


def small_photo(photo: Photo) -> Photo:
    """The same picture, small enough for a page of many."""
    return _written(Image.open(io.BytesIO(photo.file.read())), side=SMALL_SIDE, quality=SMALL_QUALITY)


def _written(picture: Image.Image, *, side: int, quality: int) -> Photo:
    picture.thumbnail((side, side))
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=quality, optimize=True, progressive=True)
    return Photo(ContentFile(written.getvalue()), picture.width, picture.height)
